import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { databaseNow } from '../database';
import { periodAt } from '../quotas/quota-period';
import { Quotas, type OpenQuota } from '../quotas/quotas.service';
import { lastSchedulable, SCHEDULE_DAYS } from '../quotas/schedule-window';
import { Terms } from '../quotas/terms.service';
import { readBroadcast } from './broadcast-row.service';
import { nextInQueue, type QueueReason } from './queue';
import type { QueueQuery, QueueView } from './queue.dto';

export const QUEUE_REASON_WORDS = {
  'account-not-active': 'The account is not active: nothing can be scheduled.',
  'no-posting-times': 'The account has no posting times: set `postingTimes`, or schedule with `at`.',
  'no-free-posting-time': `Every posting time of the next ${SCHEDULE_DAYS} days has a broadcast already, or no slot left.`,
} as const satisfies Record<QueueReason, string>;

/** The account's queue: the posting times that have no broadcast yet. */
@Injectable()
export class Queue {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly terms: Terms,
  ) {}

  /**
   * Where the next broadcast goes. Under the lock of an open quota no two are given the same.
   * @param broadcastId a broadcast that may stay where it is
   */
  async next(
    manager: EntityManager,
    quota: OpenQuota,
    broadcastId?: string,
  ): Promise<ReturnType<typeof nextInQueue>> {
    const { account, now } = quota;
    const until = lastSchedulable(now);
    const usage = await this.quotas.usageWithin(manager, quota, now, until);
    const rows = await manager.query<{ at: Date }[]>(
      `SELECT scheduled_at AS at FROM broadcasts
        WHERE account_id = $1 AND scheduled_at >= $2 AND status IN ('scheduled', 'published', 'recalled')
          AND id IS DISTINCT FROM $3`,
      [account.id, now, broadcastId ?? null],
    );
    const { postingTimes, timeZone } = account;
    return nextInQueue({ postingTimes, timeZone, usage, taken: rows.map(({ at }) => at), now, until });
  }

  /**
   * What `{"queue": true}` would take at this moment. Nothing is locked: somebody else may take it first.
   * @throws DomainError not-found for a broadcast that is not the account's
   */
  async view(accountId: string, { broadcastId }: QueueQuery): Promise<QueueView> {
    const account = await this.accounts.get(accountId);
    // One snapshot, so that slots and broadcasts fit together.
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      if (broadcastId !== undefined) await readBroadcast(manager, accountId, broadcastId);
      if (account.status !== 'active') return refusal('account-not-active');
      const terms = await this.terms.all(manager, accountId);
      const quota: OpenQuota = { account, terms, now: await databaseNow(manager) };
      const next = await this.next(manager, quota, broadcastId);
      if (!(next instanceof Date)) return refusal(next);
      const { label } = periodAt(next, terms.at(-1) ?? terms[0]);
      return { next: { at: next.toISOString(), period: label }, reason: null, detail: null };
    });
  }
}

function refusal(reason: QueueReason): QueueView {
  return { next: null, reason, detail: QUEUE_REASON_WORDS[reason] };
}
