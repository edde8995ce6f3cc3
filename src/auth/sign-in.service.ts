import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction, violatedConstraint } from '../database';
import { DomainError } from '../errors/domain-error';
import { weaknessOf } from './passwords';
import { actorOf, type Principal, type User } from './principal';
import type { LogInRequest, OwnAccountView, SessionView, SignUpRequest, WhoAmIView } from './sign-in.dto';
import { Tokens } from './tokens.service';

type StoredUser = Omit<User, 'kind'> & { readonly password_hash: string; readonly session_epoch: number };

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

@Injectable()
export class SignIn {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: Tokens,
    private readonly audit: AuditLog,
  ) {}

  async signUp({ email, password, name }: SignUpRequest): Promise<SessionView> {
    refuseWeak(password, { email, name });
    const user = { id: uuidv7(), email: email.toLowerCase(), name, role: 'marketer' as const };
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
    return this.open(user, 1);
  }

  async logIn({ email, password }: LogInRequest): Promise<SessionView> {
    const [user] = await this.database.query<StoredUser[]>(
      'SELECT id, email, name, role, password_hash, session_epoch FROM users WHERE email = $1',
      [email.toLowerCase()],
    );
    // A hash is checked for unknown addresses too, so that the time taken does not tell who has signed up.
    const good = await verify(user?.password_hash ?? (await DUMMY_HASH), password).catch(() => false);
    if (!user || !good)
      throw new DomainError('wrong-password', 'Check both; letters in passwords have a case.');
    return this.open(user, user.session_epoch);
  }

  /** Ends every session of the user, and opens the only one that is good from now on. */
  async changePassword(user: User, current: string, password: string): Promise<SessionView> {
    await this.logIn({ email: user.email, password: current });
    refuseWeak(password, user);
    const passwordHash = await hash(password, ARGON2);
    const epoch = await inTransaction(this.database, async (manager) => {
      const [[changed]] = await manager.query<[{ session_epoch: number }[], number]>(
        'UPDATE users SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1 RETURNING session_epoch',
        [user.id, passwordHash],
      );
      await this.audit.append(manager, {
        actor: actorOf(user),
        action: 'user.password-changed',
        subject: `user:${user.id}`,
      });
      return changed?.session_epoch ?? 0;
    });
    return this.open(user, epoch);
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

  private async open(user: Omit<User, 'kind'>, epoch: number): Promise<SessionView> {
    const { token, expiresAt } = await this.tokens.signSession(user.id, epoch);
    return { token, expiresAt: expiresAt.toISOString(), user: userView(user) };
  }
}

const DUMMY_HASH = hash('nobody has this password', ARGON2);

function refuseWeak(password: string, person: { email: string; name: string }): void {
  const weakness = weaknessOf(password, person);
  if (weakness !== undefined)
    throw new DomainError('weak-password', `${weakness} A phrase of a few words is best.`);
}

function userView({ id, email, name, role }: Omit<User, 'kind'>) {
  return { id, email, name, role };
}
