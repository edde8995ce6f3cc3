/**
 * What can be seen of a text. Spaces, control and format characters, combining marks without a letter, and the
 * characters that Unicode lets fonts ignore draw nothing by themselves; the last few are blank in every font.
 */
const DRAWS_SOMETHING =
  /[^\s\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800\uFFFC\u{1D159}]/u;

/** Whether a reader would see anything of it. */
export function hasVisibleText(text: string): boolean {
  return DRAWS_SOMETHING.test(text);
}

/**
 * How long a text is, in the one unit of schemas, server and pages: code points. JSON Schema counts `maxLength` so,
 * and so does PostgreSQL's `char_length`.
 */
export function lengthOf(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const isPair =
      (text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00;
    if (isPair) index += 1;
    length += 1;
  }
  return length;
}
