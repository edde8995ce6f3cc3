import { useEditorState, type Editor } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import { ToggleButton, Toolbar } from 'react-aria-components';
import { IconButton } from '../ui/button';
import { Icon, type IconName } from '../ui/icon';
import { Tooltip } from '../ui/tooltip';

const MARKS = [
  'bold',
  'italic',
  'strike',
  'heading',
  'bulletList',
  'orderedList',
  'blockquote',
  'link',
] as const;
type Mark = (typeof MARKS)[number];

const ICONS: Readonly<Record<Mark, IconName>> = {
  bold: 'bold',
  italic: 'italic',
  strike: 'strike',
  heading: 'heading',
  bulletList: 'list',
  orderedList: 'list-numbers',
  blockquote: 'quote',
  link: 'link',
};

/** The bar above a text that is written with marks. */
export function Marks({
  editor,
  label,
  onAsk,
}: {
  editor: Editor;
  label: string;
  onAsk: (what: 'link' | 'picture') => void;
}) {
  const { t } = useTranslation();
  const { active, canUndo, canRedo } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      active: Object.fromEntries(MARKS.map((mark) => [mark, now.isActive(mark)])),
      canUndo: now.can().undo(),
      canRedo: now.can().redo(),
    }),
  });
  const press = (mark: Mark) => {
    const chain = editor.chain().focus();
    if (mark === 'bold') chain.toggleBold().run();
    if (mark === 'italic') chain.toggleItalic().run();
    if (mark === 'strike') chain.toggleStrike().run();
    if (mark === 'heading') chain.toggleHeading({ level: 2 }).run();
    if (mark === 'bulletList') chain.toggleBulletList().run();
    if (mark === 'orderedList') chain.toggleOrderedList().run();
    if (mark === 'blockquote') chain.toggleBlockquote().run();
    if (mark === 'link' && active.link === true) chain.unsetLink().run();
    else if (mark === 'link') onAsk('link');
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
      <IconButton
        icon="image"
        size="small"
        label={t('composer.marks.picture')}
        onPress={() => onAsk('picture')}
      />
      <IconButton
        icon="undo"
        size="small"
        label={t('composer.marks.undo')}
        isDisabled={!canUndo}
        onPress={() => editor.chain().focus().undo().run()}
      />
      <IconButton
        icon="redo"
        size="small"
        label={t('composer.marks.redo')}
        isDisabled={!canRedo}
        onPress={() => editor.chain().focus().redo().run()}
      />
    </Toolbar>
  );
}
