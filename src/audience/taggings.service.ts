import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { subscriberIdOf } from '../auth/subscriber-id';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import { followsOf } from './audience';
import { Subscribers } from './subscribers.service';

/** A person and a tag. */
interface TagHolder {
  readonly subscriberId: string;
  readonly tagId: string;
}

/** Who holds which tag since when. Leaving the account does not end it: whoever comes back still holds their tags. */
@Injectable()
export class Taggings {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly subscribers: Subscribers,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError not-found for a tag of nobody's and for somebody who does not follow */
  async tag(actor: Principal, accountId: string, tagId: string, sub: string): Promise<void> {
    const subscriberId = subscriberIdOf(sub);
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'manage-tags');
      await requireTag(manager, accountId, tagId);
      const now = await this.subscribers.lock(manager, subscriberId);
      if (now === undefined || !(await isFollowing(manager, subscriberId, accountId)))
        throw notFound('follower');
      const added = await this.add(manager, accountId, [{ subscriberId, tagId }], now);
      if (added.length > 0)
        await this.append(manager, actor, 'subscriber.tagged', accountId, { subscriberId, tagId });
    });
  }

  /** Does nothing for somebody who does not hold the tag. */
  async untag(actor: Principal, accountId: string, tagId: string, sub: string): Promise<void> {
    const holder = { subscriberId: subscriberIdOf(sub), tagId };
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'manage-tags');
      await requireTag(manager, accountId, tagId);
      const now = await this.subscribers.lock(manager, holder.subscriberId);
      if (now === undefined) return;
      const [, ended] = await manager.query<[unknown, number]>(
        `UPDATE taggings SET untagged_at = greatest($3::timestamptz, tagged_at)
          WHERE subscriber_id = $1 AND tag_id = $2 AND untagged_at IS NULL`,
        [holder.subscriberId, tagId, now],
      );
      if (ended > 0) await this.append(manager, actor, 'subscriber.untagged', accountId, holder);
    });
  }

  /**
   * Gives tags, from `now` on, to those of these people who do not hold them. Their rows must be locked, and all of them
   * must be following; not before their follow began, whatever the clock did meanwhile: see recipient-count.service.ts.
   * @returns to whom, once for each tag that was given
   */
  async add(
    manager: EntityManager,
    accountId: string,
    holders: readonly TagHolder[],
    now: string,
  ): Promise<readonly string[]> {
    const added = await manager.query<{ subscriber_id: string }[]>(
      `INSERT INTO taggings (subscriber_id, tag_id, account_id, tagged_at)
       SELECT wanted.subscriber_id, wanted.tag_id, $3,
              greatest($4::timestamptz, before.ended, before.began,
                       (SELECT max(f.followed_at) FROM ${followsOf('wanted.subscriber_id', '$3')} AS f))
         FROM unnest($1::uuid[], $2::uuid[]) AS wanted (subscriber_id, tag_id)
        CROSS JOIN LATERAL (
              SELECT max(untagged_at) AS ended, max(tagged_at) + interval '1 microsecond' AS began,
                     count(*) FILTER (WHERE untagged_at IS NULL) AS open
                FROM (SELECT * FROM taggings WHERE subscriber_id = wanted.subscriber_id OFFSET 0) AS held
               WHERE held.tag_id = wanted.tag_id) AS before
        WHERE before.open = 0
       RETURNING subscriber_id`,
      [holders.map(({ subscriberId }) => subscriberId), holders.map(({ tagId }) => tagId), accountId, now],
    );
    return added.map(({ subscriber_id }) => subscriber_id);
  }

  private append(
    manager: EntityManager,
    actor: Principal,
    action: string,
    accountId: string,
    { subscriberId, tagId }: TagHolder,
  ): Promise<void> {
    return this.audit.append(manager, {
      actor: actorOf(actor),
      action,
      subject: `tag:${tagId}`,
      accountId,
      facts: { subscriberId },
    });
  }
}

/** @throws DomainError not-found for a tag that is not the account's */
export async function requireTag(manager: EntityManager, accountId: string, tagId: string): Promise<void> {
  const found = await manager.query<unknown[]>(
    'SELECT id FROM tags WHERE id = $1 AND account_id = $2 AND deleted_at IS NULL',
    [tagId, accountId],
  );
  if (found.length === 0) throw notFound('tag');
}

async function isFollowing(
  manager: EntityManager,
  subscriberId: string,
  accountId: string,
): Promise<boolean> {
  const open = await manager.query<unknown[]>(
    `SELECT account_id FROM follows
      WHERE subscriber_id = $1 AND account_id = $2 AND unfollowed_at IS NULL`,
    [subscriberId, accountId],
  );
  return open.length > 0;
}
