import { compactVerify, errors, type KeyInput, type LocalJWKSet } from 'jose';
import { TokenRefusedError } from './token-refusal';

/** The payload of a token whose signature is good, or why there is none. */
export type Verified = Uint8Array | 'unknown-key' | 'wrong-signature';

/** Of keys that a token without a `kid` could mean, so many are tried: each costs the time of a signature. */
const MAX_TRIED_KEYS = 16;

/** @throws TokenRefusedError for what is no signed token at all */
export async function verifyWithKey(token: string, key: KeyInput): Promise<Verified> {
  try {
    const { payload } = await compactVerify(token, key);
    return payload;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature';
    if (error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported)
      throw malformed(error);
    // The key is not one for the token's algorithm.
    return 'unknown-key';
  }
}

/** @throws TokenRefusedError for what is no signed token at all */
export async function verifyWithKeySet(token: string, keys: LocalJWKSet): Promise<Verified> {
  try {
    const { payload } = await compactVerify(token, keys);
    return payload;
  } catch (error) {
    if (error instanceof errors.JWKSMultipleMatchingKeys) return verifyWithAny(token, error);
    if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-signature';
    if (error instanceof errors.JWSInvalid || error instanceof errors.JOSENotSupported)
      throw malformed(error);
    return 'unknown-key';
  }
}

async function verifyWithAny(token: string, keys: errors.JWKSMultipleMatchingKeys): Promise<Verified> {
  let tried = 0;
  for await (const key of keys) {
    const verified = await verifyWithKey(token, key);
    tried += 1;
    if (verified instanceof Uint8Array || tried === MAX_TRIED_KEYS) return verified;
  }
  return tried > 0 ? 'wrong-signature' : 'unknown-key';
}

function malformed(error: Error): TokenRefusedError {
  return new TokenRefusedError('malformed', `The token is malformed: ${error.message}.`);
}
