import type { Server } from 'node:http';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { clientNetworks } from './client-address';

/** For the head of a request. That of its body is in `bodies.ts`. */
const HEAD_TIMEOUT_MS = 20_000;
/** How often Node looks for those whose time is up. */
const TIMEOUT_CHECK_INTERVAL_MS = 5_000;

/** For which a client may leave an answer unread that waits for it in this process. */
const UNREAD_ANSWER_TIMEOUT_MS = 60_000;

/** What Node itself is told about connections. */
export const SERVER_OPTIONS = {
  headersTimeout: HEAD_TIMEOUT_MS,
  connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
  // Node would refuse it with an empty answer: `host-header.ts` does so in words.
  requireHostHeader: false,
} as const;

/**
 * Closes what one address opens beyond its bound, as soon as it is opened: whoever holds back the ends of a thousand
 * requests holds their memory. Behind a proxy every connection is the proxy's, so there the bound is for the proxy to set.
 */
export function boundConnections(server: Server, maxPerAddress: number, log: (line: string) => void): void {
  if (maxPerAddress === 0) return;
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = clientNetworks(socket.remoteAddress).network;
    const count = (open.get(address) ?? 0) + 1;
    if (count > maxPerAddress) {
      if (count === maxPerAddress + 1) log(`${address} has ${maxPerAddress} connections; more are closed`);
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

/** Whoever asks and does not read is cut off. Event streams have a bound of their own. */
export function endUnreadAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, { raw }, _payload, done) => {
    // A request that was injected has no connection; for it a timer of its own would be kept, a minute long.
    if (request.raw.socket instanceof Socket) {
      // Node sets the connection's own time again when the answer has been read.
      raw.setTimeout(UNREAD_ANSWER_TIMEOUT_MS, () => raw.destroy());
    }
    done();
  });
}
