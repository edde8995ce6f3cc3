import type { FastifyInstance } from 'fastify';
import { readForwarded } from './forwarded';

/**
 * Brings what proxies say into the one form that Fastify reads, before anything asks for a request's `ip`, `protocol` or
 * `host`: otherwise a port behind the client's address would make another client of every connection.
 */
export function readTrustedProxies(fastify: FastifyInstance, trustedProxies: number): void {
  if (trustedProxies === 0) return;
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    const forwarded = readForwarded(
      {
        for: joined(headers['x-forwarded-for']),
        proto: joined(headers['x-forwarded-proto']),
        host: joined(headers['x-forwarded-host']),
        port: joined(headers['x-forwarded-port']),
      },
      request.raw.socket.remoteAddress ?? '',
      trustedProxies,
    );
    headers['x-forwarded-for'] = forwarded.address;
    setOrDelete(headers, 'x-forwarded-proto', forwarded.protocol);
    setOrDelete(headers, 'x-forwarded-host', forwarded.host);
    done();
  });
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
