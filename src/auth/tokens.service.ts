import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import { validate } from 'uuid';
import { SETTINGS, type Settings } from '../settings';
import { signToken, type SignedToken } from './sign-token';

/** Marks a log-in token in its header, so that a subscriber's token cannot stand in for it. */
const SESSION_TYPE = 'fanfare-session+jwt';
const SESSION_HOURS = 12;

/** Signs and verifies the tokens of log-ins, dated by this machine's clock. */
@Injectable()
export class Tokens {
  private readonly sessionSecret: Uint8Array;

  constructor(@Inject(SETTINGS) settings: Settings) {
    this.sessionSecret = bytes(settings.sessionSecret);
  }

  /** @param sessionId the row that says whether the log-in still holds */
  signSession(userId: string, sessionId: string): Promise<SignedToken> {
    const content = { sub: userId, typ: SESSION_TYPE, hours: SESSION_HOURS, claims: { sid: sessionId } };
    return signToken(this.sessionSecret, new Date(), content);
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

  isSession(token: string): boolean {
    try {
      return decodeProtectedHeader(token).typ === SESSION_TYPE;
    } catch {
      return false;
    }
  }
}

function isUuid(value: unknown): value is string {
  return typeof value === 'string' && validate(value);
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
