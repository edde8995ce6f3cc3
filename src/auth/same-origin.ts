export interface Sender {
  readonly method: string;
  readonly host: string;
  /** As this server, or the proxy in front that it trusts, has received it. */
  readonly protocol: string;
  readonly headers: { readonly 'sec-fetch-site'?: string | string[]; readonly origin?: string };
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Whether the request changes nothing, or its browser vouches that a page of this very host has sent it. */
export function isHarmlessOrOurs(sender: Sender): boolean {
  return SAFE.includes(sender.method) || isFromOurPages(sender);
}

export function isFromOurPages({ protocol, host, headers }: Sender): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Browsers leave that header out on plain http.
  const { origin = '' } = headers;
  return URL.canParse(origin) && new URL(origin).origin === originOf(protocol, host);
}

function originOf(protocol: string, host: string): string | undefined {
  const own = `${protocol}://${host}`;
  return URL.canParse(own) ? new URL(own).origin : undefined;
}
