import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction, violatedConstraint } from '../database';
import { DomainError } from '../errors/domain-error';
import { normalEmail } from '../http/email-address';
import { Guesses } from './guesses.service';
import type { Origin } from './origin';
import { PasswordHashes } from './password-hashes.service';
import { weaknessOf } from './passwords';
import { actorOf, type Person, type Principal, type User } from './principal';
import { Sessions } from './sessions.service';
import {
  userView,
  type ChangePasswordRequest,
  type LogInRequest,
  type OwnAccountView,
  type SessionView,
  type SignUpRequest,
  type WhoAmIView,
} from './sign-in.dto';

type StoredUser = Person & { readonly password_hash: string; readonly session_epoch: number };

@Injectable()
export class SignIn {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
    private readonly hashes: PasswordHashes,
    private readonly guesses: Guesses,
  ) {}

  async signUp({ email, password, name }: SignUpRequest, { network, device }: Origin): Promise<SessionView> {
    refuseWeak(password, { email, name });
    const user = { id: uuidv7(), email: normalEmail(email) ?? email, name, role: 'marketer' as const };
    const passwordHash = await this.hashes.make(password, { from: network, about: user.email });
    try {
      await inTransaction(this.database, async (manager) => {
        await manager.query(
          `INSERT INTO users (id, email, name, role, password_hash, created_at)
           VALUES ($1, $2, $3, $4, $5, fanfare_now())`,
          [user.id, user.email, user.name, user.role, passwordHash],
        );
        await this.audit.append(manager, {
          actor: `user:${user.id}`,
          action: 'user.signed-up',
          subject: `user:${user.id}`,
        });
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'users_email_once') throw error;
      throw new DomainError(
        'already-exists',
        'Somebody has signed up with this e-mail address: log in instead.',
      );
    }
    await this.guesses.remember(user.id, network);
    return this.sessions.open({ user, epoch: 1 }, device);
  }

  async logIn({ email, password }: LogInRequest, origin: Origin): Promise<SessionView> {
    const user = await this.knownBy(email, password, origin);
    return this.sessions.open({ user, epoch: user.session_epoch }, origin.device);
  }

  /** Ends every session of the user, and opens the only one that is good from now on. */
  async changePassword(
    user: User,
    { current, password }: ChangePasswordRequest,
    origin: Origin,
  ): Promise<SessionView> {
    await this.knownBy(user.email, current, origin);
    refuseWeak(password, user);
    const passwordHash = await this.hashes.make(password, { from: origin.network, about: user.email });
    const epoch = await inTransaction(this.database, async (manager) => {
      const [[changed]] = await manager.query<[{ session_epoch: number }[], number]>(
        'UPDATE users SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1 RETURNING session_epoch',
        [user.id, passwordHash],
      );
      await this.sessions.endAllOf(manager, user.id);
      await this.audit.append(manager, {
        actor: actorOf(user),
        action: 'user.password-changed',
        subject: `user:${user.id}`,
      });
      return changed?.session_epoch ?? 0;
    });
    return this.sessions.open({ user, epoch }, origin.device);
  }

  async changeName(user: User, name: string): Promise<WhoAmIView> {
    await inTransaction(this.database, async (manager) => {
      await manager.query('UPDATE users SET name = $2 WHERE id = $1', [user.id, name]);
      await this.audit.append(manager, {
        actor: actorOf(user),
        action: 'user.name-changed',
        subject: `user:${user.id}`,
      });
    });
    return this.describe({ ...user, name });
  }

  private async knownBy(email: string, password: string, { network }: Origin): Promise<StoredUser> {
    const written = email.trim().toLowerCase();
    const guess = { email: normalEmail(email) ?? written, network };
    const budget = await this.guesses.begin(guess);
    const [user] = await this.database.query<StoredUser[]>(
      `SELECT id, email, name, role, password_hash, session_epoch FROM users
        WHERE email = $1 AND NOT legacy_email OR email = $2 AND legacy_email`,
      [normalEmail(email) ?? null, written],
    );
    const lane = { from: network, about: guess.email };
    const good = await this.hashes.isRight(password, user?.password_hash, lane);
    if (!user || !good)
      throw new DomainError('wrong-password', 'Check both; letters in passwords have a case.');
    await this.guesses.right(user.id, guess, budget);
    return user;
  }

  async describe(principal: Principal): Promise<WhoAmIView> {
    const user = principal.kind === 'user' ? userView(principal) : null;
    const sub = principal.kind === 'subscriber' ? principal.sub : null;
    return { kind: principal.kind, id: principal.id, user, sub, accounts: await this.accountsOf(principal) };
  }

  private async accountsOf(principal: Principal): Promise<OwnAccountView[]> {
    if (principal.kind === 'user') {
      return this.database.query<OwnAccountView[]>(
        `SELECT a.id AS "accountId", a.handle, m.role FROM members m JOIN accounts a ON a.id = m.account_id
          WHERE m.user_id = $1 ORDER BY a.handle`,
        [principal.id],
      );
    }
    if (principal.kind !== 'account-key') return [];
    return this.database.query<OwnAccountView[]>(
      `SELECT id AS "accountId", handle, $2::text AS role FROM accounts WHERE id = $1`,
      [principal.accountId, principal.role],
    );
  }
}

function refuseWeak(password: string, person: { email: string; name: string }): void {
  const weakness = weaknessOf(password, person);
  if (weakness !== undefined)
    throw new DomainError('weak-password', `${weakness} A phrase of a few words is best.`);
}
