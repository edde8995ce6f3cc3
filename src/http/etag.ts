import type { FastifyReply } from 'fastify';
import { DomainError } from '../errors/domain-error';
import type { ExpectedVersions } from '../errors/version';

/** Sets the ETag to the object's version, which grows with every change and is never used for another state. */
export function sendVersion<T extends { readonly version: number }>(reply: FastifyReply, view: T): T {
  void reply.header('etag', `"${view.version}"`);
  // A proxy that compresses would change the tag, see below.
  void reply.header('cache-control', 'no-store, no-transform');
  return view;
}

/** As `requiredVersion`, where a caller need not say one. */
export function optionalVersion(ifMatch: string | undefined): ExpectedVersions {
  return ifMatch === undefined || ifMatch.trim() === '' ? undefined : requiredVersion(ifMatch);
}

/**
 * The versions that `If-Match` names (RFC 9110, 13.1.1); undefined for `*`.
 * @throws DomainError precondition-required without the header, invalid-request for one that is malformed
 */
export function requiredVersion(ifMatch: string | undefined): ExpectedVersions {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new DomainError('precondition-required', 'Read the object and send its ETag as If-Match.');
  }
  if (ifMatch.trim() === '*') return undefined;
  const tags = readEntityTags(ifMatch);
  if (tags === undefined) {
    throw new DomainError(
      'invalid-request',
      `If-Match takes ETags as they were received, such as "3", or *; not ${ifMatch.trim().slice(0, 40)}`,
    );
  }
  return tags.flatMap((tag) => versionOfTag(tag) ?? []);
}

/** One item of the list: a tag, weak or not, of the characters that RFC 9110 (8.8.3) allows. */
const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/** What stands between the quotation marks, item by item; undefined for what is no list of entity tags. */
function readEntityTags(header: string): string[] | undefined {
  const tags: string[] = [];
  // A tag may hold commas.
  for (const [item] of header.matchAll(/(?:[^,"]|"[^"]*"?)+/g)) {
    if (item.trim() === '') continue;
    const tag = ENTITY_TAG.exec(item.trim())?.[1];
    if (tag === undefined) return undefined;
    tags.push(tag);
  }
  return tags.length > 0 ? tags : undefined;
}

/**
 * The version that a tag means. Proxies that compress answers change the tag on its way, and clients send back what they
 * received: nginx makes it weak (`W/"3"`), Apache and Caddy write the coding into it (`"3-gzip"`), Jetty too (`"3--gzip"`).
 * By the letter of RFC 9110 a weak tag matches nothing. But it exists since byte-wise different forms of one version may be
 * about, and a change is a change of the version: taking it can overwrite nothing that its sender has not seen.
 */
function versionOfTag(tag: string): number | undefined {
  const version = /^(\d{1,9})(?:(?:--?|;)(?:gzip|br|zstd|deflate))?$/.exec(tag)?.[1];
  return version === undefined ? undefined : Number(version);
}
