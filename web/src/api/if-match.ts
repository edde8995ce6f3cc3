/** Has a request apply to this version only: what has been changed since then is refused with `version-mismatch`. */
export function ifMatch(version: number): { 'If-Match': string } {
  return { 'If-Match': `"${String(version)}"` };
}
