import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { exactNow } from '../audience/subscribers.service';
import { inParts } from '../in-parts';
import { UNREAD_BY } from '../inbox/inbox.sql';
import { recallEvent, unreadEvent, type Block } from './event-text';
import { FollowIndex } from './follow-index.service';
import { Fresh } from './fresh';
import { HOLDERS, READ_SINCE, RECALLED_SINCE } from './stream.sql';

/** A thread of a person: what one account is to them. */
export interface ThreadOf {
  readonly subscriber_id: string;
  readonly account_id: string;
}

/** How many threads are counted by one statement. */
const BATCH = 500;

/** What happens to broadcasts after they were published: they are recalled, and read on other devices. */
@Injectable()
export class ThreadChanges {
  private readonly recalled = new Fresh();
  private readonly read = new Fresh();
  private since = 'infinity';

  constructor(
    private readonly database: DataSource,
    private readonly index: FollowIndex,
  ) {}

  /** What happened before was before anybody was connected. @param now the database's clock, exact */
  startAt(now: string): void {
    this.since = now;
  }

  /** Tells what has happened since the last time. */
  async announce(): Promise<void> {
    const now = await exactNow(this.database.manager);
    await this.tellRecalled();
    await this.tellRead();
    this.since = now;
  }

  /** Tells people how much of an account they have not read. */
  async tellUnread(threads: readonly ThreadOf[]): Promise<void> {
    for (const batch of inParts(threads, BATCH)) {
      const rows = await this.database.query<(ThreadOf & { unread: number })[]>(UNREAD_BY, [
        batch.map(({ account_id }) => account_id),
        batch.map(({ subscriber_id }) => subscriber_id),
      ]);
      for (const { subscriber_id, account_id, unread } of rows) {
        this.tell(subscriber_id, unreadEvent({ accountId: account_id, unread }));
      }
    }
  }

  private async tellRecalled(): Promise<void> {
    const rows = await this.database.query<{ id: string }[]>(RECALLED_SINCE, [this.since]);
    await this.recalled.take(
      rows,
      ({ id }) => id,
      async (fresh) => {
        const holders = await this.database.query<(ThreadOf & { id: string })[]>(HOLDERS, [
          fresh.map(({ id }) => id),
          this.index.connected.ids,
        ]);
        for (const { id, account_id, subscriber_id } of holders) {
          this.tell(subscriber_id, recallEvent({ id, accountId: account_id }));
        }
      },
    );
  }

  private async tellRead(): Promise<void> {
    const rows = await this.database.query<(ThreadOf & { through_sequence: string })[]>(READ_SINCE, [
      this.since,
      this.index.connected.ids,
    ]);
    await this.read.take(
      rows,
      (row) => `${row.subscriber_id} ${row.account_id} ${row.through_sequence}`,
      (fresh) => this.tellUnread(fresh),
    );
  }

  /** On all their devices; what concerns no place in the stream may come while they catch up, too. */
  private tell(subscriberId: string, block: Block): void {
    for (const stream of this.index.connected.get(subscriberId)?.streams ?? []) stream.send(block);
  }
}
