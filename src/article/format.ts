/**
 * The format of an article's body, in one place for all who handle it: the server that stores it, the composer that
 * writes it and the pages that show it. Plain data: the pages' bundle reads this very file.
 */

/** Code points; of a body those that are left after cleaning. */
export const LIMITS = {
  text: 20_000,
  caption: 1_000,
  title: 200,
  author: 100,
  digest: 500,
  body: 20_000,
} as const;
export const MAX_ARTICLES = 8;
/** Of a body as it arrives, with all the markup of the program in which it was written. */
export const MAX_BODY_SOURCE_LENGTH = 250_000;
/** Elements within elements; browsers draw no deeper either. */
export const MAX_BODY_DEPTH = 512;

/** Anchors within an article begin so: no id that a brand has written can take the place of one of the page's own. */
export const ANCHOR_PREFIX = 'user-content-';

/** Blocks that hold words. What other programs write for them stands on the left. */
export const LINE_BLOCKS: Readonly<Record<string, string>> = {
  p: 'p',
  h1: 'h2',
  h2: 'h2',
  h3: 'h3',
  h4: 'h3',
  h5: 'h3',
  h6: 'h3',
  pre: 'pre',
  listing: 'pre',
  xmp: 'pre',
  plaintext: 'pre',
};

/** Blocks that hold blocks. */
export const BOXES: Readonly<Record<string, string>> = {
  blockquote: 'blockquote',
  ul: 'ul',
  menu: 'ul',
  dir: 'ul',
  ol: 'ol',
  li: 'li',
  figure: 'figure',
  figcaption: 'figcaption',
  caption: 'caption',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tfoot: 'tfoot',
  tr: 'tr',
  td: 'td',
  th: 'th',
};

/** What words within a block can be. */
export const INLINE: Readonly<Record<string, string>> = {
  b: 'b',
  strong: 'strong',
  i: 'i',
  em: 'em',
  cite: 'em',
  dfn: 'em',
  var: 'em',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  sub: 'sub',
  sup: 'sup',
  mark: 'mark',
  small: 'small',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
  ruby: 'ruby',
  rt: 'rt',
  rp: 'rp',
  bdi: 'bdi',
  bdo: 'bdo',
};

/** Blocks of other programs, of which only the boundary matters. */
export const BOUNDARIES: ReadonlySet<string> = new Set([
  ...['div', 'section', 'article', 'header', 'footer', 'nav', 'main', 'aside', 'center', 'address', 'form'],
  ...[
    'fieldset',
    'legend',
    'details',
    'summary',
    'dialog',
    'dl',
    'dt',
    'dd',
    'hgroup',
    'search',
    'button',
    'body',
    'html',
  ],
  ...['optgroup', 'text', 'foreignobject', 'mtable', 'mtr', 'mtd'],
]);

/** What no reader of a page sees the words of. */
export const INVISIBLE: ReadonlySet<string> = new Set([
  ...[
    'head',
    'title',
    'meta',
    'link',
    'base',
    'style',
    'script',
    'template',
    'noscript',
    'noembed',
    'noframes',
    'xml',
  ],
  ...[
    'iframe',
    'object',
    'embed',
    'applet',
    'audio',
    'video',
    'canvas',
    'frameset',
    'select',
    'datalist',
    'textarea',
  ],
  ...[
    'input',
    'progress',
    'meter',
    'desc',
    'metadata',
    'defs',
    'annotation',
    'annotation-xml',
    'map',
    'param',
    'source',
  ],
]);

/** Of those the ones that take up room among the words. */
export const EMBEDDED: ReadonlySet<string> = new Set(
  ['iframe object embed applet audio video canvas select textarea input progress meter'].flatMap((names) =>
    names.split(' '),
  ),
);

export const EVERYWHERE: readonly string[] = ['dir', 'lang', 'title', 'id'];

/** Attributes that an element of the stored format may have, beside those that every element may have. */
export const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'rel'],
  img: ['src', 'alt', 'width', 'height'],
  ol: ['start', 'type', 'reversed'],
  li: ['value'],
  th: ['colspan', 'rowspan', 'scope'],
  td: ['colspan', 'rowspan'],
};

/** Everything that the stored format knows, for whoever checks it once more. */
export const STORED_TAGS: readonly string[] = [
  ...new Set([
    ...Object.values(LINE_BLOCKS),
    ...Object.values(BOXES),
    ...Object.values(INLINE),
    ...['span', 'a', 'img', 'br', 'hr'],
  ]),
];
export const STORED_ATTRIBUTES: readonly string[] = [
  ...new Set([...EVERYWHERE, ...Object.values(ATTRIBUTES).flat()]),
];
