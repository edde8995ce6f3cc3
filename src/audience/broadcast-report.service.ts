import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { subscriberIdOf } from '../auth/subscriber-id';
import { databaseNow } from '../database';
import { notFound } from '../errors/domain-error';
import { decide, recipientSql, type AudienceTags, type Tagging } from './audience';
import type { BroadcastReport, RecipientView } from './broadcast-report.dto';
import { exactText, microsOf, shownInstant, type Micros } from './instant';
import { PushCounts } from './push-counts.service';
import { readOfSql } from './reads';
import { countRecipients } from './recipient-count.service';
import { inWords } from './verdict-words';

/** What is asked about here: whom it was for, and when it went out. */
interface Broadcast extends AudienceTags {
  readonly id: string;
  readonly account_id: string;
  /** Null until it is published, and for ever when it never is. */
  readonly published_at: string | null;
  readonly published_micros: string | null;
  readonly sequence: string | null;
  readonly recalled_at: string | null;
}

/** For whom a broadcast was, and what became of it. Counted when asked, from the intervals: nothing is kept twice. */
@Injectable()
export class BroadcastReports {
  constructor(
    private readonly database: DataSource,
    private readonly pushes: PushCounts,
  ) {}

  async report(accountId: string, broadcastId: string): Promise<BroadcastReport> {
    const { manager } = this.database;
    const broadcast = await broadcastOf(manager, accountId, broadcastId);
    const [asOf, { recipients, unfollows }, reads, reports, pushes] = await Promise.all([
      databaseNow(manager),
      this.recipientsOf(manager, broadcast),
      this.readsOf(manager, broadcast),
      this.reportsOf(manager, broadcast),
      this.pushes.of(manager, broadcast.id),
    ]);
    return {
      broadcastId: broadcast.id,
      recipients,
      reads,
      pushes,
      unfollows,
      reports,
      asOf: asOf.toISOString(),
    };
  }

  /** Whether one person received it, and why. */
  async explain(accountId: string, broadcastId: string, sub: string): Promise<RecipientView> {
    const { manager } = this.database;
    const broadcast = await broadcastOf(manager, accountId, broadcastId);
    const publishedAt = broadcast.published_micros === null ? null : Number(broadcast.published_micros);
    const who = subscriberIdOf(sub);
    const follows = await intervals(
      manager,
      `SELECT NULL AS tag_id, ${microsOf('followed_at')} AS began, ${microsOf('unfollowed_at')} AS ended
         FROM follows WHERE subscriber_id = $1 AND account_id = $2`,
      [who, accountId],
    );
    const taggings = await intervals(
      manager,
      `SELECT tag_id, ${microsOf('tagged_at')} AS began, ${microsOf('untagged_at')} AS ended
         FROM taggings WHERE subscriber_id = $1 AND account_id = $2`,
      [who, accountId],
    );
    const verdict = decide(follows, taggings, { ...broadcast, publishedAt });
    const names = await manager.query<{ name: string }[]>(
      'SELECT name FROM tags WHERE id = ANY ($1::uuid[]) ORDER BY name',
      [verdict.tagIds],
    );
    return {
      received: verdict.received,
      reason: verdict.reason,
      at: verdict.at === null ? null : shownInstant(verdict.at),
      detail: inWords(
        verdict,
        publishedAt,
        names.map(({ name }) => name),
      ),
      pushes: await this.pushes.ofPerson(manager, broadcast.id, who),
    };
  }

  /** Everybody who received it, and how many of them left within the seven days after. */
  async recipientsOf(
    manager: EntityManager,
    broadcast: Broadcast,
  ): Promise<{ recipients: number; unfollows: number }> {
    if (broadcast.published_at === null) return { recipients: 0, unfollows: 0 };
    const addressed = { ...broadcast, publishedAt: broadcast.published_at };
    const parameters: unknown[] = [broadcast.account_id, broadcast.published_at];
    const received = recipientSql('f', addressed, parameters);
    const [left] = await manager.query<[{ unfollows: string }]>(
      `SELECT count(*) AS unfollows FROM follows f
        WHERE f.account_id = $1 AND f.unfollowed_at > $2::timestamptz
          AND f.unfollowed_at < $2::timestamptz + interval '7 days' AND ${received}`,
      parameters,
    );
    const recipients = await countRecipients(manager, broadcast.account_id, addressed);
    return { recipients, unfollows: Number(left.unfollows) };
  }

  /** A read covers a range of sequences, and so also what its reader never received: the follows are asked as well. */
  private async readsOf(manager: EntityManager, broadcast: Broadcast): Promise<number> {
    if (broadcast.published_at === null) return 0;
    const parameters: unknown[] = [broadcast.account_id, broadcast.sequence, broadcast.recalled_at];
    const received = recipientSql('f', { ...broadcast, publishedAt: broadcast.published_at }, parameters);
    const [row] = await manager.query<[{ count: string }]>(
      `SELECT count(*) FROM reads r
         JOIN follows f ON f.subscriber_id = r.subscriber_id AND f.account_id = r.account_id
        WHERE r.account_id = $1 AND ${readOfSql('r', '$2::bigint', '$3::timestamptz')}
          AND ${received}`,
      parameters,
    );
    return Number(row.count);
  }

  /** Not those of previews of it. */
  private async reportsOf(manager: EntityManager, broadcast: Broadcast): Promise<number> {
    const [row] = await manager.query<[{ count: string }]>(
      'SELECT count(*) FROM reports WHERE broadcast_id = $1 AND content IS NULL',
      [broadcast.id],
    );
    return Number(row.count);
  }
}

/** @throws DomainError not-found */
export async function broadcastOf(
  manager: EntityManager,
  accountId: string,
  broadcastId: string,
): Promise<Broadcast> {
  const [broadcast] = await manager.query<Broadcast[]>(
    `SELECT id, account_id, sequence, audience_any AS "any", audience_all AS "all", audience_none AS "none",
            ${exactText('published_at')} AS published_at, ${exactText('recalled_at')} AS recalled_at, ${microsOf('published_at')} AS published_micros
       FROM broadcasts WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL`,
    [broadcastId, accountId],
  );
  if (!broadcast) throw notFound('broadcast');
  return broadcast;
}

interface IntervalRow {
  readonly tag_id: string;
  readonly began: string;
  readonly ended: string | null;
}

async function intervals(
  manager: EntityManager,
  sql: string,
  parameters: unknown[],
): Promise<readonly Tagging[]> {
  const rows = await manager.query<IntervalRow[]>(sql, parameters);
  const micros = (text: string): Micros => Number(text);
  return rows.map(({ tag_id, began, ended }) => ({
    tagId: tag_id,
    from: micros(began),
    until: ended === null ? null : micros(ended),
  }));
}
