import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { AccountStatus } from '../accounts/account-status';
import { exactText } from '../audience/instant';
import { AuditLog, type AuditEntry } from '../audit/audit-log.service';
import { lockKey } from '../postgres/advisory-locks';
import { SETTINGS, type Settings } from '../settings';
import { Announcements } from './announcements.service';
import { verdictOn, type MissedReason } from './lateness';
import { channelOf, PUBLISHED_CHANNEL } from './published-channel';

/** The longest that a batch may take: what is visible is never much older than its `publishedAt`. */
const LONGEST_BATCH = '10s';

interface Due {
  readonly id: string;
  readonly accountId: string;
  readonly scheduledAt: Date;
  readonly accountStatus: AccountStatus;
  readonly period: string;
  readonly slot: number;
  readonly periodEndsAt: Date;
}

type Judged = Due & { readonly verdict: 'publish' | MissedReason };

/** The database's clock, once as PostgreSQL writes it, since a JavaScript Date would drop the microseconds. */
interface Instant {
  readonly exact: string;
  readonly date: Date;
}

export interface BatchResult {
  /** Another replica is publishing. */
  readonly busy: boolean;
  /** How many broadcasts were due; fewer than asked for means that none is left. */
  readonly due: number;
  readonly published: readonly { readonly id: string; readonly latenessMs: number }[];
  readonly missed: readonly { readonly id: string; readonly reason: MissedReason }[];
}

const BUSY: BatchResult = { busy: true, due: 0, published: [], missed: [] };

/** Publishes one batch of what is due, in one transaction: all of it is visible at once, or nothing happened. */
@Injectable()
export class Batch {
  private readonly lateLimit: number;

  constructor(
    private readonly database: DataSource,
    private readonly audit: AuditLog,
    private readonly announcements: Announcements,
    @Inject(SETTINGS) settings: Settings,
  ) {
    this.lateLimit = settings.lateLimit * 60_000;
  }

  /** @param onClaim told which broadcasts the batch has taken, before anything is done to them */
  run(
    size: number,
    choice: { readonly without?: readonly string[]; readonly only?: readonly string[] },
    onClaim: (ids: readonly string[]) => void = () => undefined,
  ): Promise<BatchResult> {
    return this.database.transaction('READ COMMITTED', async (manager) => {
      if (!(await begin(manager))) return BUSY;
      const now = await readClock(manager);
      const ids = await claim(manager, now, size, choice);
      onClaim(ids);
      if (ids.length === 0) return { busy: false, due: 0, published: [], missed: [] };
      const due = await readDue(manager, ids);
      const judged = due.map((row) => ({ ...row, verdict: verdictOn(row, now.date, this.lateLimit) }));
      return this.carryOut(manager, now, judged);
    });
  }

  private async carryOut(
    manager: EntityManager,
    now: Instant,
    judged: readonly Judged[],
  ): Promise<BatchResult> {
    const published = judged.filter(({ verdict }) => verdict === 'publish');
    const missed = judged.filter((row): row is Due & { verdict: MissedReason } => row.verdict !== 'publish');
    await publish(manager, now, published);
    await miss(manager, now, missed);
    await this.audit.append(manager, ...judged.map(auditEntry));
    await this.announcements.published(manager, published);
    await this.announcements.missed(manager, missed);
    return {
      busy: false,
      due: judged.length,
      published: published.map(({ id, scheduledAt }) => ({
        id,
        latenessMs: now.date.getTime() - scheduledAt.getTime(),
      })),
      missed: missed.map(({ id, verdict }) => ({ id, reason: verdict })),
    };
  }
}

/** One publisher at a time over all replicas; the lock passes on by itself when its holder dies. */
async function begin(manager: EntityManager): Promise<boolean> {
  // A frozen process that wakes up long after must find its transaction gone, not commit what others have done since.
  const [{ mine }] = await manager.query<[{ mine: boolean }]>(
    `SELECT set_config('statement_timeout', $1, true), set_config('idle_in_transaction_session_timeout', $1, true),
            pg_try_advisory_xact_lock(${lockKey('publisher')}) AS mine`,
    [LONGEST_BATCH],
  );
  return mine;
}

async function readClock(manager: EntityManager): Promise<Instant> {
  const [now] = await manager.query<[Instant]>(
    `SELECT now AS date, ${exactText('now')} AS exact FROM fanfare_now() AS now`,
  );
  return now;
}

/**
 * Locks what is due, the longest due first. What somebody else holds at this moment - a marketer cancelling, an admin
 * suspending - is left for the next tick, so that nobody can hold up the rest.
 */
async function claim(
  manager: EntityManager,
  now: Instant,
  size: number,
  { without = [], only }: { without?: readonly string[]; only?: readonly string[] },
): Promise<string[]> {
  const rows = await manager.query<{ id: string }[]>(
    `SELECT b.id FROM broadcasts b JOIN accounts a ON a.id = b.account_id
      WHERE b.status = 'scheduled' AND b.scheduled_at <= $1::timestamptz
        AND b.id <> ALL ($3::uuid[]) AND ($4::uuid[] IS NULL OR b.id = ANY ($4))
      ORDER BY b.scheduled_at, b.id LIMIT $2
        FOR NO KEY UPDATE OF b SKIP LOCKED FOR SHARE OF a SKIP LOCKED`,
    [now.exact, size, without, only ?? null],
  );
  return rows.map(({ id }) => id);
}

/** Read in a statement of its own: it sees everything that was committed before the rows were locked. */
function readDue(manager: EntityManager, ids: readonly string[]): Promise<Due[]> {
  return manager.query(
    `SELECT b.id, b.account_id AS "accountId", b.scheduled_at AS "scheduledAt", a.status AS "accountStatus",
            s.period, s.slot, s.ends_at AS "periodEndsAt"
       FROM broadcasts b
       JOIN accounts a ON a.id = b.account_id
       JOIN quota_slots s ON s.broadcast_id = b.id AND s.term = b.term
      WHERE b.id = ANY ($1)
      ORDER BY b.scheduled_at, b.id`,
    [ids],
  );
}

/** The sequence has neither gaps nor order other than that of the commits, since one publisher works at a time. */
async function publish(manager: EntityManager, now: Instant, due: readonly Due[]): Promise<void> {
  if (due.length === 0) return;
  await manager.query(
    `UPDATE broadcasts b
        SET status = 'published', published_at = $2::timestamptz, updated_at = $2::timestamptz,
            version = b.version + 1, sequence = last.sequence + due.place
       FROM unnest($1::uuid[]) WITH ORDINALITY AS due (id, place),
            (SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts) AS last
      WHERE b.id = due.id`,
    [due.map(({ id }) => id), now.exact],
  );
  await manager.query(`SELECT pg_notify(${channelOf(PUBLISHED_CHANNEL)}, '')`);
}

async function miss(
  manager: EntityManager,
  now: Instant,
  due: readonly (Due & { verdict: MissedReason })[],
): Promise<void> {
  if (due.length === 0) return;
  const ids = due.map(({ id }) => id);
  await manager.query(
    `UPDATE broadcasts b
        SET status = 'missed', missed_reason = due.reason, updated_at = $3::timestamptz, version = b.version + 1
       FROM unnest($1::uuid[], $2::text[]) AS due (id, reason)
      WHERE b.id = due.id`,
    [ids, due.map(({ verdict }) => verdict), now.exact],
  );
  await manager.query('DELETE FROM quota_slots WHERE broadcast_id = ANY ($1)', [ids]);
}

function auditEntry({ id, accountId, period, slot, verdict }: Judged): AuditEntry {
  const move = { period, slot, broadcastId: id };
  return {
    actor: 'scheduler',
    action: verdict === 'publish' ? 'broadcast.published' : 'broadcast.missed',
    subject: `broadcast:${id}`,
    accountId,
    facts:
      verdict === 'publish'
        ? { quota: [{ ...move, kind: 'use' }] }
        : { reason: verdict, quota: [{ ...move, kind: 'release', reason: verdict }] },
  };
}
