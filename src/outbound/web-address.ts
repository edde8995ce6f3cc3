import { isIP } from 'node:net';

/** The least port that is nobody's well-known service. */
const FIRST_FREE_PORT = 1024;
const WEB_PORTS = ['', '80', '443'];

/** Why an address cannot be sent to, in words for whoever gave it. */
export interface BadAddress {
  readonly complaint: string;
}

/** The host that an address names: an IP address without its brackets, or a name. */
export function hostOf({ hostname }: Pick<URL, 'hostname'>): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/**
 * Reads an address that a user gave for this server to send to: `http` or `https`, no name and password, and no port
 * below 1024 other than 80 and 443, behind which no web server of anybody's is. Says nothing yet about where the name
 * leads. Hosts written as numbers (`http://2130706433/`) come back as the addresses they are.
 */
export function readWebAddress(text: string): URL | BadAddress {
  // A URL parser silently drops line breaks and tabs, and takes a backslash for a slash.
  if (/[\s\\\p{Cc}]/u.test(text)) return bad('it may hold no white space, control characters or backslashes');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) return bad('it is not a URL');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return bad('it must begin with https:// or http://');
  if (url.username !== '' || url.password !== '') return bad('it may not hold a user name or password');
  if (!WEB_PORTS.includes(url.port) && Number(url.port) < FIRST_FREE_PORT) {
    return bad(`its port must be 80, 443 or one from ${FIRST_FREE_PORT} on`);
  }
  url.hash = '';
  return url;
}

/** Whether the host is an IP address rather than a name. */
export function isLiteral(host: string): boolean {
  return isIP(host) > 0;
}

function bad(complaint: string): BadAddress {
  return { complaint };
}
