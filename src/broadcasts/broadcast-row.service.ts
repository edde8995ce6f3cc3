import type { EntityManager } from 'typeorm';
import { notFound } from '../errors/domain-error';
import { fromColumns, type AudienceColumns } from './audience-rule';
import type { BroadcastStatus } from './broadcast-status';
import type { BroadcastView } from './broadcasts.dto';
import type { Content } from './content';
import { contentSummary } from './content-summary';

/** A broadcast as it lies in the database, with the label of the period whose slot it holds. */
export interface BroadcastRow extends AudienceColumns {
  readonly id: string;
  readonly account_id: string;
  readonly status: BroadcastStatus;
  readonly content: Content;
  readonly scheduled_at: Date | null;
  readonly published_at: Date | null;
  readonly recalled_at: Date | null;
  readonly missed_reason: string | null;
  readonly term: number | null;
  readonly period: string | null;
  readonly version: number;
  readonly created_by: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** To be completed with a WHERE on `b`; drafts that were deleted do not exist for anybody. */
export const SELECT_BROADCAST = selectBroadcast('b.content');

/** As SELECT_BROADCAST, with as much of the content as this expression has. */
export function selectBroadcast(content: string): string {
  return `
  SELECT b.id, b.account_id, b.status, ${content} AS content, b.audience_any, b.audience_all, b.audience_none, b.scheduled_at,
         b.published_at, b.recalled_at, b.missed_reason, b.term, b.version, b.created_by, b.created_at, b.updated_at,
         (SELECT s.period FROM quota_slots s WHERE s.broadcast_id = b.id AND s.term = b.term) AS period
    FROM broadcasts b
   WHERE b.deleted_at IS NULL`;
}

/** @throws DomainError not-found, for another account's broadcast too */
export async function readBroadcast(
  manager: EntityManager,
  accountId: string,
  broadcastId: string,
  { lock = false } = {},
): Promise<BroadcastRow> {
  // Locked first, read second: the slot's row must be read after the wait, not before it.
  // Only one's own: whoever guesses another brand's broadcast must not be able to keep the scheduler from it.
  if (lock) {
    await manager.query('SELECT FROM broadcasts WHERE id = $1 AND account_id = $2 FOR UPDATE', [
      broadcastId,
      accountId,
    ]);
  }
  const [row] = await manager.query<BroadcastRow[]>(
    `${SELECT_BROADCAST} AND b.id = $1 AND b.account_id = $2`,
    [broadcastId, accountId],
  );
  if (!row) throw notFound('broadcast');
  return row;
}

export function broadcastView(row: BroadcastRow): BroadcastView {
  return {
    id: row.id,
    accountId: row.account_id,
    status: row.status,
    content: row.content,
    audience: fromColumns(row),
    scheduledAt: row.scheduled_at?.toISOString() ?? null,
    publishedAt: row.published_at?.toISOString() ?? null,
    recalledAt: row.recalled_at?.toISOString() ?? null,
    missedReason: row.missed_reason,
    period: row.period,
    version: row.version,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** What an event says of a broadcast: all but the long parts of its content. */
export function eventDataOf(row: BroadcastRow): object {
  return { ...broadcastView(row), content: contentSummary(row.content) };
}

/** What is scheduled, the soonest first. */
export function scheduledOf(manager: EntityManager, accountId: string): Promise<{ id: string; at: Date }[]> {
  return manager.query(
    `SELECT id, scheduled_at AS at FROM broadcasts WHERE account_id = $1 AND status = 'scheduled'
      ORDER BY scheduled_at, id`,
    [accountId],
  );
}
