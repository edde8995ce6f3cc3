import { normalAddress } from './client-address';
import { isHostWithPort } from './sound-headers';

/** What proxies say of a request, as Node joins the lines of a header: with commas. */
export interface ForwardedHeaders {
  readonly for?: string | undefined;
  readonly proto?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
}

export interface Forwarded {
  readonly address: string;
  readonly protocol: 'http' | 'https' | undefined;
  readonly host: string | undefined;
}

/**
 * Whom a request comes from, as far as so many proxies are trusted. Each proxy adds to the right what it has seen itself,
 * so of a list the item counts that the farthest trusted one wrote; what stands left of it, anybody may have written.
 * @param peer the address at the other end of the connection
 */
export function readForwarded(headers: ForwardedHeaders, peer: string, trustedProxies: number): Forwarded {
  const nearest = normalAddress(peer) ?? peer;
  if (trustedProxies === 0) return { address: nearest, protocol: undefined, host: undefined };
  const protocol = trustedItem(headers.proto, trustedProxies)?.toLowerCase();
  return {
    address: trustedAddress(headers.for, nearest, trustedProxies),
    protocol: protocol === 'https' || protocol === 'http' ? protocol : undefined,
    host: hostOf(headers, trustedProxies),
  };
}

/** Where a proxy did not know, or hides, whom it speaks for, the last known one of the chain has to answer for it. */
function trustedAddress(header: string | undefined, nearest: string, trustedProxies: number): string {
  let address = nearest;
  for (const item of itemsOf(header).reverse().slice(0, trustedProxies)) {
    const next = normalAddress(item);
    if (next === undefined) return address;
    address = next;
  }
  return address;
}

function trustedItem(header: string | undefined, trustedProxies: number): string | undefined {
  return itemsOf(header).reverse().slice(0, trustedProxies).at(-1);
}

function itemsOf(header: string | undefined): string[] {
  return header === undefined ? [] : header.split(',').map((item) => item.trim());
}

/** It gets into links as the Host header does: what is no host is passed over, and the Host header counts. */
function hostOf(headers: ForwardedHeaders, trustedProxies: number): string | undefined {
  const host = trustedItem(headers.host, trustedProxies);
  const port = trustedItem(headers.port, trustedProxies);
  if (host === undefined || !isHostWithPort(host)) return undefined;
  const withPort = `${host}:${port ?? ''}`;
  const needsPort = port !== undefined && /^[1-9]\d*$/.test(port) && isHostWithPort(withPort);
  return needsPort ? withPort : host;
}
