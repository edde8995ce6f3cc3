/** What the editor calls the blocks of the stored format. */
export const NODE_NAMES: Readonly<Record<string, string>> = {
  p: 'paragraph',
  h2: 'heading',
  h3: 'heading',
  pre: 'codeBlock',
  blockquote: 'blockquote',
  ul: 'bulletList',
  ol: 'orderedList',
  li: 'listItem',
  figure: 'figure',
  figcaption: 'figcaption',
  caption: 'tableCaption',
  table: 'table',
  thead: 'tableHead',
  tbody: 'tableBody',
  tfoot: 'tableFoot',
  tr: 'tableRow',
  td: 'tableCell',
  th: 'tableHeader',
};

/** What the editor calls the elements around words. Outer ones first: it draws them in this order. */
export const MARK_NAMES: Readonly<Record<string, string>> = {
  a: 'link',
  bdi: 'bdi',
  bdo: 'bdo',
  span: 'span',
  ruby: 'ruby',
  rt: 'rt',
  rp: 'rp',
  sub: 'sub',
  sup: 'sup',
  mark: 'mark',
  small: 'small',
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strike',
  code: 'code',
};

/** What stands among words, or between blocks, and holds nothing. */
export const LEAF_NAMES: Readonly<Record<string, string>> = {
  br: 'hardBreak',
  hr: 'horizontalRule',
  img: 'image',
  span: 'anchor',
};

/** The element that is written for what the editor has made anew. */
export const DEFAULT_TAGS: Readonly<Record<string, string>> = { bold: 'strong', italic: 'em', heading: 'h2' };
