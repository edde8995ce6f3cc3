import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const EXPOSED = ['ETag', 'Retry-After', 'WWW-Authenticate'];

/** Other origins send tokens in a header. The cookie of our own pages is not for them: no answer allows credentials. */
export function allowOrigins(app: NestFastifyApplication, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.enableCors({
    origin: origins.includes('*') ? '*' : [...origins],
    methods: METHODS,
    exposedHeaders: EXPOSED,
    maxAge: 600,
  });
}

/** The same for an answer to a path that is malformed, which is given before any hook is asked. */
export function allowOriginOf(
  request: FastifyRequest,
  reply: FastifyReply,
  origins: readonly string[],
): void {
  const { origin } = request.headers;
  const isForAll = origins.includes('*');
  if (!isForAll && origins.length > 0) void reply.header('vary', 'Origin');
  if (origin === undefined || !(isForAll || origins.includes(origin))) return;
  void reply.headers({
    'access-control-allow-origin': isForAll ? '*' : origin,
    'access-control-expose-headers': EXPOSED.join(', '),
  });
}
