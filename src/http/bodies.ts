import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';

/** Requests are JSON of at most 1 MiB. */
export const BODY_LIMIT = 1_048_576;

/** Marks the operations whose body is an upload: a stream. */
export const TakesUpload = () => RouteConfig({ upload: true } satisfies UploadConfig);
interface UploadConfig {
  readonly upload?: boolean;
}

const UNSAID = ['application/x-www-form-urlencoded', 'text/plain'];

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
  // What curl and fetch call a body when nobody says what it is. Read as a form or as text, it would be refused for
  // fields that seem to be missing; the true mistake is the header.
  app.useBodyParser(UNSAID, { bodyLimit: BODY_LIMIT }, (_request, body: Buffer, done) => {
    if (body.length === 0) done(null, undefined);
    else done(notJson());
  });
  fastify.addContentTypeParser(['application/x-ndjson', 'text/csv'], (request, payload, done) => {
    // Validation copies a body member by member: of a stream it would copy the connection, and the process would end.
    if ((request.routeOptions.config as UploadConfig).upload) done(null, payload);
    else done(notJson());
  });
  fastify.addHook('onSend', (request, _reply, _payload, done) => {
    if (request.body instanceof Readable && !request.raw.complete) swallowRest(request.raw);
    done();
  });
}

/** How long a client may go on sending what has been refused already. */
const PATIENCE = 30_000;

/**
 * Reads what still comes of an upload that was refused before its end, and forgets it. Were the connection closed instead,
 * most clients, which send everything before they look for an answer, would see a reset and never the answer.
 */
function swallowRest(upload: IncomingMessage): void {
  const timer = setTimeout(() => upload.destroy(), PATIENCE).unref();
  upload.once('close', () => {
    clearTimeout(timer);
  });
  upload.resume();
}

function notJson(): DomainError {
  return new DomainError('unsupported-media-type', 'Send JSON, with `Content-Type: application/json`.');
}
