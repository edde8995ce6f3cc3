import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readForwarded } from './forwarded';

/** Has it done for every request, before anything asks for its `ip`, `protocol` or `host`. */
export function readTrustedProxies(fastify: FastifyInstance, trustedProxies: number): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    normaliseForwarded(request, trustedProxies);
    done();
  });
}

/**
 * Brings what proxies say into the one form that Fastify reads: otherwise a port behind the client's address would make
 * another client of every connection. A malformed URL passes no hook and needs it done by hand; its request does not know
 * about proxies at all.
 * @returns the address of the client
 */
export function normaliseForwarded({ raw, ip }: FastifyRequest, trustedProxies: number): string {
  if (trustedProxies === 0) return ip;
  const { headers } = raw;
  const forwarded = readForwarded(
    {
      for: joined(headers['x-forwarded-for']),
      proto: joined(headers['x-forwarded-proto']),
      host: joined(headers['x-forwarded-host']),
      port: joined(headers['x-forwarded-port']),
    },
    raw.socket.remoteAddress ?? '',
    trustedProxies,
  );
  headers['x-forwarded-for'] = forwarded.address;
  setOrDelete(headers, 'x-forwarded-proto', forwarded.protocol);
  setOrDelete(headers, 'x-forwarded-host', forwarded.host);
  return forwarded.address;
}

function joined(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(',') : header;
}

function setOrDelete(
  headers: Record<string, string | string[] | undefined>,
  name: 'x-forwarded-proto' | 'x-forwarded-host',
  value: string | undefined,
): void {
  if (value !== undefined) headers[name] = value;
  else if (name === 'x-forwarded-proto') delete headers['x-forwarded-proto'];
  else delete headers['x-forwarded-host'];
}
