import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Of IPv6 one customer has a /64 at least, and many have a /48. */
const SUBNET_BITS = 64;
const SITE_BITS = 48;

/** What is counted for a client: the network that is surely theirs, and the larger one that may be. */
export interface ClientNetworks {
  /** An IPv4 address, or an IPv6 network of 64 bits. */
  readonly network: string;
  /** The IPv6 network of 48 bits around it; undefined for IPv4. */
  readonly site: string | undefined;
}

/**
 * An address as `X-Forwarded-For`, `Forwarded` or a socket has it, in the one form in which addresses are compared:
 * without port, brackets, quotation marks and zone; IPv4 where it is IPv4 in IPv6's clothes; undefined for what is none,
 * as the `unknown` and `_hidden` of RFC 7239.
 */
export function normalAddress(text: string): string | undefined {
  const bare = withoutPort(text.trim().replace(/^"(.*)"$/, '$1')).replace(/%.*$/, '');
  if (isIP(bare) === 0) return undefined;
  return ipaddr.process(bare).toString();
}

/** `1.2.3.4:5000`, `[2001:db8::1]:443` and `[2001:db8::1]`; IPv6 without brackets never has a port. */
function withoutPort(text: string): string {
  const [, address] = /^\[([^\]]*)\](?::\d*)?$/.exec(text) ?? /^([\d.]+):\d*$/.exec(text) ?? [];
  return address ?? text;
}

/**
 * The networks of the first of these that is an address: what a proxy says of its client, else the proxy itself. What is
 * no address at all shares one budget.
 */
export function clientNetworks(...texts: readonly (string | undefined)[]): ClientNetworks {
  for (const text of texts) {
    const address = normalAddress(text ?? '');
    if (address !== undefined) return networksOf(address);
  }
  return { network: 'unknown', site: undefined };
}

function networksOf(address: string): ClientNetworks {
  const parsed = ipaddr.parse(address);
  if (parsed instanceof ipaddr.IPv4) return { network: address, site: undefined };
  return { network: networkOf(parsed, SUBNET_BITS), site: networkOf(parsed, SITE_BITS) };
}

function networkOf(address: ipaddr.IPv6, bits: number): string {
  const parts = address.parts.map((part, index) => (index < bits / 16 ? part : 0));
  return `${new ipaddr.IPv6(parts).toString()}/${bits}`;
}
