export interface Sender {
  readonly method: string;
  readonly host: string;
  readonly headers: { readonly 'sec-fetch-site'?: string | string[]; readonly origin?: string };
}

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Whether the request changes nothing, or its browser vouches that a page of this very host has sent it. */
export function isHarmlessOrOurs(sender: Sender): boolean {
  return SAFE.includes(sender.method) || isFromOurPages(sender);
}

export function isFromOurPages({ host, headers }: Sender): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin';
  // Browsers leave that header out on plain http.
  const { origin = '' } = headers;
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
