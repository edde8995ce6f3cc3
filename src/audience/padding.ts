import { hasVisibleText } from '../text/visible-text';

/**
 * What stands around a value without being part of it: white space of every kind, and marks that show nothing, such as
 * the zero width space and the direction marks that copying from a page brings along.
 */
const PADDING =
  '[\\s\\p{White_Space}\\u00ad\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]+';
const AROUND = new RegExp(`^${PADDING}|${PADDING}$`, 'gu');

/** The value without its padding. */
export function trimPadding(text: string): string {
  // Most values have none, and an import has a million of them.
  return isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1))
    ? text
    : text.replace(AROUND, '');
}

function isPlain(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}

export function isBlank(text: string): boolean {
  return !hasVisibleText(text);
}
