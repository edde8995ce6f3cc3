import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { v7 as uuidv7 } from 'uuid';
import { codeOfStatus, PROBLEM_HEADERS, problemDocument } from '../errors/problem-document';

const STATUSES: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

const DETAILS: Readonly<Record<number, string>> = {
  400: 'This is not HTTP as RFC 9112 has it.',
  408: 'Send all of a request at once.',
  413: 'The extensions of its chunks are too long.',
  431: 'Its headers are too long together.',
};

/** What could not be read as a request is refused as everything else is, though no route or filter ever sees it. */
export function answerBrokenRequest({ code, rawPacket }: ConnectionError, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const status = STATUSES[code] ?? 400;
  const problem = problemDocument(codeOfStatus(status), DETAILS[status] ?? '');
  const body = JSON.stringify({ ...problem, instance: `urn:uuid:${uuidv7()}` });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(PROBLEM_HEADERS).map(([name, value]) => `${name}: ${value}`),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  // The part of the request at which Node gave up, which is nearly always all of it.
  const read: unknown = rawPacket;
  const toHead = Buffer.isBuffer(read) && read.toString('latin1', 0, 5) === 'HEAD ';
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${toHead ? '' : body}`);
  socket.destroy();
}

/** Node would answer every expectation but one with an empty 417; RFC 9110 leaves it to the server to pass over them. */
export function passOverExpectations(app: NestFastifyApplication): void {
  const server = app.getHttpServer();
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}
