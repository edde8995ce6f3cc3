import { SignJWT } from 'jose';

export interface SignedToken {
  readonly token: string;
  readonly expiresAt: Date;
}

interface TokenContent {
  readonly sub: string;
  /** The type in its header. */
  readonly typ: string;
  readonly hours: number;
  readonly claims?: Record<string, unknown>;
}

/** A token of this server's own making (HS256). */
export async function signToken(
  secret: Uint8Array,
  now: Date,
  { sub, typ, hours, claims = {} }: TokenContent,
): Promise<SignedToken> {
  const expiresAt = new Date(Math.floor(now.getTime() / 1000 + hours * 3600) * 1000);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ })
    .setSubject(sub)
    .setIssuedAt(now)
    .setExpirationTime(expiresAt)
    .sign(secret);
  return { token, expiresAt };
}
