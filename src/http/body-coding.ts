import { DomainError } from '../errors/domain-error';

interface BodyHeaders {
  readonly 'content-encoding'?: string | undefined;
  readonly 'content-type'?: string | undefined;
}

/**
 * Bodies are taken as they are, in UTF-8, as JSON is exchanged (RFC 8259, 8.1). What announces anything else was not written
 * for this API, and would be read as other letters than were meant, or as none.
 * @throws DomainError unsupported-media-type
 */
export function requirePlainUtf8(headers: BodyHeaders): void {
  const codings = (headers['content-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 0) {
    throw new DomainError('unsupported-media-type', 'Send the body uncompressed, without Content-Encoding.');
  }
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new DomainError('unsupported-media-type', 'Send the body as UTF-8, and say so or nothing.');
  }
}
