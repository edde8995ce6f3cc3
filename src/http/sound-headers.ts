import { isIPv6 } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { DomainError } from '../errors/domain-error';

/** RFC 1035, 2.3.4. */
const MAX_HOST_LENGTH = 255;
const MAX_PORT = 65_535;

/**
 * RFC 3986, 3.2.2 and 3.2.3, but without the comma: no host has one, and proxies join headers that came twice with it. An
 * address of version 6 is looked at by itself.
 */
const HOST = /^(?:\[([\da-f:.]+)\]|(?:[\w.~!$&'()*+;=-]|%[\da-f]{2})+)(?::(\d{0,5}))?$/i;

/** Whether it may stand in a link: a host name or an address, with or without a port. */
export function isHostWithPort(text: string): boolean {
  const match = text.length > MAX_HOST_LENGTH ? null : HOST.exec(text);
  if (!match) return false;
  const [, ipv6, port] = match;
  return (ipv6 === undefined || isIPv6(ipv6)) && Number(port ?? 0) <= MAX_PORT;
}

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
  return isHostWithPort(host)
    ? undefined
    : 'The Host header has to be a host name or an address, with or without a port.';
}

/** Of each there is one, and Node would take the first, or make one text of several, without a word. */
const SINGLE = ['authorization', 'content-type', 'idempotency-key'];

/**
 * What is wrong where a header of which there is one comes several times and says different things: what stands in front of this
 * server may have looked at another one than is taken here.
 */
export function complaintAboutRepeated(rawHeaders: readonly string[]): string | undefined {
  const values = new Map<string, string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    if (!SINGLE.includes(name)) continue;
    if (values.has(name) && values.get(name) !== value) return `Send one ${name} header, not several.`;
    values.set(name, value);
  }
  return undefined;
}

/** Before anything else looks at a request. */
export function requireSoundHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { httpVersion, rawHeaders } = request.raw;
    const complaint = complaintAboutHost(httpVersion, rawHeaders) ?? complaintAboutRepeated(rawHeaders);
    done(complaint === undefined ? undefined : new DomainError('invalid-request', complaint));
  });
}

function isHost(name: string | undefined): boolean {
  return name?.toLowerCase() === 'host';
}
