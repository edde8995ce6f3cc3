/**
 * 1 to 64 characters, none of them `;` (which separates tags in an import) or a control character, no space at either
 * end, and nothing that looks like an id: an audience may name a tag by either.
 */
export const TAG_NAME =
  /^(?![0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$)[^;\s\p{Cc}](?:[^;\p{Cc}]*[^;\s\p{Cc}])?$/u;

export const TAG_NAME_MAX = 64;

/** How many tags an account may have. */
export const TAGS_OF_ACCOUNT_MAX = 200;

/** One way to write a name that Unicode can write in several. */
export function tidyTagName(name: string): string {
  return name.normalize('NFC').trim();
}

/** Whether a tidy text can name a tag. */
export function isTagName(name: string): boolean {
  return [...name].length <= TAG_NAME_MAX && name.isWellFormed() && TAG_NAME.test(name);
}

/** Names that differ only in case are the same. */
export function tagKey(name: string): string {
  return name.toLowerCase();
}
