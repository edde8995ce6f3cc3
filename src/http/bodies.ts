import { Readable } from 'node:stream';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** Requests are JSON of at most 1 MiB. */
export const BODY_LIMIT = 1_048_576;

/**
 * What bodies are taken: JSON, and for uploads streams, which whoever reads them bounds. A POST that announces JSON and
 * sends nothing means "no options" rather than an error, since many clients send the header always.
 */
export function acceptBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT }, (request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    else void parseJson(request as FastifyRequest, body.toString('utf8'), done);
  });
  fastify.addContentTypeParser(['application/x-ndjson', 'text/csv'], (_request, payload, done) => {
    done(null, payload);
  });
  // An upload that is refused before it was read to its end: whatever still comes belongs to no other request.
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (request.body instanceof Readable && !request.raw.complete) void reply.header('connection', 'close');
    done();
  });
}
