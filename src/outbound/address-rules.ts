import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/**
 * Where a cloud keeps its machines' own services, although the address is a public one: Azure's "wire server". The others
 * use link-local and private addresses, which are refused as such.
 */
const PUBLIC_BUT_INNER = new Set(['168.63.129.16']);

/** Of IPv6 only this has been given to the public; what lies outside reaches inner networks one way or another. */
const GLOBAL_UNICAST_V6: Network = [ipaddr.IPv6.parse('2000::'), 3];

/** Which addresses an outgoing request may go to: public ones, and those of the networks that the operator allows. */
export class AddressRules {
  private readonly allowed: readonly Network[];

  /** @param allowedNetworks CIDRs, such as `10.1.0.0/16` */
  constructor(allowedNetworks: readonly string[]) {
    this.allowed = allowedNetworks.map((network) => ipaddr.parseCIDR(network));
  }

  /** Whether the operator has allowed anything that is not public. */
  get hasAllowed(): boolean {
    return this.allowed.length > 0;
  }

  /** @param text an address as a resolver or a URL has it; false for anything else */
  mayDial(text: string): boolean {
    // A zone (fe80::1%eth0) names an interface of this machine: no business of anybody outside.
    if (isIP(text) === 0 || text.includes('%')) return false;
    // ipaddr.js takes the old notation ::10.0.0.1 for a mapped address, which is not what would be dialled.
    if (/^::\d+\./.test(text)) return false;
    // An IPv4 address that is mapped into IPv6 (::ffff:127.0.0.1) is dialled as the IPv4 address that it is.
    const address: Address = ipaddr.process(text);
    return isPublic(address) || this.allowed.some((network) => isWithin(address, network));
  }
}

function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast' || PUBLIC_BUT_INNER.has(address.toString())) return false;
  return address.kind() === 'ipv4' || isWithin(address, GLOBAL_UNICAST_V6);
}

function isWithin(address: Address, [network, bits]: Network): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
