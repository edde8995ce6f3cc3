import { INLINE, INVISIBLE } from './format';
import type { SourceElement } from './source-tree';

/** The properties of a `style` attribute; of two the last. Values that hold `;` in quotes are not among those asked for. */
export function stylesOf(element: SourceElement): ReadonlyMap<string, string> {
  const styles = new Map<string, string>();
  for (const declaration of (element.attributes.get('style') ?? '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const value = declaration.slice(colon + 1).replace(/!\s*important\s*$/i, '');
    styles.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return styles;
}

type Styles = ReadonlyMap<string, string>;

const isZero = (value: string | undefined) => value !== undefined && /^0*\.?0+(?:[a-z]+|%)?$/.test(value);

/** Whether nothing of the element is drawn, whatever stands in it. */
export function isInvisible(element: SourceElement, styles: Styles): boolean {
  if (INVISIBLE.has(element.name) || element.attributes.has('hidden')) return true;
  if (element.name === 'dialog' && !element.attributes.has('open')) return true;
  if (styles.get('display') === 'none' || styles.get('mso-hide') === 'all') return true;
  if (isZero(styles.get('opacity'))) return true;
  const isCut = styles.get('overflow') === 'hidden';
  return isCut && (isZero(styles.get('max-height')) || isZero(styles.get('height')));
}

/** Whether the words right in it are drawn; undefined where that is as in its parent. */
export function showsText(styles: Styles): boolean | undefined {
  const visibility = styles.get('visibility');
  if (visibility === 'hidden' || visibility === 'collapse') return false;
  const size = styles.get('font-size');
  if (size !== undefined) return !isZero(size);
  return visibility === 'visible' ? true : undefined;
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

const LIST_TYPES: Readonly<Record<string, string>> = {
  'lower-alpha': 'a',
  'lower-latin': 'a',
  'upper-alpha': 'A',
  'upper-latin': 'A',
  'lower-roman': 'i',
  'upper-roman': 'I',
  decimal: '1',
};

export function listTypeOf(element: SourceElement, styles: Styles): string | undefined {
  const type = element.attributes.get('type') ?? '';
  if (/^[1aAiI]$/.test(type)) return type;
  return LIST_TYPES[styles.get('list-style-type') ?? ''];
}
