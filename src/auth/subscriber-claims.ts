import { isStorableText, isTooLong, SUB_MAX_LENGTH } from './subscriber-id';
import { shown, TokenRefusedError } from './token-refusal';

/** What a token has to say beside who its person is; an empty list asks for nothing. */
export interface ExpectedClaims {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
}

/** By so much the clocks of an issuer and of this machine may differ (RFC 7519, 4.1.4 and 4.1.5). */
export const LEEWAY_SECONDS = 60;

/**
 * The person whom the claims of a token name.
 * @param claims what the token's payload was, once parsed
 * @param nowSeconds since 1970
 * @throws TokenRefusedError
 */
export function subOfClaims(claims: unknown, expected: ExpectedClaims, nowSeconds: number): string {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) {
    throw new TokenRefusedError('malformed', 'The payload of the token is not a JSON object.');
  }
  const { sub, exp, nbf, iss } = claims as Readonly<Record<string, unknown>>;
  requireSub(sub);
  requireNotExpired(exp, nowSeconds);
  requireBegun(nbf, nowSeconds);
  requireIssuer(iss, expected.issuers);
  requireAudience(claims, expected.audiences);
  return sub;
}

function requireSub(sub: unknown): asserts sub is string {
  const complaint = complaintAboutSub(sub);
  if (complaint !== undefined) throw new TokenRefusedError('subject', complaint);
}

function complaintAboutSub(sub: unknown): string | undefined {
  if (sub === undefined) return 'sub is missing: it has to be the id of the person.';
  if (typeof sub !== 'string') return `sub must be text, not ${shown(sub)}.`;
  if (sub === '') return 'sub is empty: it has to be the id of the person.';
  if (isTooLong(sub)) {
    return `sub has ${[...sub].length} characters; at most ${SUB_MAX_LENGTH} are taken.`;
  }
  if (!isStorableText(sub)) return 'sub holds a null character or half of a surrogate pair.';
  return undefined;
}

function requireNotExpired(exp: unknown, nowSeconds: number): void {
  if (exp === undefined) {
    throw new TokenRefusedError('expiry', 'exp is missing: a token needs an end, in seconds since 1970.');
  }
  requireSeconds('exp', exp, 'expiry');
  if (exp > nowSeconds - LEEWAY_SECONDS) return;
  throw new TokenRefusedError(
    'expiry',
    `The token expired at ${instantOf(exp)}; it is ${instantOf(nowSeconds)}.`,
  );
}

function requireBegun(nbf: unknown, nowSeconds: number): void {
  if (nbf === undefined) return;
  requireSeconds('nbf', nbf, 'not-before');
  if (nbf <= nowSeconds + LEEWAY_SECONDS) return;
  throw new TokenRefusedError(
    'not-before',
    `The token is not valid before ${instantOf(nbf)} (nbf); it is ${instantOf(nowSeconds)}.`,
  );
}

function requireSeconds(
  claim: string,
  value: unknown,
  refusal: 'expiry' | 'not-before',
): asserts value is number {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  throw new TokenRefusedError(
    refusal,
    `${claim} must be a number of seconds since 1970, not ${shown(value)}.`,
  );
}

function requireIssuer(iss: unknown, issuers: readonly string[]): void {
  if (issuers.length === 0 || issuers.some((issuer) => issuer === iss)) return;
  throw new TokenRefusedError('issuer', `iss must be ${anyOf(issuers)}, ${butIs(iss)}.`);
}

/**
 * Where a token names no audience at all, the application that it was issued to takes its place: `azp` (OpenID Connect),
 * or `client_id` (RFC 9068, Amazon Cognito). Beside an audience that fits they are not looked at: in an access token they
 * name the app that asked for it, which is another one than the API that it is for.
 */
function requireAudience(claims: object, audiences: readonly string[]): void {
  if (audiences.length === 0) return;
  const { aud, azp, client_id: clientId } = claims as Readonly<Record<string, unknown>>;
  const named = aud === undefined ? [azp ?? clientId] : [aud].flat();
  if (audiences.some((audience) => named.includes(audience))) return;
  const complaint = aud === undefined && named[0] !== undefined ? `azp is ${shown(named[0])}` : butIs(aud);
  throw new TokenRefusedError('audience', `aud must hold ${anyOf(audiences)}, ${complaint}.`);
}

function butIs(value: unknown): string {
  return value === undefined ? 'but is missing' : `but is ${shown(value)}`;
}

function anyOf(wanted: readonly string[]): string {
  return wanted.map((text) => JSON.stringify(text)).join(' or ');
}

/** Also of numbers that no calendar has. */
function instantOf(seconds: number): string {
  const date = new Date(Math.floor(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000Z', 'Z');
}
