import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** The key as the header carries it: bare, or quoted as the IETF draft has it; 1 to 255 printable ASCII characters. */
export function readIdempotencyKey(header: string): string | undefined {
  const key = /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
  return /^[\x20-\x7e]{1,255}$/.test(key) ? key : undefined;
}

/** Two bodies that say the same, whatever the order of their fields, have the same fingerprint. */
export function fingerprintOf(body: unknown): Buffer {
  return createHash('sha256')
    .update(canonicalize(body) ?? '')
    .digest();
}
