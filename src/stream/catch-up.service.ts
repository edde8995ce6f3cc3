import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inParts } from '../in-parts';
import { inboxBroadcast } from '../inbox/inbox.dto';
import { Delivery, type BroadcastRow } from './delivery.service';
import { bookmark, broadcastEvent, resetEvent, type ResetReason } from './event-text';
import { GatheredLookup } from './gathered-lookup';
import { BROADCASTS, MISSED } from './stream.sql';
import type { SubscriberStream } from './subscriber-stream';

/** How far back a stream can be resumed; whoever missed more reads the inbox instead. */
const MAX_MISSED = 500;
const MAX_DAYS = 7;

/** How many lookups of either kind are under way, and for how many clients, or of how many broadcasts, each. */
const PLACES = 4;
const CLIENTS = 50;
const BROADCASTS_AT_ONCE = 8;

/** How many broadcasts are read at once for a client that has read those before: each may have a megabyte of articles. */
const HELPING = 2;

interface Bookmarked {
  readonly subscriberId: string;
  readonly after: number;
}

/** What somebody missed, by sequences. */
interface Missed {
  /** Up to where that is all. */
  readonly through: number;
  readonly sequences: readonly string[];
  /** Those of them that they have read, on another device. */
  readonly read: ReadonlySet<string>;
  readonly isTooOld: boolean;
}

interface MissedRow {
  readonly sequences: string[];
  readonly read: string[];
  readonly too_old: boolean;
}

/**
 * Gives clients that came back what they missed, from the database, and then sets them down where the others are. When a
 * replica ends, thousands come back to another at the same time, and must have caught up before it is tiresome to wait:
 * they are asked for together.
 */
@Injectable()
export class CatchUp {
  private readonly log = new Logger(CatchUp.name);
  private readonly missed = new GatheredLookup<Bookmarked, Missed>(
    (clients) => this.missedBy(clients),
    PLACES,
    CLIENTS,
  );
  private readonly broadcasts = new GatheredLookup<string, BroadcastRow | undefined>(
    (sequences) => this.broadcastsAt(sequences),
    PLACES,
    BROADCASTS_AT_ONCE,
  );

  constructor(
    private readonly database: DataSource,
    private readonly delivery: Delivery,
  ) {}

  /** @param from the client's bookmark; NaN, or beyond the head, for one that is not from here */
  async run(stream: SubscriberStream, from: number): Promise<void> {
    try {
      let place = from <= this.delivery.head ? from : this.reset(stream, 'unknown-id');
      while (place < this.delivery.head && stream.isOpen) place = await this.advance(stream, place);
      // In the same turn as the last look at the head: what comes from now on is delivered to this stream too.
      stream.liveAfter = place;
      stream.send(bookmark(place));
    } catch (error) {
      if (stream.isOpen) this.log.warn(`A client could not catch up: ${String(error)}`);
      stream.end(); // it comes back with the bookmark of the last event that it got
    }
  }

  /** @returns up to where the stream has everything now */
  private async advance(stream: SubscriberStream, place: number): Promise<number> {
    const missed = await this.missed.ask({ subscriberId: stream.subscriberId, after: place });
    if (missed.isTooOld) return this.reset(stream, 'too-old');
    if (missed.sequences.length > MAX_MISSED) return this.reset(stream, 'too-many');
    for (const helping of inParts(missed.sequences, HELPING)) {
      if (!(await this.give(stream, helping, missed.read))) break;
    }
    return missed.through;
  }

  private reset(stream: SubscriberStream, reason: ResetReason): number {
    const { head } = this.delivery;
    stream.send(resetEvent(reason, head));
    return head;
  }

  /** One after the other, each when the one before it has been read. @returns false when the stream has ended instead */
  private async give(
    stream: SubscriberStream,
    helping: readonly string[],
    read: ReadonlySet<string>,
  ): Promise<boolean> {
    const rows = await Promise.all(helping.map((sequence) => this.broadcasts.ask(sequence)));
    for (const row of rows) {
      if (!row) continue;
      const broadcast = inboxBroadcast({ ...row, read: read.has(row.sequence) });
      stream.send(broadcastEvent(broadcast, Number(row.sequence)));
      if (!(await stream.taken())) return false;
    }
    return stream.isOpen;
  }

  private async missedBy(clients: readonly Bookmarked[]): Promise<Missed[]> {
    const { head } = this.delivery;
    const rows = await this.database.query<MissedRow[]>(MISSED, [
      clients.map(({ subscriberId }) => subscriberId),
      clients.map(({ after }) => after),
      head,
      MAX_MISSED + 1,
      MAX_DAYS,
    ]);
    return rows.map(({ sequences, read, too_old }) => ({
      through: head,
      sequences,
      read: new Set(read),
      isTooOld: too_old,
    }));
  }

  /** Most of those who come back at the same time have missed the same. */
  private async broadcastsAt(sequences: readonly string[]): Promise<(BroadcastRow | undefined)[]> {
    const rows = await this.database.query<BroadcastRow[]>(BROADCASTS, [sequences]);
    const found = new Map(rows.map((row) => [row.sequence, row]));
    return sequences.map((sequence) => found.get(sequence));
  }
}
