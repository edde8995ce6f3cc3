import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { assertAccountAllows, type AccountStatus } from '../accounts/account-status';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { Events } from '../events/events.service';
import { decodeKey, toPage, type Page } from '../http/page';
import { STORAGE_LIMITS } from '../limits';
import { accountSummaryColumns } from './account-summary';
import { followCreated, followEnded, type EndedFollow } from './follow-events';
import { followView, type FollowChangeRequest, type FollowRow, type FollowView } from './follows.dto';
import { exactText } from './instant';
import { consentEnded, endConsent } from './preview-consent.sql';
import { Subscribers } from './subscribers.service';

const OPEN_FOLLOWS = `
  SELECT ${accountSummaryColumns('a')}, f.followed_at, f.muted, f.notify, ${exactText('f.followed_at')} AS exact
    FROM follows f JOIN accounts a ON a.id = f.account_id
   WHERE f.subscriber_id = $1 AND f.unfollowed_at IS NULL`;

/** Whom a person follows. An interval is closed once and never opened again; following anew begins the next one. */
@Injectable()
export class Follows {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly events: Events,
    private readonly audit: AuditLog,
  ) {}

  async list(me: Subscriber, limit: number, cursor?: string): Promise<Page<FollowView>> {
    const list = `follows of ${me.id}`;
    const [before = 'infinity', beforeId = me.id] = decodeKey(list, cursor, ['instant', 'id']) ?? [];
    const rows = await this.database.query<(FollowRow & { exact: string })[]>(
      `${OPEN_FOLLOWS} AND (f.followed_at, f.account_id) < ($2::timestamptz, $3::uuid)
        ORDER BY f.followed_at DESC, f.account_id DESC LIMIT $4`,
      [me.id, before, beforeId, limit + 1],
    );
    return toPage(rows, limit, list, ({ exact, account_id }) => [exact, account_id], followView);
  }

  /** @throws DomainError not-found, account-not-active; too-many-requests; never for somebody who follows already */
  async follow(me: Subscriber, accountId: string, muted?: boolean): Promise<FollowView> {
    return inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.claim(manager, [me]);
      if (await this.openFollow(manager, me, accountId)) {
        await set(manager, me, accountId, { muted });
        return this.viewOf(manager, me, accountId);
      }
      await requireActive(manager, accountId);
      await requireSeldom(manager, me, accountId, now);
      await openInterval(manager, me, accountId, now, muted ?? false);
      const view = await this.viewOf(manager, me, accountId);
      await this.events.emit(manager, followCreated(me, accountId, view.followedAt));
      return view;
    });
  }

  /** @throws DomainError not-found for somebody who does not follow, invalid-request for a change of nothing */
  async change(me: Subscriber, accountId: string, change: FollowChangeRequest): Promise<FollowView> {
    if (change.muted === undefined && change.notify === undefined) {
      throw new DomainError('invalid-request', 'Say what is to change: muted, notify or both.');
    }
    return inTransaction(this.database, async (manager) => {
      await this.subscribers.lock(manager, me.id);
      await set(manager, me, accountId, change);
      return this.viewOf(manager, me, accountId);
    });
  }

  /** Whoever leaves sees no previews either. Does nothing for somebody who does not follow. */
  async unfollow(me: Subscriber, accountId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.lock(manager, me.id);
      if (now === undefined) return;
      const [ended] = await manager.query<[EndedFollow[], number]>(
        `UPDATE follows SET unfollowed_at = greatest($3::timestamptz, followed_at)
          WHERE subscriber_id = $1 AND account_id = $2 AND unfollowed_at IS NULL
      RETURNING account_id, followed_at, unfollowed_at`,
        [me.id, accountId, now],
      );
      if (ended.length === 0) return;
      await this.events.emit(manager, ...ended.map((follow) => followEnded(me, follow, 'unfollowed')));
      const personId = await endConsent(manager, me.id, accountId);
      if (personId !== undefined) {
        await this.audit.append(manager, consentEnded(actorOf(me), accountId, personId));
      }
    });
  }

  private async viewOf(manager: EntityManager, me: Subscriber, accountId: string): Promise<FollowView> {
    const open = await this.openFollow(manager, me, accountId);
    if (!open) throw notFound('follow');
    return followView(open);
  }

  private async openFollow(
    manager: EntityManager,
    me: Subscriber,
    accountId: string,
  ): Promise<FollowRow | undefined> {
    const [row] = await manager.query<FollowRow[]>(`${OPEN_FOLLOWS} AND f.account_id = $2`, [
      me.id,
      accountId,
    ]);
    return row;
  }
}

/** What is not public does not exist for subscribers; a suspended brand is public, but takes no new followers. */
async function requireActive(manager: EntityManager, accountId: string): Promise<void> {
  const [account] = await manager.query<{ status: AccountStatus }[]>(
    'SELECT status FROM accounts WHERE id = $1',
    [accountId],
  );
  if (account?.status !== 'active' && account?.status !== 'suspended') throw notFound('account');
  assertAccountAllows(account, 'follow');
}

/**
 * Every follow is kept for ever, is read with every export, and is told to the brand: nobody begins one all day long.
 * Leaving is never refused, so whoever is held up here is told that they do not follow, which is the truth.
 */
async function requireSeldom(
  manager: EntityManager,
  me: Subscriber,
  accountId: string,
  now: string,
): Promise<void> {
  const limit = STORAGE_LIMITS.followsOfBrandInDay;
  const [{ count }] = await manager.query<[{ count: number }]>(
    `SELECT count(*)::integer AS count FROM follows
      WHERE subscriber_id = $1 AND account_id = $2 AND followed_at > $3::timestamptz - interval '1 day'`,
    [me.id, accountId, now],
  );
  if (count < limit) return;
  throw new DomainError(
    'too-many-requests',
    `You began to follow this brand ${count} times within 24 hours: go on tomorrow.`,
    { limit },
  );
}

/** Begins no earlier than the last interval ended, whatever the clock did meanwhile: intervals never overlap. */
async function openInterval(
  manager: EntityManager,
  me: Subscriber,
  accountId: string,
  now: string,
  muted: boolean,
): Promise<void> {
  await manager.query(
    `INSERT INTO follows (subscriber_id, account_id, followed_at, muted)
     SELECT $1, $2, greatest($3::timestamptz, max(unfollowed_at), max(followed_at) + interval '1 microsecond'), $4
       FROM follows WHERE subscriber_id = $1 AND account_id = $2`,
    [me.id, accountId, now, muted],
  );
}

/** Sets what is given of it. */
async function set(
  manager: EntityManager,
  me: Subscriber,
  accountId: string,
  { muted, notify }: FollowChangeRequest,
): Promise<void> {
  if (muted === undefined && notify === undefined) return;
  await manager.query(
    `UPDATE follows SET muted = coalesce($3, muted), notify = CASE WHEN $4 THEN $5::boolean ELSE notify END
      WHERE subscriber_id = $1 AND account_id = $2 AND unfollowed_at IS NULL`,
    [me.id, accountId, muted ?? null, notify !== undefined, notify ?? null],
  );
}
