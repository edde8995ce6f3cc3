/** Digits and letters that are not taken for one another, and spell no word. */
const LETTERS = '23456789CDFHJKMNPRTVWXY';
const LENGTH = 8;
const GROUP = 4;

export const PREVIEW_CODE_MINUTES = 15;

/** Longer than any way to type a code. */
export const MAX_TYPED_CODE_LENGTH = 40;

/** Anything that people put between the parts of a code when they read it out, copy it or type it. */
const SEPARATORS = /[\s\p{Z}\p{Pd}\p{Cf}._]/gu;

/** @param pick one of so many numbers, each as likely: from 0 on */
export function newPreviewCode(pick: (count: number) => number): string {
  const letters = Array.from({ length: LENGTH }, () => LETTERS[pick(LETTERS.length)]).join('');
  return `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}`;
}

/** The one way to write the code that somebody typed, or undefined for what is none. */
export function previewCodeIn(typed: string): string | undefined {
  const letters = typed.normalize('NFKC').toUpperCase().replace(SEPARATORS, '');
  if (letters.length !== LENGTH || [...letters].some((letter) => !LETTERS.includes(letter))) return undefined;
  return `${letters.slice(0, GROUP)}-${letters.slice(GROUP)}`;
}
