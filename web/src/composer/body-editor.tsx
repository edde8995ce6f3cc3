import { EditorContent, useEditor, useEditorState, type Editor } from '@tiptap/react';
import StarterKit from '@tiptap/starter-kit';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToggleButton, Toolbar } from 'react-aria-components';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Icon, type IconName } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { Tooltip } from '../ui/tooltip';
import { fromEditor } from './editor-html';
import { isWebAddress } from './work';

/** The body of an article, as it will read. */
export default function BodyEditor({
  label,
  value,
  onChange,
  error,
}: {
  label: string;
  value: string;
  onChange: (html: string) => void;
  error?: string | undefined;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [asksLink, setAsksLink] = useState(false);
  const editor = useEditor({
    extensions: [StarterKit.configure({ heading: { levels: [2, 3] }, link: { openOnClick: false } })],
    content: value,
    injectCSS: false,
    editorProps: {
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label, class: 'rich-text' },
    },
    onUpdate: ({ editor: changed }) => {
      onChange(fromEditor(changed.getHTML()));
    },
  });
  return (
    <div className="field body-editor" data-invalid={error === undefined ? undefined : true}>
      <span className="label" id={id}>
        {label}
      </span>
      <div className="frame">
        <Marks editor={editor} label={t('composer.formatting')} onLink={() => setAsksLink(true)} />
        <EditorContent editor={editor} />
      </div>
      {error !== undefined && <span className="error">{error}</span>}
      {asksLink && <LinkDialog editor={editor} onClose={() => setAsksLink(false)} />}
    </div>
  );
}

const MARKS = ['bold', 'italic', 'heading', 'bulletList', 'blockquote', 'link'] as const;
type Mark = (typeof MARKS)[number];

const ICONS: Readonly<Record<Mark, IconName>> = {
  bold: 'bold',
  italic: 'italic',
  heading: 'heading',
  bulletList: 'list',
  blockquote: 'quote',
  link: 'link',
};

function Marks({ editor, label, onLink }: { editor: Editor; label: string; onLink: () => void }) {
  const { t } = useTranslation();
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) => Object.fromEntries(MARKS.map((mark) => [mark, now.isActive(mark)])),
  });
  const press = (mark: Mark) => {
    const chain = editor.chain().focus();
    if (mark === 'bold') chain.toggleBold().run();
    if (mark === 'italic') chain.toggleItalic().run();
    if (mark === 'heading') chain.toggleHeading({ level: 2 }).run();
    if (mark === 'bulletList') chain.toggleBulletList().run();
    if (mark === 'blockquote') chain.toggleBlockquote().run();
    if (mark === 'link' && active.link === true) chain.unsetLink().run();
    else if (mark === 'link') onLink();
  };
  return (
    <Toolbar aria-label={label} className="marks">
      {MARKS.map((mark) => (
        <Tooltip key={mark} text={t(`composer.marks.${mark}`)}>
          <ToggleButton
            aria-label={t(`composer.marks.${mark}`)}
            isSelected={active[mark] ?? false}
            onChange={() => press(mark)}
            className="mark"
          >
            <Icon name={ICONS[mark]} size={18} />
          </ToggleButton>
        </Tooltip>
      ))}
    </Toolbar>
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
