import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Micros } from '../audience/instant';
import { ConnectedFollowers, type Connected, type Discovery, type KnownFollow } from './connected-followers';
import { GatheredLookup } from './gathered-lookup';
import { FOLLOWED_SINCE, FOLLOWS } from './stream.sql';
import type { SubscriberStream } from './subscriber-stream';

export type Person = Connected<SubscriberStream>;
export type Found = Discovery<SubscriberStream>;

/** Of those who connect: how many lookups of their follows are under way, and for how many people each. */
const PLACES = 4;
const PEOPLE = 100;

/** Everybody's follows are loaded anew in so many refreshments: one a second. */
const ROUND = 30;

/** A follow is dated before it is committed. Longer than this, in microseconds, that hardly ever takes. */
const IN_FLIGHT = 10_000_000;

interface PersonRow {
  readonly now: string;
  readonly subscriber_id: string | null;
  /** By account. Who left and came back within the last minute has two, of which the later one counts. */
  readonly follows: Readonly<Record<string, Micros>> | null;
}

interface NewcomerRow {
  readonly subscriber_id: string;
  readonly account_id: string;
  readonly followed_at: string;
}

interface Loaded {
  readonly now: Micros;
  readonly follows: ReadonlyMap<string, readonly KnownFollow[]>;
}

/** Keeps the index of connected followers true, whatever is followed meanwhile, on this replica or on others. */
@Injectable()
export class FollowIndex {
  readonly connected = new ConnectedFollowers<SubscriberStream>();
  private readonly newcomers = new GatheredLookup<string, Loaded>(
    async (subscriberIds) => {
      const loaded = await this.load(subscriberIds);
      return subscriberIds.map(() => loaded);
    },
    PLACES,
    PEOPLE,
  );

  constructor(private readonly database: DataSource) {}

  /** Brings somebody into the index who is not in it. */
  async admit(subscriberId: string): Promise<void> {
    const { now, follows } = await this.newcomers.ask(subscriberId);
    if (this.connected.get(subscriberId)) return; // by another of their devices, meanwhile
    this.connected.replace(this.connected.add(subscriberId), follows.get(subscriberId) ?? [], now);
  }

  /**
   * Notices who has begun to follow these accounts since their follows were loaded. Asked before a broadcast is
   * delivered: somebody may have followed a moment ago, on another replica.
   */
  async noticeNewcomers(accountIds: readonly string[]): Promise<readonly Found[]> {
    const rows = await this.database.query<NewcomerRow[]>(FOLLOWED_SINCE, [
      accountIds,
      this.connected.completeUntil - IN_FLIGHT,
    ]);
    return rows.flatMap(({ subscriber_id, account_id, followed_at }) => {
      const person = this.connected.get(subscriber_id);
      const follow = { accountId: account_id, followedAt: Number(followed_at) };
      return person ? (this.connected.learn(person, follow) ?? []) : [];
    });
  }

  /** Loads a share of the people anew: who has left is forgotten, who was imported with a date long past is noticed. */
  async refreshShare(): Promise<readonly Found[]> {
    return this.refresh(this.connected.stalest(Math.ceil(this.connected.size / ROUND)));
  }

  async refresh(subscriberIds: readonly string[]): Promise<readonly Found[]> {
    if (subscriberIds.length === 0) return [];
    const { now, follows } = await this.load(subscriberIds);
    return subscriberIds.flatMap((id) => {
      const person = this.connected.get(id);
      return person ? this.connected.replace(person, follows.get(id) ?? [], now) : [];
    });
  }

  private async load(subscriberIds: readonly string[]): Promise<Loaded> {
    const rows = await this.database.query<PersonRow[]>(FOLLOWS, [subscriberIds]);
    const follows = new Map(
      rows.map(({ subscriber_id, follows }) => [
        subscriber_id ?? '',
        // Of a name that stands twice in JSON the last value counts.
        Object.entries(follows ?? {}).map(([accountId, followedAt]) => ({ accountId, followedAt })),
      ]),
    );
    return { now: Number(rows[0]?.now), follows };
  }
}
