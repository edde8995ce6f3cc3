import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error';

/** Sets the ETag to the object's version, which grows with every change and is never used for another state. */
export function sendVersion<T extends { readonly version: number }>(reply: FastifyReply, view: T): T {
  void reply.header('etag', `"${view.version}"`);
  return view;
}

/** As `requiredVersion`, where a caller need not say one. */
export function optionalVersion(ifMatch: string | undefined): number | undefined {
  return ifMatch === undefined || ifMatch.trim() === '' ? undefined : requiredVersion(ifMatch);
}

/**
 * The version that `If-Match` names; undefined for `*`.
 * @throws DomainError precondition-required without the header, version-conflict for one that can match nothing
 */
export function requiredVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new DomainError('precondition-required', 'Read the object and send its ETag as If-Match.');
  }
  if (ifMatch.trim() === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(ifMatch.trim())?.[1];
  // Weak and foreign tags never match (RFC 9110, 13.1.1).
  if (version === undefined) {
    throw new DomainError(
      'version-conflict',
      `If-Match takes an ETag such as "3", not ${ifMatch.slice(0, 40)}.`,
    );
  }
  return Number(version);
}
