import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error';

/** RFC 1035, 2.3.4. */
const MAX_HOST_LENGTH = 255;

/**
 * RFC 3986, 3.2.2 and 3.2.3, but without the comma: no host has one, and proxies join headers that came twice with it. An
 * address of version 6 is looked at by itself.
 */
const HOST = /^(?:\[([\da-f:.]+)\]|(?:[\w.~!$&'()*+;=-]|%[\da-f]{2})+)(?::\d{0,5})?$/i;

/**
 * What is wrong with the Host header, as a sentence. A server answers 400 for none, several or an invalid one (RFC 9112,
 * 3.2): Node takes the first of several, a proxy may have taken the last, and what is no host must not come into links.
 * @param rawHeaders names and values in turn, as Node read them
 */
export function complaintAboutHost(httpVersion: string, rawHeaders: readonly string[]): string | undefined {
  const hosts = rawHeaders.filter((_, index) => index % 2 === 1 && isHost(rawHeaders[index - 1]));
  const [host] = hosts;
  if (hosts.length > 1) return 'Send one Host header, not several.';
  if (host === undefined) {
    return httpVersion === '1.0' ? undefined : 'Send a Host header: HTTP/1.1 demands one.';
  }
  const match = host.length > MAX_HOST_LENGTH ? null : HOST.exec(host);
  const isValid = match !== null && (match[1] === undefined || isIPv6(match[1]));
  return isValid ? undefined : 'The Host header has to be a host name or an address, with or without a port.';
}

/** Before anything else looks at a request. */
export function requireHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { httpVersion, rawHeaders } = request.raw;
    const complaint = complaintAboutHost(httpVersion, rawHeaders);
    done(complaint === undefined ? undefined : new DomainError('invalid-request', complaint));
  });
}

function isHost(name: string | undefined): boolean {
  return name?.toLowerCase() === 'host';
}
