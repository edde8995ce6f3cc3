/** Says what is wrong with DATABASE_URL, without a word of its user information. */
export class DatabaseUrlError extends Error {}

export const WANTED = 'DATABASE_URL must be a postgres:// URL';

/** Undoes the percent-encoding; `part` is what the text is, for the error. */
export function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new DatabaseUrlError(
      `${WANTED}: there is a % in the ${part} that encodes nothing: write it as %25.`,
    );
  }
}
