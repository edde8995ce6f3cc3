import { isIP, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * An address in its one normal form: without port, brackets, zone and white space, IPv6 in short small letters, and IPv4
 * that travels inside of IPv6 as IPv4; undefined for what is no address (`unknown`, a name, nothing).
 */
export function normalAddress(text: string): string | undefined {
  const bare = withoutPort(text.trim().replace(/^"(.*)"$/, '$1')).replace(/%.*$/, '');
  return isIP(bare) > 0 ? ipaddr.process(bare).toString() : undefined;
}

function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(text)?.[1];
  if (bracketed !== undefined) return bracketed;
  // A bare IPv6 address is full of colons and can carry no port.
  return isIPv6(text) ? text : text.replace(/:\d*$/, '');
}
