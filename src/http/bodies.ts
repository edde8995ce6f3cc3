import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { RouteConfig, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../errors/domain-error';
import { type BodyLease, type BodyMemory } from './body-memory';
import { requirePlainUtf8 } from './body-coding';
import { clientNetworks } from './client-address';
import { shapeFault } from './json-shape';
import { bodyTooLarge, readBody } from './read-body';
import { BODY_BOUNDS, CONTENT_BODY_BOUNDS } from './shape-bounds';
import { invalidRequest } from './validation';

/** What an operation takes that does not say otherwise: the longest lists of ids, with every character escaped. */
export const MAX_BODY_BYTES = 262_144;
/** What operations take that take written content. */
export const MAX_CONTENT_BODY_BYTES = 1_048_576;

/** For a whole body, from the end of the request's head on. Uploads are bounded by their progress instead. */
const BODY_TIMEOUT_MS = 30_000;
/** How long a client may go on sending what has been refused already. */
const REFUSED_BODY_TIMEOUT_MS = 30_000;

interface BodyConfig {
  readonly upload?: boolean;
  readonly content?: boolean;
}

/** Marks the operations whose body is an upload: a stream. */
export const TakesUpload = () => RouteConfig({ upload: true } satisfies BodyConfig);

/** Marks the operations that take written content, which is larger than anything else that is sent as JSON. */
export const TakesContent = () => RouteConfig({ content: true } satisfies BodyConfig);

const leases = new WeakMap<FastifyRequest, BodyLease>();

const UNDECLARED_TYPES = ['application/x-www-form-urlencoded', 'text/plain'];

/**
 * What bodies are taken: JSON, and for uploads streams, which whoever reads them bounds. A POST that announces JSON and
 * sends nothing means "no options" rather than an error, since many clients send the header always.
 */
export function acceptBodies(
  app: NestFastifyApplication,
  memory: BodyMemory,
  timeoutMs = BODY_TIMEOUT_MS,
): void {
  const fastify = app.getHttpAdapter().getInstance();
  // Until the answer has gone, or the client has: what is made of a body lives as long.
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    if (hasBody(request.headers)) {
      const lease = memory.lease(clientNetworks(request.ip, request.socket.remoteAddress).network);
      leases.set(request, lease);
      reply.raw.once('close', lease.release);
    }
    done(null, payload);
  });
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser('application/json', (request, payload, done) => {
    if (takesStream(request, payload, done)) return;
    void bodyOf(request, payload, timeoutMs)
      .then((body) => {
        if (body.length === 0) done(null, undefined);
        else void parseJson(request, textOf(request, body), done);
      })
      .catch(done);
  });
  // What curl and fetch call a body when nobody says what it is. Read as a form or as text, it would be refused for
  // fields that seem to be missing; the true mistake is the header.
  fastify.addContentTypeParser(UNDECLARED_TYPES, (request, payload, done) => {
    if (takesStream(request, payload, done)) return;
    void bodyOf(request, payload, timeoutMs)
      .then((body) => {
        if (body.length === 0) done(null, undefined);
        else done(notJson());
      })
      .catch(done);
  });
  fastify.addContentTypeParser('*', (request, payload, done) => {
    if (!takesStream(request, payload, done)) done(notJson());
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (hasBody(request.headers) && !request.raw.complete) swallowRest(request.raw, reply);
    done();
  });
}

/**
 * Hands an upload on as a stream, of whatever type it is: the operation that takes it says which it wants. Validation copies
 * any other body member by member: of a stream it would copy the connection, and the process would end.
 */
function takesStream(
  request: FastifyRequest,
  payload: Readable,
  done: (error: null, body: Readable) => void,
): boolean {
  if (!configOf(request).upload) return false;
  done(null, payload);
  return true;
}

async function bodyOf(request: FastifyRequest, payload: Readable, timeoutMs: number): Promise<Buffer> {
  const maxBytes = configOf(request).content ? MAX_CONTENT_BODY_BYTES : MAX_BODY_BYTES;
  if (Number(request.headers['content-length']) > maxBytes) throw bodyTooLarge(maxBytes);
  return readBody(payload, { maxBytes, timeoutMs, hold: leases.get(request)?.hold });
}

/**
 * @throws DomainError unsupported-media-type; invalid-request for what goes beyond the bounds of a request, before anything
 *   is made of it
 */
function textOf(request: FastifyRequest, body: Buffer): string {
  requirePlainUtf8(request.headers);
  if (!isUtf8(body)) throw new DomainError('invalid-request', 'The body is not UTF-8.');
  const fault = shapeFault(body, configOf(request).content ? CONTENT_BODY_BOUNDS : BODY_BOUNDS);
  if (fault) throw invalidRequest([fault]);
  return body.toString('utf8');
}

function hasBody(headers: FastifyRequest['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function configOf(request: FastifyRequest): BodyConfig {
  return request.routeOptions.config as BodyConfig;
}

/**
 * Reads what still comes of a body that was refused before its end, and forgets it. Were the connection closed instead,
 * most clients, which send everything before they look for an answer, would see a reset and never the answer. Only who
 * has been told that it takes too long is not given more time.
 */
function swallowRest(body: IncomingMessage, reply: FastifyReply): void {
  if (reply.statusCode === 408) {
    void reply.header('connection', 'close');
    return;
  }
  void reply.removeHeader('connection');
  const timer = setTimeout(() => body.destroy(), REFUSED_BODY_TIMEOUT_MS).unref();
  body.once('close', () => {
    clearTimeout(timer);
  });
  // An operation that refused in the middle of its upload is still waiting for more, and a body that is waited for does not flow.
  body.removeAllListeners('readable').unpipe().resume();
}

function notJson(): DomainError {
  return new DomainError('unsupported-media-type', 'Send JSON, with `Content-Type: application/json`.');
}
