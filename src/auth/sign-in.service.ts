import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction, violatedConstraint } from '../database';
import { DomainError } from '../errors/domain-error';
import { normalEmail } from '../http/email-address';
import { weaknessOf } from './passwords';
import { actorOf, type Person, type Principal, type User } from './principal';
import { Sessions } from './sessions.service';
import {
  userView,
  type LogInRequest,
  type OwnAccountView,
  type SessionView,
  type SignUpRequest,
  type WhoAmIView,
} from './sign-in.dto';

type StoredUser = Person & { readonly password_hash: string; readonly session_epoch: number };

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class SignIn {
  constructor(
    private readonly database: DataSource,
    private readonly sessions: Sessions,
    private readonly audit: AuditLog,
  ) {}

  async signUp({ email, password, name }: SignUpRequest, device: string): Promise<SessionView> {
    refuseWeak(password, { email, name });
    const user = { id: uuidv7(), email: normalEmail(email) ?? email, name, role: 'marketer' as const };
    const passwordHash = await hash(password, ARGON2);
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
    return this.sessions.open({ user, epoch: 1 }, device);
  }

  async logIn({ email, password }: LogInRequest, device: string): Promise<SessionView> {
    const user = await this.knownBy(email, password);
    return this.sessions.open({ user, epoch: user.session_epoch }, device);
  }

  /** Ends every session of the user, and opens the only one that is good from now on. */
  async changePassword(user: User, current: string, password: string, device: string): Promise<SessionView> {
    await this.knownBy(user.email, current);
    refuseWeak(password, user);
    const passwordHash = await hash(password, ARGON2);
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
    return this.sessions.open({ user, epoch }, device);
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

  private async knownBy(email: string, password: string): Promise<StoredUser> {
    const [user] = await this.database.query<StoredUser[]>(
      `SELECT id, email, name, role, password_hash, session_epoch FROM users
        WHERE email = $1 AND NOT legacy_email OR email = $2 AND legacy_email`,
      [normalEmail(email) ?? null, email.trim().toLowerCase()],
    );
    // A hash is checked for unknown addresses too, so that the time taken does not tell who has signed up.
    const good = await verify(user?.password_hash ?? (await DUMMY_HASH), password).catch(() => false);
    if (!user || !good)
      throw new DomainError('wrong-password', 'Check both; letters in passwords have a case.');
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

const DUMMY_HASH = hash('nobody has this password', ARGON2);

function refuseWeak(password: string, person: { email: string; name: string }): void {
  const weakness = weaknessOf(password, person);
  if (weakness !== undefined)
    throw new DomainError('weak-password', `${weakness} A phrase of a few words is best.`);
}
