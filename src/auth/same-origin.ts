import { DomainError } from '../errors/domain-error';

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

const RULE = "A log-in by cookie holds only for this server's own pages.";
const OTHER_WAY = 'Elsewhere, send a token in the header `Authorization` instead.';

/** Says what does not fit, since behind a proxy that passes too little on it is not the page that is at fault. */
export function crossSiteError({ protocol, host, headers }: Sender): DomainError {
  const site = headers['sec-fetch-site'];
  const { origin } = headers;
  if (site !== undefined || origin === undefined || !URL.canParse(origin)) {
    const seen =
      site === undefined ? `no page that is known (Origin: ${cut(origin)})` : `a page that is ${cut(site)}`;
    return new DomainError('cross-site-request', `${RULE} This request comes from ${seen}. ${OTHER_WAY}`);
  }
  return new DomainError(
    'cross-site-request',
    `${RULE} The page is at ${cut(origin)}, but the request arrived for ${cut(originOf(protocol, host) ?? host)}. If they are meant to be the same, the proxy in between has to pass the host on (nginx: \`proxy_set_header Host $http_host;\`), and with TLS \`X-Forwarded-Proto\`, with TRUSTED_PROXIES set. ${OTHER_WAY}`,
  );
}

function cut(text: string | string[] | undefined): string {
  return String(text ?? 'none').slice(0, 100);
}
