import type { FastifyRequest } from 'fastify';
import { clientNetworks, type ClientNetworks } from './client-address';

/** Whose request it is, as far as addresses can tell. */
export function clientOf({ ip, socket }: FastifyRequest): ClientNetworks {
  return clientNetworks(ip, socket.remoteAddress);
}
