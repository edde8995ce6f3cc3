import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inParts } from '../in-parts';
import { inboxBroadcast, type InboxRow } from '../inbox/inbox.dto';
import { Delivery } from './delivery.service';
import { bookmark, broadcastEvent, resetEvent, type ResetReason } from './event-text';
import { MISSED, MISSED_BROADCASTS } from './stream-sql';
import type { SubscriberStream } from './subscriber-stream';
import { Turnstile } from './turnstile';

/** How far back a stream can be resumed; whoever missed more reads the inbox instead. */
const MAX_MISSED = 500;
const MAX_DAYS = 7;

/** How many clients catch up at the same time, and how many broadcasts each is given before it has to read them. */
const PLACES = 4;
const HELPING = 10;

/** Gives a client that came back what it missed, from the database, and then sets it down where the others are. */
@Injectable()
export class CatchUp {
  private readonly log = new Logger(CatchUp.name);
  private readonly turnstile = new Turnstile(PLACES);

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
    const { head } = this.delivery;
    const { sequences, tooOld } = await this.missedBy(stream.subscriberId, place, head);
    if (tooOld) return this.reset(stream, 'too-old');
    if (sequences.length > MAX_MISSED) return this.reset(stream, 'too-many');
    for (const helping of inParts(sequences, HELPING)) {
      await this.give(stream, helping);
      if (!(await stream.taken())) break;
    }
    return head;
  }

  private reset(stream: SubscriberStream, reason: ResetReason): number {
    const { head } = this.delivery;
    stream.send(resetEvent(reason, head));
    return head;
  }

  private async missedBy(
    subscriberId: string,
    after: number,
    through: number,
  ): Promise<{ sequences: readonly string[]; tooOld: boolean }> {
    const [missed] = await this.turnstile.run(() =>
      this.database.query<[{ sequences: string[]; too_old: boolean }]>(MISSED, [
        subscriberId,
        after,
        through,
        MAX_MISSED + 1,
        MAX_DAYS,
      ]),
    );
    return { sequences: missed.sequences, tooOld: missed.too_old };
  }

  private async give(stream: SubscriberStream, sequences: readonly string[]): Promise<void> {
    const rows = await this.turnstile.run(() =>
      this.database.query<(InboxRow & { sequence: string })[]>(MISSED_BROADCASTS, [
        sequences,
        stream.subscriberId,
      ]),
    );
    for (const row of rows) stream.send(broadcastEvent(inboxBroadcast(row), Number(row.sequence)));
  }
}
