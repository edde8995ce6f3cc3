import { hasLength, tidied } from '../http/text-length';
import { isUuid } from '../http/uuid';
import { isBlank, trimPadding } from './padding';

/**
 * 1 to 64 characters, none of them `;` (which separates tags in an import) or a control character, no space at either
 * end, and nothing that looks like an id.
 */
export const TAG_NAME =
  /^(?![0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$)[^;\s\p{Cc}](?:[^;\p{Cc}]*[^;\s\p{Cc}])?$/u;

export const TAG_NAME_MAX = 64;

/** How many tags an account may have. */
export const TAGS_OF_ACCOUNT_MAX = 200;

/** One way to write a name that Unicode can write in several. */
export function tidyTagName(name: string): string {
  return tidied(name, TAG_NAME_MAX, (text) => trimPadding(text.normalize('NFC')));
}

/** Whether a tidy text can name a tag: something that can be seen, and that nobody takes for an id. */
export function isTagName(name: string): boolean {
  return (
    hasLength(name, 1, TAG_NAME_MAX) &&
    name.isWellFormed() &&
    TAG_NAME.test(name) &&
    !isBlank(name) &&
    !isUuid(foldTagName(name))
  );
}

const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}+/gu;
const SPACES = /[\s\p{White_Space}]+/gu;

/**
 * What two names have in common when people take them for the same: written large or small, in full or half width,
 * composed or decomposed, with other spaces between or around the words, or with marks that show nothing. It is computed
 * only here, and stored with the tag; the database compares nothing else, since its collation may know other letters.
 *
 * Unicode's full case folding over compatibility forms, with two differences: the four letters that Turkish and English
 * make of "i" are one (İ, I, ı, i), since neither language can be told from a name; and so are σ and ς.
 */
export function foldTagName(name: string): string {
  if (PLAIN.test(name)) return name.toLowerCase();
  const plain = name.normalize('NFKD').replace(INVISIBLE, '');
  // Down, up and down again: ẞ is small first (ß), then large (SS), and only then what everybody else's ss is.
  const small = plain.toLowerCase().toUpperCase().toLowerCase();
  const oneLetter = small
    .normalize('NFD')
    .replace(/i\u0307+/g, 'i')
    .replaceAll('ς', 'σ');
  return oneLetter.normalize('NFKC').replace(SPACES, ' ').trim();
}
