import { INLINE, INVISIBLE } from './format';
import { isElement, type SourceElement } from './source-tree';

export type Styles = ReadonlyMap<string, string>;

/** Of each element, what its style says; see `withStyles`. */
export function stylesOf(element: SourceElement): Styles {
  const styles = element.styles ?? declarationsOf(element.attributes.get('style') ?? '');
  if (element.attributes.get('id') !== SHOWN_BY_SCRIPT) return styles;
  return new Map([...styles].filter(([name]) => name !== 'visibility' && name !== 'opacity'));
}

/** Where a page of WeChat holds its article, invisible until a script has loaded; what readers see is all of it. */
const SHOWN_BY_SCRIPT = 'js_content';

/** No property that is asked for has a longer value. */
const MAX_VALUE_LENGTH = 100;

/**
 * Properties that say how words look or whether they are drawn; of two the last. Shorthands are taken apart as far as
 * that matters. Values that hold `;` in quotes are not among those asked for.
 */
export function declarationsOf(text: string): Styles {
  const styles = new Map<string, string>();
  for (const declaration of text.split(';')) {
    const colon = declaration.indexOf(':');
    const name = declaration.slice(0, colon).trim().toLowerCase();
    if (colon < 0 || !USED.has(name) || declaration.length - colon > MAX_VALUE_LENGTH) continue;
    const value = declaration
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, '')
      .trim()
      .toLowerCase();
    for (const [part, own] of name === 'font' ? fontOf(value) : [[name, value] as const])
      styles.set(part, own);
  }
  return styles;
}

const USED: ReadonlySet<string> = new Set(
  [
    'display visibility opacity overflow overflow-x overflow-y height max-height width max-width position left top',
    'clip clip-path text-indent color direction white-space vertical-align font font-size font-weight font-style',
    'text-decoration text-decoration-line list-style list-style-type mso-list mso-hide',
  ].flatMap((names) => names.split(' ')),
);

function fontOf(value: string): [string, string][] {
  const size = /(?:^|\s)(\d[\w.%]*)(?:\/|\s)/.exec(value);
  const before = value.slice(0, size?.index ?? value.length).split(/\s+/);
  const weight = before.find((word) => /^(?:bold|bolder|lighter|[1-9]00)$/.test(word));
  const slant = before.find((word) => /^(?:italic|oblique)$/.test(word));
  return [
    ['font-weight', weight ?? 'normal'],
    ['font-style', slant ?? 'normal'],
    ['font-size', size?.[1] ?? 'medium'],
  ];
}

const isZero = (value: string | undefined) => value !== undefined && /^0*\.?0+(?:[a-z]+|%)?$/.test(value);

/** Whether nothing of the element is drawn, whatever stands in it. */
export function isInvisible(element: SourceElement, styles: Styles): boolean {
  if (INVISIBLE.has(element.name) || element.attributes.has('hidden')) return true;
  if (element.name === 'dialog' && !element.attributes.has('open')) return true;
  if (styles.get('display') === 'none' || styles.get('mso-hide') === 'all') return true;
  return isZero(styles.get('opacity')) || isCutOff(styles) || isOutOfSight(styles);
}

const SIZES = ['height', 'max-height', 'width', 'max-width'];

/** No room is left to draw it in; to the smallest room that speaking browsers still read. */
function isCutOff(styles: Styles): boolean {
  const isHidden = ['overflow', 'overflow-x', 'overflow-y'].some((name) =>
    /hidden|clip/.test(styles.get(name) ?? ''),
  );
  return isHidden && SIZES.some((name) => isZero(styles.get(name)) || styles.get(name) === '1px');
}

const FAR_AWAY = /^-\d{3,}(?:\.\d+)?(?:px|pt|em|rem|vw|%)$/;

function isOutOfSight(styles: Styles): boolean {
  if (FAR_AWAY.test(styles.get('text-indent') ?? '')) return true;
  if (!/^(?:absolute|fixed)$/.test(styles.get('position') ?? '')) return false;
  const isClipped =
    /^rect\((?:[01](?:px)?[\s,]*){4}\)$/.test(styles.get('clip') ?? '') ||
    /^inset\((?:50|100)%\)$/.test(styles.get('clip-path') ?? '');
  return isClipped || FAR_AWAY.test(styles.get('left') ?? '') || FAR_AWAY.test(styles.get('top') ?? '');
}

/** Whether the words right in it are drawn; undefined where that is as in its parent. */
export function showsText(styles: Styles): boolean | undefined {
  const visibility = styles.get('visibility');
  if (visibility === 'hidden' || visibility === 'collapse') return false;
  const size = styles.get('font-size');
  if (isZero(size) || styles.get('color') === 'transparent') return false;
  return size !== undefined || visibility === 'visible' ? true : undefined;
}

export type Mark = 'bold' | 'italic' | 'underline' | 'strike';
export const MARK_TAGS: Readonly<Record<Mark, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
};

const MARKS_OF_TAGS: Readonly<Record<string, Mark>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  s: 'strike',
};

/** The mark that an element of the format means by its name. */
export function markOfTag(tag: string | undefined): Mark | undefined {
  return tag === undefined ? undefined : MARKS_OF_TAGS[tag];
}

/** The marks that a style turns on or off. */
export function marksOfStyle(element: SourceElement, styles: Styles): Partial<Record<Mark, boolean>> {
  const marks: Partial<Record<Mark, boolean>> = {};
  const weight = styles.get('font-weight');
  if (weight !== undefined) {
    if (/^(?:bold|bolder)$/.test(weight) || Number(weight) >= 600) marks.bold = true;
    else if (/^(?:normal|lighter)$/.test(weight) || Number(weight) < 600) marks.bold = false;
  }
  const slant = styles.get('font-style');
  if (slant !== undefined) marks.italic = /^(?:italic|oblique)/.test(slant);
  const lines = `${styles.get('text-decoration') ?? ''} ${styles.get('text-decoration-line') ?? ''}`;
  if (lines.includes('line-through')) marks.strike = true;
  if (lines.includes('underline')) marks.underline = true;
  // A line is drawn through what stands within, too: only the element that draws it can leave it away.
  const own = markOfTag(INLINE[element.name]);
  if (lines.trim() === 'none' && (own === 'strike' || own === 'underline')) marks[own] = false;
  return marks;
}

/** How its words run, if it says so. */
export function directionOf(element: SourceElement): string | undefined {
  const dir = element.attributes.get('dir')?.toLowerCase() ?? stylesOf(element).get('direction');
  return dir === 'ltr' || dir === 'rtl' || dir === 'auto' ? dir : undefined;
}

/** Whether line feeds in it break lines; undefined where that is as in its parent. */
export function breaksLines(styles: Styles): boolean | undefined {
  const value = styles.get('white-space');
  return value === undefined ? undefined : /^(?:pre|break-spaces)/.test(value);
}

const LIST_TYPES: Readonly<Record<string, string>> = {
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
  decimal: '1',
};

/** How the items of a list are counted: as the list says, or its first item. */
export function listTypeOf(list: SourceElement): string | undefined {
  const item = list.children.find((child) => isElement(child) && child.name === 'li');
  for (const element of [list, ...(item && isElement(item) ? [item] : [])]) {
    const type = element.attributes.get('type') ?? '';
    if (/^[1aAiI]$/.test(type)) return type;
    const styles = stylesOf(element);
    const words = `${styles.get('list-style') ?? ''} ${styles.get('list-style-type') ?? ''}`.split(/\s+/);
    const found = words.findLast((word) => LIST_TYPES[word] !== undefined);
    if (found !== undefined) return LIST_TYPES[found];
  }
  return undefined;
}
