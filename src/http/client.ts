import type { FastifyRequest } from 'fastify';
import { clientNetworks, type ClientNetworks } from './client-address';

/** What of a request says where it comes from. */
export type Client = Pick<FastifyRequest, 'ip' | 'socket'>;

/** Whose request it is, as far as addresses can tell. */
export function clientOf({ ip, socket }: Client): ClientNetworks {
  return clientNetworks(ip, socket.remoteAddress);
}
