import { DomainError } from '../errors/domain-error';

interface BodyHeaders {
  readonly 'content-encoding'?: string | undefined;
  readonly 'content-type'?: string | undefined;
}

/** @throws DomainError unsupported-media-type, for a body that has been compressed */
export function requireUncompressed(headers: BodyHeaders): void {
  const codings = (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  if (codings.every((coding) => coding === '' || coding === 'identity')) return;
  throw new DomainError('unsupported-media-type', 'Send the body uncompressed, without Content-Encoding.');
}

/**
 * JSON is exchanged in UTF-8 (RFC 8259, 8.1). What announces anything else would be read as other letters than were meant.
 * @throws DomainError unsupported-media-type
 */
export function requirePlainUtf8(headers: BodyHeaders): void {
  requireUncompressed(headers);
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1];
  if (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset)) {
    throw new DomainError('unsupported-media-type', 'Send the body as UTF-8, and say so or nothing.');
  }
}
