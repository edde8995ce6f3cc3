import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Subscribers } from '../audience/subscribers.service';
import type { Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import type { PagedRow } from '../http/page.sql';
import { CONCERNS, LAST_SEQUENCE, READ_TARGET, readThrough, THREAD, UNREAD_BY } from './inbox.sql';
import { inboxBroadcast, type InboxBroadcast, type InboxRow, type UnreadView } from './inbox.dto';

type ThreadRow = InboxRow & PagedRow & { readonly sequence: string; readonly nudge: string };

/** Above every place. */
const TOP = [LAST_SEQUENCE, LAST_SEQUENCE, 'ffffffff-ffff-ffff-ffff-ffffffffffff'];

/** What one person received from one account, and how far they have read it. */
@Injectable()
export class Thread {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
  ) {}

  /** Newest first. @throws DomainError not-found for an account that they never followed nor had a preview from */
  async list(
    me: Subscriber,
    accountId: string,
    limit: number,
    cursor?: string,
  ): Promise<Page<InboxBroadcast>> {
    const list = `inbox of ${me.id} from ${accountId}`;
    const place = decodeKey(list, cursor, ['whole', 'whole', 'id']) ?? TOP;
    await requireConcern(this.database.manager, me, accountId);
    const rows = await this.database.query<ThreadRow[]>(THREAD, [me.id, accountId, ...place, limit + 1]);
    const keyOf = ({ sequence, nudge, id }: ThreadRow) => [sequence, nudge, id];
    return toPage(rows, limit, list, keyOf, inboxBroadcast, rows[0]?.found);
  }

  /**
   * Reads on, up to a broadcast or to the newest; never back. How many are left unread.
   * @throws DomainError not-found for an account as above, or a broadcast that they did not receive from it
   */
  async read(me: Subscriber, accountId: string, upTo?: string): Promise<UnreadView> {
    return inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.lock(manager, me.id);
      await requireConcern(manager, me, accountId);
      const [target] = await manager.query<[{ sequence: string | null }]>(READ_TARGET, [
        me.id,
        accountId,
        upTo ?? null,
      ]);
      if (target.sequence === null && upTo !== undefined) throw notFound('broadcast in this thread');
      // Somebody without a row never followed: what they see are previews, which are not counted.
      if (now === undefined) return { unread: 0 };
      await advance(manager, me, accountId, target.sequence ?? '0', now);
      return { unread: await unreadOf(manager, me, accountId) };
    });
  }
}

async function requireConcern(manager: EntityManager, me: Subscriber, accountId: string): Promise<void> {
  const [{ concerns }] = await manager.query<[{ concerns: boolean }]>(CONCERNS, [me.id, accountId]);
  if (!concerns) throw notFound('thread');
}

/** Adds the range from the last mark to this one; nothing when the mark stands there or beyond already. */
async function advance(
  manager: EntityManager,
  me: Subscriber,
  accountId: string,
  through: string,
  now: string,
): Promise<void> {
  await manager.query(
    `INSERT INTO reads (subscriber_id, account_id, after_sequence, through_sequence, read_at)
     SELECT $1, $2, last.through, $3, $4
       FROM (SELECT ${readThrough('$2')} AS through) AS last WHERE last.through < $3::bigint`,
    [me.id, accountId, through, now],
  );
}

async function unreadOf(manager: EntityManager, me: Subscriber, accountId: string): Promise<number> {
  const [row] = await manager.query<{ unread: number }[]>(UNREAD_BY, [[accountId], [me.id]]);
  return row?.unread ?? 0;
}
