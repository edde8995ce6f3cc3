import { domainToASCII } from 'node:url';

/** RFC 5321: 64 characters before the @, 254 in all. */
const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;

const ATOM = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const FORM = new RegExp(`^${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);

/** White space that comes along when an address is copied. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/**
 * The one form in which an address is kept and compared: plain ASCII in small letters, without what stands around it.
 * Undefined for what has no such form: characters that only look like a letter, invisible ones, quoted local parts.
 */
export function normalEmail(text: string): string | undefined {
  // ASCII first: K (U+212A) and others become a plain letter when they are lower-cased.
  const trimmed = text.slice(0, MAX_LENGTH * 2).replace(AROUND, '');
  if (!/^[\x21-\x7e]+$/.test(trimmed) || trimmed.length > MAX_LENGTH) return undefined;
  const address = trimmed.toLowerCase();
  return FORM.test(address) && address.indexOf('@') <= MAX_LOCAL_LENGTH ? address : undefined;
}

/** Why a text is no address that is taken, in words that help; undefined when it is one. */
export function emailWeakness(text: string): string | undefined {
  if (normalEmail(text) !== undefined) return undefined;
  if (/^[\x00-\x7f]*$/.test(text)) return 'must be an email address like rosa@bakery.example';
  const [local = '', domain = '', ...more] = text.replace(AROUND, '').split('@');
  const punycode = more.length === 0 && domain.length <= MAX_LENGTH ? domainToASCII(domain) : '';
  const isPlainLocal = /^[\x21-\x7e]+$/.test(local);
  return isPlainLocal && punycode.startsWith('xn--') && punycode !== domain
    ? `must be written in ASCII: is ${punycode} the domain that you mean?`
    : 'must be written in plain ASCII letters: one of its characters only looks like a letter, or cannot be seen';
}
