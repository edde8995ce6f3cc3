/** Why a subscriber's token is refused, in few enough words to be a label of a metric. */
export type TokenRefusal =
  | 'malformed'
  | 'algorithm'
  | 'unknown-key'
  | 'signature'
  | 'subject'
  | 'expiry'
  | 'not-before'
  | 'issuer'
  | 'audience';

/** A token that is not taken. The message says why and what is wanted; it holds nothing that would make a token. */
export class TokenRefusedError extends Error {
  constructor(
    readonly refusal: TokenRefusal,
    message: string,
  ) {
    super(message);
  }
}

const MAX_SHOWN_LENGTH = 80;

/** A value of a token as an error shows it: quoted, on one line, and cut. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  const characters = [...(text ?? 'undefined')];
  return characters.length <= MAX_SHOWN_LENGTH
    ? characters.join('')
    : `${characters.slice(0, MAX_SHOWN_LENGTH).join('')}…`;
}
