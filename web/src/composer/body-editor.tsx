import type { JSONContent } from '@tiptap/core';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { TextField } from '../ui/text-field';
import { lengthOf } from '../../../src/text/visible-text';
import { ARTICLE_EXTENSIONS } from './article-nodes';
import { fromEditor, toEditor } from './editor-html';
import { Marks } from './marks';
import { cleanPasted } from './pasted';
import { PictureDialog } from './picture-dialog';
import { isWebAddress, LIMITS } from './work';

interface BodyProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (html: string) => void;
  readonly error?: string | undefined;
}

/** The body of an article: as it will read, or as its HTML where the editor has no place for a part of it. */
export default function BodyEditor(props: BodyProps) {
  // Decided once, so that the field does not change under somebody's hands.
  const [opened] = useState(() => toEditor(props.value));
  return opened === undefined ? <RawBody {...props} /> : <RichBody {...props} opened={opened} />;
}

function RawBody({ value, onChange, error }: BodyProps) {
  const { t } = useTranslation();
  return (
    <TextField
      label={t('composer.bodyHtml')}
      description={t('composer.bodyHtmlHelp')}
      isRequired
      lines={10}
      limit={LIMITS.body}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}

function RichBody({ label, value, onChange, error, opened }: BodyProps & { readonly opened: JSONContent }) {
  const { t } = useTranslation();
  const id = useId();
  const [asks, setAsks] = useState<'link' | 'picture'>();
  const [leftOut, setLeftOut] = useState<number>(0);
  const editor = useEditor({
    extensions: ARTICLE_EXTENSIONS,
    content: opened,
    injectCSS: false,
    editorProps: {
      transformPastedHTML: (html) => {
        const { html: kept, faults } = cleanPasted(html);
        setLeftOut(faults.length);
        return kept;
      },
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, class: 'rich-text' },
    },
    onUpdate: ({ editor: changed }) => {
      onChange(fromEditor(changed.getJSON()));
    },
  });
  const used = lengthOf(value);
  return (
    <div className="field body-editor" data-invalid={error === undefined ? undefined : true}>
      <span className="label" id={id}>
        {label}
      </span>
      <div className="frame">
        <Marks editor={editor} label={t('composer.formatting')} onAsk={setAsks} />
        <EditorContent editor={editor} />
      </div>
      <div className="notes">
        {error !== undefined && <span className="error">{error}</span>}
        {leftOut > 0 && (
          <span className="error" role="status">
            {t('composer.leftOut', { count: leftOut })}
          </span>
        )}
        <span className={`figure count${used > LIMITS.body ? ' over' : ''}`}>
          {used}/{LIMITS.body}
        </span>
      </div>
      {asks === 'link' && <LinkDialog editor={editor} onClose={() => setAsks(undefined)} />}
      {asks === 'picture' && <PictureDialog editor={editor} onClose={() => setAsks(undefined)} />}
    </div>
  );
}

function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState('https://');
  const put = () => {
    const href = url.trim();
    if (!isWebAddress(href)) return;
    onClose();
    const { empty } = editor.state.selection;
    if (empty)
      editor
        .chain()
        .focus()
        .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
        .run();
    else editor.chain().focus().setLink({ href }).run();
  };
  return (
    <Dialog
      title={t('composer.marks.link')}
      isOpen
      onClose={onClose}
      size="small"
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button kind="primary" isDisabled={!isWebAddress(url)} onPress={put}>
            {t('composer.setLink')}
          </Button>
        </>
      }
    >
      <TextField label={t('composer.linkTo')} type="url" isRequired autoFocus value={url} onChange={setUrl} />
    </Dialog>
  );
}
