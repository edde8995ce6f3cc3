/** What is known of a subscriber's token without asking anybody. The server is who checks it. */
export interface HandedToken {
  readonly token: string;
  /** The operator's id of the person. */
  readonly sub: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The token behind `#token=` of an address; undefined when there is none. */
export function tokenIn(hash: string): string | undefined {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('token');
  return token === null || token === '' ? undefined : token;
}

/** Undefined for a text that is no token, so that it is never sent anywhere. */
export function readToken(token: string): HandedToken | undefined {
  try {
    const [, claims = ''] = token.trim().split('.');
    const { sub, exp } = JSON.parse(textOf(claims)) as { sub?: unknown; exp?: unknown };
    if (typeof sub !== 'string' || typeof exp !== 'number') return undefined;
    return { token: token.trim(), sub, expiresAt: exp * 1000 };
  } catch {
    return undefined;
  }
}

export function holds(token: HandedToken, now: number): boolean {
  return token.expiresAt > now;
}

/**
 * Whether the person in front of the page has to say first that this one is to read here. A link may come from anybody:
 * without a word it would show a stranger's inbox as one's own, and have this device notified of it.
 * @param known who is reading, or who was the last one to
 */
export function isSomebodyElse(token: HandedToken, known: string | null | undefined): boolean {
  return typeof known === 'string' && known !== '' && known !== token.sub;
}

/** How long before its end a new token is asked for. */
const AHEAD = 60_000;

export function untilRenewal({ expiresAt }: HandedToken, now: number): number {
  return Math.max(expiresAt - AHEAD - now, 0);
}

/** A message from the page that shows the inbox in a frame. */
interface FrameMessage {
  readonly isFromParent: boolean;
  readonly origin: string;
  readonly data: unknown;
}

/**
 * The token that such a message brings; undefined for any other message.
 * @param parentOrigin whose page the frame stands in, as far as the browser tells; only pages that the security policy
 *   names may be that at all
 */
export function tokenOf(message: FrameMessage, parentOrigin: string | undefined): string | undefined {
  const { isFromParent, origin, data } = message;
  if (!isFromParent || (parentOrigin !== undefined && origin !== parentOrigin)) return undefined;
  const { type, token } = (data ?? {}) as { type?: unknown; token?: unknown };
  return type === 'fanfare-token' && typeof token === 'string' ? token : undefined;
}

function textOf(base64url: string): string {
  const bytes = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
