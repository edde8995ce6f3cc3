import type { Micros } from '../audience/instant';

/** Somebody with at least one open stream, and whom they follow. */
export interface Connected<Stream> {
  readonly id: string;
  /** In the order in which they were opened. */
  readonly streams: Set<Stream>;
  /** Since when they follow which account: the latest follow that is known, even if it has ended meanwhile. */
  readonly follows: Map<string, Micros>;
  /** Up to when the follows are complete. */
  loadedAt: Micros;
}

export interface KnownFollow {
  readonly accountId: string;
  readonly followedAt: Micros;
}

/** A follow that the index did not know of. */
export interface Discovery<Stream> {
  readonly person: Connected<Stream>;
  readonly accountId: string;
  readonly followedAt: Micros;
}

/**
 * Which of the people with open streams follow which account, so that a broadcast costs what its connected followers
 * cost, however many others are connected. It may hold more than the truth - who has just left is still in it - but
 * must not hold less: it says whom to ask the database about, and the database decides.
 */
export class ConnectedFollowers<Stream> {
  /** In the order of loadedAt, the longest ago first. */
  private readonly people = new Map<string, Connected<Stream>>();
  private readonly followers = new Map<string, Set<Connected<Stream>>>();

  get size(): number {
    return this.people.size;
  }

  get ids(): string[] {
    return [...this.people.keys()];
  }

  /** The account's connected followers. */
  of(accountId: string): ReadonlySet<Connected<Stream>> {
    return this.followers.get(accountId) ?? new Set();
  }

  get(subscriberId: string): Connected<Stream> | undefined {
    return this.people.get(subscriberId);
  }

  /** The instant since which somebody may have begun to follow without the index knowing. */
  get completeUntil(): Micros {
    for (const { loadedAt } of this.people.values()) return loadedAt;
    return 0;
  }

  /** Those whose follows were loaded the longest ago. */
  stalest(count: number): string[] {
    const stalest: string[] = [];
    for (const id of this.people.keys()) {
      if (stalest.length === count) break;
      stalest.push(id);
    }
    return stalest;
  }

  add(subscriberId: string): Connected<Stream> {
    const person = {
      id: subscriberId,
      streams: new Set<Stream>(),
      follows: new Map<string, Micros>(),
      loadedAt: 0,
    };
    this.people.set(subscriberId, person);
    return person;
  }

  remove(person: Connected<Stream>): void {
    for (const accountId of person.follows.keys()) this.forget(person, accountId);
    this.people.delete(person.id);
  }

  /**
   * Puts what was loaded in the place of what was known.
   * @returns the follows that were not known
   */
  replace(person: Connected<Stream>, follows: readonly KnownFollow[], loadedAt: Micros): Discovery<Stream>[] {
    const discoveries = follows.flatMap((follow) => this.learn(person, follow) ?? []);
    const loaded = new Set(follows.map(({ accountId }) => accountId));
    for (const accountId of person.follows.keys()) {
      if (!loaded.has(accountId)) this.forget(person, accountId);
    }
    person.loadedAt = loadedAt;
    this.people.delete(person.id);
    this.people.set(person.id, person);
    return discoveries;
  }

  /** @returns the follow, if it was not known */
  learn(person: Connected<Stream>, { accountId, followedAt }: KnownFollow): Discovery<Stream> | undefined {
    if (followedAt <= (person.follows.get(accountId) ?? -Infinity)) return undefined;
    person.follows.set(accountId, followedAt);
    const followers = this.followers.get(accountId);
    if (followers) followers.add(person);
    else this.followers.set(accountId, new Set([person]));
    return { person, accountId, followedAt };
  }

  private forget(person: Connected<Stream>, accountId: string): void {
    person.follows.delete(accountId);
    const followers = this.followers.get(accountId);
    followers?.delete(person);
    if (followers?.size === 0) this.followers.delete(accountId);
  }
}
