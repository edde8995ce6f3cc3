import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DomainError } from '../errors/domain-error';
import { hashApiKey, mayBeApiKey } from './api-key';
import type { MemberRole, Principal, User } from './principal';
import { Sessions } from './sessions.service';
import { SubscriberTokens } from './subscriber-tokens.service';
import { TokenRefusedError } from './token-refusal';
import { Tokens } from './tokens.service';

interface KeyRow {
  readonly id: string;
  readonly account_id: string | null;
  readonly role: MemberRole | 'admin';
  readonly stale: boolean;
}

/** Turns a Bearer token into a principal. Asked at every request, so that a revocation takes effect with the next. */
@Injectable()
export class Credentials {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: Tokens,
    private readonly sessions: Sessions,
    private readonly subscriberTokens: SubscriberTokens,
  ) {}

  /**
   * Undefined when the token says nothing that holds.
   * @throws DomainError invalid-credentials with the reason, issuer-unavailable
   */
  async principalOf(token: string): Promise<Principal | undefined> {
    if (this.tokens.isSession(token)) return this.userOfSession(token);
    // Dots look like a token of the operator's app; an admin key may have any form, so it is tried as well.
    if (!token.includes('.')) return this.keyOf(token);
    try {
      return await this.subscriberTokens.verify(token);
    } catch (error) {
      const keyHolder = await this.keyOf(token);
      if (keyHolder) return keyHolder;
      if (!(error instanceof TokenRefusedError)) throw error;
      this.subscriberTokens.noteRefusal(error);
      throw new DomainError('invalid-credentials', error.message);
    }
  }

  /** The role of a principal in an account; undefined when the account is none of its business. */
  async roleIn(accountId: string, principal: Principal): Promise<MemberRole | undefined> {
    if (principal.kind === 'account-key') {
      return principal.accountId === accountId.toLowerCase() ? principal.role : undefined;
    }
    if (principal.kind !== 'user') return undefined;
    const [member] = await this.database.query<{ role: MemberRole }[]>(
      'SELECT role FROM members WHERE account_id = $1 AND user_id = $2',
      [accountId, principal.id],
    );
    return member?.role;
  }

  /** Somebody who logged in. No other kind of token stands for them. */
  async userOfSession(token: string): Promise<User | undefined> {
    const session = await this.tokens.verifySession(token);
    return session && this.sessions.userOf(session);
  }

  /** Ends the session of this token, or all of its person's. A token that opens nothing any more ends nothing. */
  async logOut(token: string | undefined, everywhere: boolean): Promise<void> {
    const user = token === undefined ? undefined : await this.userOfSession(token);
    if (!user) return;
    await (everywhere ? this.sessions.endAll(user) : this.sessions.end(user, user.sessionId));
  }

  private async keyOf(token: string): Promise<Principal | undefined> {
    if (!mayBeApiKey(token)) return undefined;
    const [key] = await this.database.query<KeyRow[]>(
      `SELECT id, account_id, role,
              (last_used_at IS NULL OR last_used_at < now.now - interval '1 minute') AS stale
         FROM api_keys, (SELECT fanfare_now() AS now) AS now
        WHERE hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now.now)`,
      [hashApiKey(token)],
    );
    if (!key) return undefined;
    // Once a minute is exact enough for "last used", and keeps a write off nearly every request.
    if (key.stale) await this.noteUse(key.id);
    if (key.account_id === null || key.role === 'admin') return { kind: 'admin-key', id: key.id };
    return { kind: 'account-key', id: key.id, accountId: key.account_id, role: key.role };
  }

  /** A database that takes no writes for the moment still answers reads: nobody is refused over this. */
  private async noteUse(keyId: string): Promise<void> {
    await this.database
      .query('UPDATE api_keys SET last_used_at = fanfare_now() WHERE id = $1', [keyId])
      .catch(() => undefined);
  }
}
