/**
 * Whether a text has `min` to `max` characters (code points). A character has one or two code units, so that most texts,
 * and all that are far too long, need not be counted.
 */
export function hasLength(text: string, min: number, max: number): boolean {
  if (text.length < min || text.length > 2 * max) return false;
  const count = text.length > max || text.length < 2 * min ? [...text].length : text.length;
  return count >= min && count <= max;
}

/** How many code units a text may have at most for `max` characters to be left once it is in NFC and trimmed. */
const MAX_UNITS_PER_CHARACTER = 8;

/**
 * The text as `tidy` writes it, unless it is so long that it would be refused afterwards in any case: normalising takes a
 * time that grows with the square of the combining marks in a row, and so do many regular expressions with white space.
 */
export function tidied(text: string, max: number, tidy: (text: string) => string): string {
  return text.length > MAX_UNITS_PER_CHARACTER * max ? text : tidy(text);
}
