import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inboxBroadcast, type InboxRow } from '../inbox/inbox.dto';
import { ThreadChanges, type ThreadOf } from './thread-changes.service';
import { broadcastEvent, type Block } from './event-text';
import { FollowIndex, type Found } from './follow-index.service';
import { BROADCASTS, BROUGHT_BY, PUBLISHED_AFTER, RECIPIENTS } from './stream.sql';

/** How many broadcasts are looked at together, and how many pairs of a broadcast and a follower the database is asked about. */
const CHUNK = 100;
const PAIRS = 10_000;

/** After so many writes in a row other requests get their turn. */
const WRITES = 250;

interface PublishedRow {
  readonly sequence: string;
  readonly account_id: string;
}

/** As whoever received it sees it. */
export type BroadcastRow = Omit<InboxRow, 'read'> & { readonly sequence: string };

interface RecipientRow {
  readonly sequence: string;
  readonly subscriber_id: string;
  readonly muted: boolean;
}

/**
 * Brings what is published to the open streams, in the order of the sequence: it has no gaps and is the order of the
 * commits, so what lies behind a place in it never changes. Its methods run one at a time.
 */
@Injectable()
export class Delivery {
  /** Up to here broadcasts were delivered or are being delivered. */
  private taken = 0;
  private delivered = 0;

  constructor(
    private readonly database: DataSource,
    private readonly index: FollowIndex,
    private readonly changes: ThreadChanges,
  ) {}

  /** A stream that opens now gets what comes after this, and no broadcast up to here. */
  get head(): number {
    return this.taken;
  }

  /** Up to where every stream has been given everything; undefined while a part of it is on its way. */
  get position(): number | undefined {
    return this.taken === this.delivered ? this.delivered : undefined;
  }

  /** What was published up to here, while nobody was connected, need not be delivered. */
  skipTo(sequence: number): void {
    this.taken = Math.max(this.taken, sequence);
    this.delivered = this.taken;
  }

  async deliverPublished(): Promise<void> {
    let rows: PublishedRow[];
    do {
      rows = await this.database.query<PublishedRow[]>(PUBLISHED_AFTER, [this.taken, CHUNK]);
      if (rows.length === 0) return;
      const accountIds = [...new Set(rows.map(({ account_id }) => account_id))];
      await this.deliverLate(await this.index.noticeNewcomers(accountIds));
      for (const part of this.parts(rows)) await this.deliverPart(part);
    } while (rows.length === CHUNK);
  }

  /**
   * Somebody's follow was committed after it was dated, and a broadcast was published in between: they received it, and
   * get it late. The event carries the place up to which their stream has everything, which is beyond the broadcast's.
   */
  async deliverLate(discoveries: readonly Found[]): Promise<void> {
    const found = discoveries
      .map(({ person, ...follow }) => ({ ...follow, person, after: firstLive(person.streams) }))
      .filter(({ after }) => after < this.delivered);
    if (found.length === 0) return;
    const rows = await this.database.query<RecipientRow[]>(BROUGHT_BY, [
      found.map(({ accountId }) => accountId),
      found.map(({ person }) => person.id),
      found.map(({ followedAt }) => followedAt),
      found.map(({ after }) => after),
      this.delivered,
    ]);
    await this.bring(rows, this.delivered);
  }

  /** In parts for which the database need not be asked about too many pairs at once. */
  private *parts(rows: readonly PublishedRow[]): Generator<readonly PublishedRow[]> {
    let part: PublishedRow[] = [];
    let pairs = 0;
    for (const row of rows) {
      pairs += this.index.connected.of(row.account_id).size;
      if (pairs > PAIRS && part.length > 0) {
        yield part;
        part = [];
        pairs = this.index.connected.of(row.account_id).size;
      }
      part.push(row);
    }
    yield part;
  }

  private async deliverPart(rows: readonly PublishedRow[]): Promise<void> {
    const before = this.taken;
    const last = Number(rows.at(-1)?.sequence);
    // At once: a stream that opens from here on finds these in the database, and must not get them a second time.
    this.taken = Math.max(before, last);
    let muted: readonly ThreadOf[];
    try {
      muted = await this.send(rows);
    } catch (error) {
      this.taken = before; // nothing was sent: the next time it all is
      throw error;
    }
    this.delivered = Math.max(this.delivered, last);
    await this.changes.tellUnread(muted);
  }

  /**
   * @throws only before anything was sent
   * @returns the threads in which it arrived silently
   */
  private async send(rows: readonly PublishedRow[]): Promise<readonly ThreadOf[]> {
    const candidates = rows.flatMap(({ sequence, account_id }) =>
      [...this.index.connected.of(account_id)].map(({ id }) => ({ sequence, id })),
    );
    if (candidates.length === 0) return [];
    const recipients = await this.database.query<RecipientRow[]>(RECIPIENTS, [
      candidates.map(({ sequence }) => sequence),
      candidates.map(({ id }) => id),
    ]);
    await this.bring(recipients);
    const accounts = new Map(rows.map(({ sequence, account_id }) => [sequence, account_id]));
    return recipients
      .filter(({ muted }) => muted)
      .map(({ sequence, subscriber_id }) => ({ subscriber_id, account_id: accounts.get(sequence) ?? '' }));
  }

  /** @param place that the events carry; without it each carries its broadcast's */
  private async bring(recipients: readonly RecipientRow[], place?: number): Promise<void> {
    const audience = audienceOf(recipients);
    if (audience.size === 0) return;
    const rows = await this.database.query<BroadcastRow[]>(BROADCASTS, [[...audience.keys()]]);
    for (const row of rows) {
      const sequence = Number(row.sequence);
      // Nobody has read yet what has just been published.
      const block = broadcastEvent(inboxBroadcast({ ...row, read: false }), place ?? sequence);
      await this.fanOut(block, sequence, audience.get(row.sequence) ?? []);
    }
  }

  private async fanOut(block: Block, sequence: number, subscriberIds: readonly string[]): Promise<void> {
    let writes = 0;
    for (const id of subscriberIds) {
      for (const stream of this.index.connected.get(id)?.streams ?? []) {
        if (sequence > stream.liveAfter) stream.send(block);
      }
      writes += 1;
      if (writes % WRITES === 0) await nextTurn();
    }
  }
}

/** Who gets which broadcast, by its sequence; whoever muted the account does not. */
function audienceOf(recipients: readonly RecipientRow[]): Map<string, string[]> {
  const audience = new Map<string, string[]>();
  for (const { sequence, subscriber_id, muted } of recipients) {
    if (muted) continue;
    const people = audience.get(sequence);
    if (people) people.push(subscriber_id);
    else audience.set(sequence, [subscriber_id]);
  }
  return audience;
}

function firstLive(streams: ReadonlySet<{ readonly liveAfter: number }>): number {
  return Math.min(...[...streams].map(({ liveAfter }) => liveAfter));
}
