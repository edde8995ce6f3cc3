import { decodeProtectedHeader, type ProtectedHeaderParameters } from 'jose';
import type { Verified } from './signature';
import { shown, TokenRefusedError } from './token-refusal';

/** Algorithms of tokens that are signed with the shared secret. */
export const SYMMETRIC = ['HS256'] as const;
/** Algorithms of tokens that are signed with a key of the issuer's set. */
export const ASYMMETRIC = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** Kinds of tokens that the same issuer signs for other ends: none of them is meant to let anybody in. */
const OTHER_TYPES = /^(application\/)?(logout|secevent|dpop|token-introspection)\+jwt$/i;

/**
 * The header of a signed token that may be verified by one of these algorithms.
 * @throws TokenRefusedError
 */
export function readHeader(token: string, algorithms: readonly string[]): ProtectedHeaderParameters {
  requireSignedForm(token);
  const header = decodedHeader(token);
  const { alg, typ, b64 } = header;
  if (typeof alg !== 'string' || !algorithms.includes(alg)) {
    const found = alg === 'none' ? 'is not signed (alg "none")' : `has the algorithm ${shown(alg)}`;
    throw new TokenRefusedError(
      'algorithm',
      `The token ${found}, which is not taken; taken: ${algorithms.join(', ')}.`,
    );
  }
  if (typeof typ === 'string' && OTHER_TYPES.test(typ)) {
    throw new TokenRefusedError('malformed', `A token of type ${shown(typ)} lets nobody in.`);
  }
  if (b64 === false) throw new TokenRefusedError('malformed', 'The payload of the token is not encoded.');
  return header;
}

function requireSignedForm(token: string): void {
  const parts = token.split('.').length;
  if (parts === 3) return;
  throw new TokenRefusedError(
    'malformed',
    parts === 5
      ? 'The token is encrypted (JWE); one that is signed (JWS) is taken.'
      : 'It is no API key that is valid, and no signed token (JWT) either, which has three parts with dots between them.',
  );
}

function decodedHeader(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token);
  } catch {
    throw new TokenRefusedError('malformed', 'The header of the token is not JSON in base64url.');
  }
}

/**
 * What a verified token says, once parsed.
 * @throws TokenRefusedError
 */
export function payloadOf(verified: Verified, { kid }: ProtectedHeaderParameters): unknown {
  if (verified === 'wrong-signature') {
    throw new TokenRefusedError(
      'signature',
      'The signature does not fit: the token was altered, or signed with another key.',
    );
  }
  if (verified === 'unknown-key') {
    throw new TokenRefusedError(
      'unknown-key',
      `The issuer's key set has no key for this token (kid ${shown(kid)}). It is read again at most every 30 s.`,
    );
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(verified)) as unknown;
  } catch {
    throw new TokenRefusedError('malformed', 'The payload of the token is not JSON.');
  }
}
