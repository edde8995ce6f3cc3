import { createPublicKey, type JsonWebKey as NodeJsonWebKey } from 'node:crypto';
import type { JWK } from 'jose';

/** What an issuer's address answered was no key set, or one without a key that could verify anything. */
export class KeySetError extends Error {}

export interface KeySetContent {
  readonly keys: readonly JWK[];
  /** Why keys of the set are left out, one line each. */
  readonly leftOut: readonly string[];
}

/** Issuers have a handful. */
const MAX_KEYS = 100;
const MIN_RSA_BITS = 2048;

/**
 * The keys of a key set (RFC 7517) that can verify tokens. One that cannot - broken, of an unknown kind, too short, secret,
 * or meant for encryption - is left out, and the others go on being good.
 * @throws KeySetError
 */
export function readKeySet(text: string): KeySetContent {
  const listed = keysOf(text);
  if (listed.length > MAX_KEYS) {
    throw new KeySetError(`it holds ${listed.length} keys; at most ${MAX_KEYS} are taken`);
  }
  const keys: JWK[] = [];
  const leftOut: string[] = [];
  for (const [index, key] of listed.entries()) {
    const complaint = complaintAbout(key);
    if (complaint === undefined) keys.push(key as JWK);
    else leftOut.push(`${nameOf(key, index)}: ${complaint}`);
  }
  if (keys.length > 0) return { keys, leftOut };
  throw new KeySetError(
    leftOut.length === 0
      ? 'it holds no keys'
      : `it holds no key that verifies tokens (${leftOut.join('; ')})`.slice(0, 300),
  );
}

function keysOf(text: string): readonly unknown[] {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new KeySetError('its answer is not JSON');
  }
  const { keys } = (content ?? {}) as { keys?: unknown };
  if (!Array.isArray(keys)) throw new KeySetError('its answer has no list "keys"');
  return keys;
}

function complaintAbout(key: unknown): string | undefined {
  if (typeof key !== 'object' || key === null) return 'is not an object';
  const { kty, use, d, key_ops: operations } = key as JWK;
  if (use !== undefined && use !== 'sig') return `is for use ${JSON.stringify(use)}`.slice(0, 60);
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify'))) {
    return 'is not for verifying';
  }
  if (!['RSA', 'EC', 'OKP'].includes(kty ?? '')) return 'is of a kind (kty) that is not known';
  if (d !== undefined) return 'is a private key';
  return complaintAboutMaterial(key);
}

function complaintAboutMaterial(key: object): string | undefined {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: key as NodeJsonWebKey, format: 'jwk' });
    const bits = asymmetricKeyDetails?.modulusLength;
    return bits !== undefined && bits < MIN_RSA_BITS ? `has ${bits} bits` : undefined;
  } catch {
    return 'cannot be read';
  }
}

function nameOf(key: unknown, index: number): string {
  const { kid } = (key ?? {}) as { kid?: unknown };
  return typeof kid === 'string' ? JSON.stringify(kid.slice(0, 60)) : `key ${index + 1}`;
}
