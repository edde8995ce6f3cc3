import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { recipientSql } from './audience';
import { broadcastOf } from './broadcast-report.service';
import { readOfSql } from './reads';
import { STEPS, type ReportTimeline, type Step } from './report-timeline.dto';

interface Row {
  readonly at: Date;
  readonly reads: number;
  readonly unfollows: number;
}

/** How a broadcast's readers came, and who left over it, over the time since its publication. */
@Injectable()
export class ReportTimelines {
  constructor(private readonly database: DataSource) {}

  async of(accountId: string, broadcastId: string, step: Step = 'hour'): Promise<ReportTimeline> {
    const { manager } = this.database;
    const broadcast = await broadcastOf(manager, accountId, broadcastId);
    if (broadcast.published_at === null) return { step, items: [] };
    const { published_at, sequence, recalled_at } = broadcast;
    const parameters: unknown[] = [accountId, published_at, sequence, STEPS[step], recalled_at];
    const received = recipientSql('f', { ...broadcast, publishedAt: broadcast.published_at }, parameters);
    const stepOf = (instant: string) =>
      `floor(extract(epoch FROM ${instant} - $2::timestamptz) / $4::integer)::integer`;
    const rows = await manager.query<Row[]>(
      `SELECT $2::timestamptz + make_interval(secs => step * $4::integer) AS at,
              sum(reads)::integer AS reads, sum(unfollows)::integer AS unfollows
         FROM (
           SELECT ${stepOf('r.read_at')} AS step, 1 AS reads, 0 AS unfollows
             FROM reads r
             JOIN follows f ON f.subscriber_id = r.subscriber_id AND f.account_id = r.account_id
            WHERE r.account_id = $1 AND ${readOfSql('r', '$3::bigint', '$5::timestamptz')}
              AND r.read_at < $2::timestamptz + interval '30 days' AND ${received}
           UNION ALL
           SELECT ${stepOf('f.unfollowed_at')}, 0, 1
             FROM follows f
            WHERE f.account_id = $1 AND f.unfollowed_at < $2::timestamptz + interval '30 days' AND ${received}
         ) AS happened
        GROUP BY step ORDER BY step`,
      parameters,
    );
    return { step, items: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  }
}
