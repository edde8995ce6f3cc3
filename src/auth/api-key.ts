import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'fan_';
const BODY_LENGTH = 32;
const CHECKSUM_LENGTH = 6;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const FORM = new RegExp(`^${PREFIX}[0-9A-Za-z]{${BODY_LENGTH + CHECKSUM_LENGTH}}$`);

/**
 * `fan_`, 32 random characters (190 bits), and a checksum of 6: the prefix lets scanners recognise a leaked key, the
 * checksum lets them and us tell a mistyped one without asking the database.
 * @param random 64 bytes or more from a secure source
 */
export function makeApiKey(random: Uint8Array): string {
  // Bytes from 248 on would make the first digits likelier than the others.
  const body = Array.from(random)
    .filter((byte) => byte < 248)
    .slice(0, BODY_LENGTH)
    .map((byte) => DIGITS.charAt(byte % DIGITS.length))
    .join('');
  if (body.length < BODY_LENGTH) throw new RangeError('Not enough random bytes for an API key.');
  return PREFIX + body + checksum(body);
}

/** False for a text that starts like one of our keys but was cut or mistyped. Keys of other forms are not judged. */
export function mayBeApiKey(text: string): boolean {
  if (!text.startsWith(PREFIX)) return true;
  const body = text.slice(PREFIX.length, PREFIX.length + BODY_LENGTH);
  return FORM.test(text) && text.endsWith(checksum(body));
}

/** What is kept of a key. */
export function hashApiKey(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** What is shown of a key after its first appearance; of one that somebody chose, next to nothing. */
export function visiblePrefix(key: string): string {
  return key.slice(0, key.startsWith(PREFIX) ? 8 : 2);
}

function checksum(body: string): string {
  let rest = crc32(body);
  let digits = '';
  for (let place = 0; place < CHECKSUM_LENGTH; place += 1) {
    digits = DIGITS.charAt(rest % DIGITS.length) + digits;
    rest = Math.floor(rest / DIGITS.length);
  }
  return digits;
}
