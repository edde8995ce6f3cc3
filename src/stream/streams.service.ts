import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { openEventStream } from '../http/event-stream';
import { CatchUp } from './catch-up.service';
import { Delivery } from './delivery.service';
import { bookmark, parseBookmark, retryAfter } from './event-text';
import { FollowIndex, type Person } from './follow-index.service';
import { PublishedHint } from './published-hint.service';
import { HEAD } from './stream.sql';
import { SubscriberStream } from './subscriber-stream';
import { ThreadChanges } from './thread-changes.service';

/** How often the database is looked at, hint or no hint, in milliseconds. */
const LOOK_EVERY = 1_000;

const MAX_STREAMS_OF_PERSON = 10;

/**
 * Clients that lose their stream at the same time shall not come back at the same time, and still have caught up within
 * five seconds. Milliseconds.
 */
const RETRY_FROM = 1_000;
const RETRY_TO = 3_500;
/** Whoever was shut out by another stream of the same person would shut that one out in turn. */
const RETRY_WHEN_TOO_MANY = 60_000;

/** How long clients may take to read their last event when the server ends, in milliseconds. */
const LAST_WORDS = 1_500;

/** The open streams of this process, and the one loop that feeds them. */
@Injectable()
export class Streams implements BeforeApplicationShutdown {
  private readonly log = new Logger(Streams.name);
  private readonly streams = new Set<SubscriberStream>();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private waking: Promise<void> | undefined;
  private wanted: 'nothing' | 'published' | 'everything' = 'nothing';
  private failure: unknown;
  private stopping = false;

  constructor(
    private readonly database: DataSource,
    private readonly index: FollowIndex,
    private readonly delivery: Delivery,
    private readonly changes: ThreadChanges,
    private readonly catchUp: CatchUp,
    private readonly hint: PublishedHint,
  ) {}

  get count(): number {
    return this.streams.size;
  }

  /**
   * @param lastEventId the client's bookmark; without one the stream begins now
   * @param expiresAt when the stream ends at the latest, in milliseconds since 1970
   */
  async open(
    subscriberId: string,
    lastEventId: string | undefined,
    expiresAt: number,
    reply: FastifyReply,
  ): Promise<void> {
    const from = parseBookmark(lastEventId);
    await this.wakeUp();
    if (from !== undefined && from > this.delivery.head) await this.hurry();
    let person = this.index.connected.get(subscriberId);
    while (!person) {
      await this.index.admit(subscriberId);
      person = this.index.connected.get(subscriberId);
    }
    // From here on in one turn: the stream is in the index before anything else can be delivered.
    const out = openEventStream(reply);
    if (out === undefined) {
      this.leave(person);
      return;
    }
    const stream = new SubscriberStream(subscriberId, out, expiresAt);
    out.once('close', () => {
      this.streams.delete(stream);
      person.streams.delete(stream);
      this.leave(person);
    });
    makeRoom(person);
    person.streams.add(stream);
    this.streams.add(stream);
    stream.send(retryAfter(someTime()));
    if (this.stopping) stream.end();
    else if (from === undefined) this.goLive(stream);
    else void this.catchUp.run(stream, from);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.hint.stop();
    await this.looking;
    for (const stream of this.streams) stream.end(retryAfter(someTime()));
    const deadline = performance.now() + LAST_WORDS;
    while (this.streams.size > 0 && performance.now() < deadline) await delay(10);
    for (const stream of this.streams) stream.destroy();
  }

  /**
   * Delivers what is new, and with `everything` also what happened to what is old. One look at a time: those that are asked
   * for meanwhile become one more after it. Never rejects.
   */
  look(at: 'published' | 'everything'): Promise<void> {
    if (this.wanted !== 'everything') this.wanted = at;
    this.looking ??= Promise.resolve().then(() => this.keepLooking());
    return this.looking;
  }

  private async keepLooking(): Promise<void> {
    while (this.wanted !== 'nothing' && !this.stopping) {
      const at = this.wanted;
      this.wanted = 'nothing';
      if (this.index.connected.size === 0) continue;
      try {
        await this.delivery.deliverPublished();
        if (at === 'everything') {
          await this.delivery.deliverLate(await this.index.refreshShare());
          await this.changes.announce();
        }
        if (this.failure !== undefined) this.log.warn('The streams go on');
        this.failure = undefined;
      } catch (error) {
        if (this.failure === undefined) this.log.error('The streams stand still', (error as Error).stack);
        this.failure = error;
      }
    }
    this.looking = undefined; // in the same turn as the last look at what is wanted
  }

  /** Where nobody was connected, what has been published since is nobody's. */
  private async wakeUp(): Promise<void> {
    if (!this.stopping) {
      this.timer ??= setInterval(() => {
        this.tick();
      }, LOOK_EVERY).unref();
      this.hint.start(() => void this.look('published'));
    }
    if (this.index.connected.size > 0) return;
    this.waking ??= this.beginNow().finally(() => {
      this.waking = undefined;
    });
    await this.waking;
  }

  private async beginNow(): Promise<void> {
    const [{ sequence, now }] = await this.database.query<[{ sequence: string; now: string }]>(HEAD);
    if (this.index.connected.size > 0) return;
    this.delivery.skipTo(Number(sequence));
    this.changes.startAt(now);
  }

  /** The client comes from a replica that is ahead of this one. */
  private async hurry(): Promise<void> {
    await this.look('published');
    if (this.failure !== undefined) throw this.failure as Error;
    await this.wakeUp(); // there is no looking when everybody has just gone
  }

  private goLive(stream: SubscriberStream): void {
    stream.liveAfter = this.delivery.head;
    stream.send(bookmark(stream.liveAfter));
  }

  private leave(person: Person): void {
    const isCurrent = this.index.connected.get(person.id) === person;
    if (person.streams.size === 0 && isCurrent) this.index.connected.remove(person);
  }

  private tick(): void {
    const now = Date.now();
    for (const stream of this.streams) stream.tick(now, this.delivery.position);
    void this.look('everything');
  }
}

function makeRoom({ streams }: Person): void {
  for (const oldest of streams) {
    if (streams.size < MAX_STREAMS_OF_PERSON) return;
    streams.delete(oldest);
    oldest.send(retryAfter(RETRY_WHEN_TOO_MANY));
    oldest.drop('too-many-streams');
  }
}

function someTime(): number {
  return RETRY_FROM + Math.random() * (RETRY_TO - RETRY_FROM);
}
