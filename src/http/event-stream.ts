import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { FastifyReply } from 'fastify';

/** A connection that was lost without a word is noticed by probes of the operating system from here on. Milliseconds. */
const PROBE_AFTER = 30_000;

/**
 * Begins an answer that is an event stream (text/event-stream) and does not end.
 * @returns undefined when nobody is there to read it
 */
export function openEventStream(reply: FastifyReply): ServerResponse | undefined {
  if (reply.request.method === 'HEAD') {
    void reply.type('text/event-stream').send();
    return undefined;
  }
  reply.hijack();
  const out = reply.raw;
  if (out.destroyed) return undefined;
  reply.headers({
    'content-type': 'text/event-stream',
    // Nothing in between may keep it, pack it, or wait until there is more of it.
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    // When it ends, so does the connection: kept alive, it would hold up a server that is ending.
    connection: 'close',
  });
  out.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
  out.socket?.setKeepAlive(true, PROBE_AFTER);
  out.flushHeaders();
  return out;
}
