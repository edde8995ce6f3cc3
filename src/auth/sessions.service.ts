import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { actorOf, type Person, type User } from './principal';
import { userView, type SessionView } from './sign-in.dto';
import { openSessionView, type OpenSessionRow, type OpenSessionView } from './sessions.dto';
import { Tokens } from './tokens.service';

/** Sessions that a person may have open at a time; a further one ends the one that was seen longest ago. */
export const MAX_OPEN_SESSIONS = 100;

/** How long the row of a session that is over is kept. */
const RETENTION_MS = 30 * 24 * 3_600_000;

/** "Last seen" is exact enough to five minutes, which keeps a write off nearly every request. */
const LAST_SEEN_PRECISION = '5 minutes';

interface NewSession {
  readonly user: Person;
  /** The user's `session_epoch` when the password was checked: a change of the password since then counts. */
  readonly epoch: number;
}

type SeenUser = Person & { readonly stale: boolean };

/**
 * Log-ins. A session is a row that its token names, so that it can be ended before the token expires. Tokens are dated
 * by this machine's clock, so that expiry is compared with it here too.
 */
@Injectable()
export class Sessions {
  constructor(
    private readonly database: DataSource,
    private readonly tokens: Tokens,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError wrong-password when the password was changed since it was checked */
  async open({ user, epoch }: NewSession, device: string): Promise<SessionView> {
    const id = uuidv7();
    const { token, expiresAt } = await this.tokens.signSession(user.id, id);
    await inTransaction(this.database, async (manager) => {
      const opened = await manager.query<unknown[]>(
        `INSERT INTO sessions (id, user_id, device, created_at, last_seen_at, expires_at)
         SELECT $1, u.id, $3, clock.now, clock.now, $4 FROM users u, (SELECT fanfare_now() AS now) AS clock
          WHERE u.id = $2 AND u.session_epoch = $5 FOR SHARE OF u
         RETURNING id`,
        [id, user.id, device, expiresAt, epoch],
      );
      if (opened.length === 0) throw new DomainError('wrong-password', 'The password was just changed.');
      await closeOldest(manager, user.id);
      const actor = `user:${user.id}`;
      await this.audit.append(manager, {
        actor,
        action: 'session.opened',
        subject: actor,
        facts: { device },
      });
    });
    return { token, expiresAt: expiresAt.toISOString(), user: userView(user) };
  }

  /** The person behind a session that still holds. */
  async userOf(session: { userId: string; sessionId: string }): Promise<User | undefined> {
    const { userId, sessionId } = session;
    const [found] = await this.database.query<SeenUser[]>(
      `SELECT u.id, u.email, u.name, u.role,
              s.last_seen_at < fanfare_now() - interval '${LAST_SEEN_PRECISION}' AS stale
         FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.id = $1 AND u.id = $2 AND s.ended_at IS NULL`,
      [sessionId, userId],
    );
    if (!found) return undefined;
    const { stale, ...user } = found;
    if (stale) await this.noteSeen(sessionId);
    return { kind: 'user', sessionId, ...user };
  }

  /** Those that still hold, newest first. */
  async list(user: User, limit: number, cursor?: string): Promise<Page<OpenSessionView>> {
    const list = `sessions of ${user.id}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<OpenSessionRow[]>(
      `SELECT id, device, created_at, last_seen_at, expires_at FROM sessions
        WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2 AND ($3::uuid IS NULL OR id < $3)
        ORDER BY id DESC LIMIT $4`,
      [user.id, new Date(), before, limit + 1],
    );
    return toPage(
      rows,
      limit,
      list,
      ({ id }) => [id],
      (row) => openSessionView(row, user.sessionId),
    );
  }

  /** @throws DomainError not-found for a session of somebody else, or one that is over */
  async end(user: User, sessionId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      const [ended] = await manager.query<[unknown[], number]>(
        `UPDATE sessions SET ended_at = fanfare_now() WHERE id = $1 AND user_id = $2 AND ended_at IS NULL RETURNING id`,
        [sessionId, user.id],
      );
      if (ended.length === 0) throw notFound('session');
      await this.noteEnded(manager, user, { ended: 1 });
    });
  }

  /** All of them; or all but the one that is asking. */
  async endAll(user: User, { keepCurrent = false } = {}): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      const ended = await this.endAllOf(manager, user.id, keepCurrent ? user.sessionId : undefined);
      if (ended > 0) await this.noteEnded(manager, user, { ended });
    });
  }

  /** @returns how many there were */
  async endAllOf(manager: EntityManager, userId: string, kept?: string): Promise<number> {
    const [ended] = await manager.query<[unknown[], number]>(
      `UPDATE sessions SET ended_at = fanfare_now()
        WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $2::uuid RETURNING id`,
      [userId, kept ?? null],
    );
    return ended.length;
  }

  private async noteEnded(manager: EntityManager, user: User, facts: { ended: number }): Promise<void> {
    const subject = `user:${user.id}`;
    await this.audit.append(manager, { actor: actorOf(user), action: 'session.ended', subject, facts });
  }

  /** A database that takes no writes for the moment still answers reads: nobody is refused over this. */
  private async noteSeen(sessionId: string): Promise<void> {
    await this.database
      .query('UPDATE sessions SET last_seen_at = fanfare_now() WHERE id = $1', [sessionId])
      .catch(() => undefined);
  }
}

async function closeOldest(manager: EntityManager, userId: string): Promise<void> {
  const now = new Date();
  await manager.query(
    `UPDATE sessions SET ended_at = fanfare_now() WHERE id IN
       (SELECT id FROM sessions WHERE user_id = $1 AND ended_at IS NULL AND expires_at > $2
         ORDER BY last_seen_at DESC, id DESC OFFSET $3)`,
    [userId, now, MAX_OPEN_SESSIONS],
  );
  await manager.query('DELETE FROM sessions WHERE user_id = $1 AND expires_at < $2', [
    userId,
    new Date(now.getTime() - RETENTION_MS),
  ]);
}
