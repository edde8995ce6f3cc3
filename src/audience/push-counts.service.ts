import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FOLLOWS_OF_PERSON } from './audience';
import type { PushChannelCounts, PushCountsView, PushView } from './push-counts.dto';

interface Counted {
  readonly channel: 'webPush' | 'gateway';
  readonly status: 'pending' | 'delivered' | 'gone' | 'skipped' | 'failed';
  readonly reason: string | null;
  readonly count: number;
}

/** What has been pushed of a broadcast, as it stands in the rows that the pushing leaves behind. */
@Injectable()
export class PushCounts {
  async of(manager: EntityManager, broadcastId: string): Promise<PushCountsView> {
    const [run] = await manager.query<{ completed_at: Date | null }[]>(
      'SELECT completed_at FROM push_runs WHERE broadcast_id = $1',
      [broadcastId],
    );
    const counts = run === undefined ? [] : await manager.query<Counted[]>(COUNTS, [broadcastId]);
    return {
      status: run === undefined ? 'none' : run.completed_at === null ? 'running' : 'completed',
      completedAt: run?.completed_at?.toISOString() ?? null,
      webPush: channelCounts(counts, 'webPush'),
      gateway: channelCounts(counts, 'gateway'),
    };
  }

  /** What was pushed of it to one person, or is going to be. */
  async ofPerson(manager: EntityManager, broadcastId: string, who: string): Promise<PushView[]> {
    const rows = await manager.query<(Omit<PushView, 'at'> & { at: Date })[]>(OF_PERSON, [who, broadcastId]);
    return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
  }
}

/** Of a batch that was delivered only some were sent, when others had left or muted the account meanwhile. */
const COUNTS = `
  SELECT 'webPush' AS channel, status, reason, count(*)::integer AS count
    FROM push_deliveries WHERE broadcast_id = $1 GROUP BY status, reason
   UNION ALL
  SELECT 'gateway', status, reason, sum(CASE status WHEN 'delivered' THEN sent ELSE size END)::integer
    FROM push_batches WHERE broadcast_id = $1 GROUP BY status, reason
   UNION ALL
  SELECT 'gateway', 'skipped', 'unfollowed or muted', sum(size - sent)::integer
    FROM push_batches WHERE broadcast_id = $1 AND status = 'delivered' HAVING sum(size - sent) > 0`;

/** A batch is found by when the person began to follow, which is the order in which batches are made. */
const OF_PERSON = `
  SELECT 'webPush' AS channel, status, reason, at FROM push_deliveries
   WHERE subscriber_id = $1 AND broadcast_id = $2
   UNION ALL
  SELECT 'gateway', p.status, p.reason, p.at
    FROM broadcasts b
    JOIN ${FOLLOWS_OF_PERSON} AS f ON f.account_id = b.account_id
    JOIN push_batches p ON p.broadcast_id = b.id AND p.first_at <= f.followed_at AND f.followed_at <= p.last_at
   WHERE b.id = $2 AND $1 = ANY (p.recipients)
   ORDER BY at, channel`;

function channelCounts(all: readonly Counted[], channel: Counted['channel']): PushChannelCounts {
  const counts = all.filter((row) => row.channel === channel);
  const total = (status: Counted['status']) =>
    counts.filter((row) => row.status === status).reduce((sum, { count }) => sum + count, 0);
  const failed = counts.filter(({ status }) => status === 'failed');
  return {
    pending: total('pending'),
    delivered: total('delivered'),
    gone: total('gone'),
    skipped: total('skipped'),
    failed: Object.fromEntries(failed.map(({ reason, count }) => [reason ?? '', count])),
  };
}
