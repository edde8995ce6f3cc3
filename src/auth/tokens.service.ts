import { Inject, Injectable } from '@nestjs/common';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { validate } from 'uuid';
import { DomainError } from '../errors/domain-error';
import { SETTINGS, type Settings } from '../settings';
import type { Subscriber } from './principal';
import { isSub, subscriberIdOf } from './subscriber-id';

/** Marks a log-in token in its header, so that neither kind of token can stand in for the other. */
const SESSION_TYPE = 'fanfare-session+jwt';
const SESSION_HOURS = 12;
const SUBSCRIBER_TOKEN_HOURS = 24;
const ASYMMETRIC = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

export interface SignedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

type VerifySubscriber = (token: string) => Promise<{ payload: { sub?: string } }>;

/** Signs log-in tokens, verifies both kinds. Tokens are dated by this machine's clock, as their issuers' are. */
@Injectable()
export class Tokens {
  private readonly sessionSecret: Uint8Array;
  private readonly subscriberSecret: Uint8Array | undefined;
  private readonly verifySubscriberToken: VerifySubscriber;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.sessionSecret = bytes(settings.sessionSecret);
    this.subscriberSecret = settings.subscriberJwtSecret ? bytes(settings.subscriberJwtSecret) : undefined;
    this.verifySubscriberToken = subscriberVerifier(this.subscriberSecret, settings.subscriberJwksUrl);
  }

  /** @param sessionId the row that says whether the log-in still holds */
  signSession(userId: string, sessionId: string): Promise<SignedToken> {
    return sign(this.sessionSecret, userId, SESSION_TYPE, SESSION_HOURS, { sid: sessionId });
  }

  /** Whose token it is and of which session, or undefined when it is not good, or was not issued by this version. */
  async verifySession(token: string): Promise<{ userId: string; sessionId: string } | undefined> {
    const options = { algorithms: ['HS256'], typ: SESSION_TYPE, requiredClaims: ['sub', 'exp', 'sid'] };
    try {
      const { payload } = await jwtVerify(token, this.sessionSecret, options);
      const { sub, sid } = payload;
      return isUuid(sub) && isUuid(sid) ? { userId: sub, sessionId: sid } : undefined;
    } catch {
      return undefined;
    }
  }

  /** A token as the operator's app would issue it, for trying things out. */
  signSubscriber(sub: string): Promise<SignedToken> {
    if (this.subscriberSecret === undefined) {
      throw new DomainError(
        'tokens-issued-elsewhere',
        'SUBSCRIBER_JWKS_URL is set: ask the issuer behind it for a token.',
      );
    }
    return sign(this.subscriberSecret, sub, 'JWT', SUBSCRIBER_TOKEN_HOURS);
  }

  async verifySubscriber(token: string): Promise<Subscriber | undefined> {
    try {
      const { payload } = await this.verifySubscriberToken(token);
      const { sub } = payload;
      return isSub(sub) ? { kind: 'subscriber', id: subscriberIdOf(sub), sub } : undefined;
    } catch {
      return undefined;
    }
  }

  isSession(token: string): boolean {
    try {
      return decodeProtectedHeader(token).typ === SESSION_TYPE;
    } catch {
      return false;
    }
  }
}

function subscriberVerifier(secret: Uint8Array | undefined, jwksUrl: URL | undefined): VerifySubscriber {
  const requiredClaims = ['sub', 'exp'];
  if (secret !== undefined) {
    return (token) => jwtVerify(token, secret, { algorithms: ['HS256'], requiredClaims });
  }
  if (jwksUrl === undefined) throw new Error('Neither a secret nor a key set for subscribers is configured.');
  const keys = createRemoteJWKSet(jwksUrl);
  return (token) => jwtVerify(token, keys, { algorithms: ASYMMETRIC, requiredClaims });
}

async function sign(
  secret: Uint8Array,
  sub: string,
  typ: string,
  hours: number,
  claims: Record<string, unknown> = {},
): Promise<SignedToken> {
  const expiresAt = new Date(Math.floor(Date.now() / 1000 + hours * 3600) * 1000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(secret);
  return { token, expiresAt };
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && validate(value);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
