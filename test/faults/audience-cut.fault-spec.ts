import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { STORAGE_LIMITS } from '../../src/limits';
import type { Api } from '../support/api';
import { clockAhead, setClock } from '../support/clock';
import { expectStatus, unique } from '../support/given';
import { times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { subscriberToken } from '../support/event-stream';
import { findFaults } from './rig/checker';
import { findInboxFaults, readInbox } from './rig/inbox-faults';
import { Journal } from './rig/journal';
import { prng, seedOf, type Prng } from './rig/seed';
import { size } from './rig/size';

const seed = seedOf('audience-cut');
const random = prng(seed);
const journal = new Journal('audience-cut', seed);

const PEOPLE = size(30, 200);
const PUBLICATIONS = size(25, 1_000);
/** As many as an admin may give at once. */
const GRANT = 100;
/** As much of the inbox as is looked at in passing. */
const PAGE = 100;
/** Longest pause, in milliseconds, between two acts of a person. Shorter ones would make everybody wait, publishers too. */
const PAUSE = size(400, 10_000);

describe('the audience of a broadcast', () => {
  let instances: TwoInstances;
  let database: DataSource;
  let brand: RacingBrand;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
    await setClock(database, '2027-03-10T12:00:00Z');
    brand = await instances.brand('subscription');
    for (let granted = 0; granted < PUBLICATIONS; granted += GRANT)
      expectStatus(201, await brand.grant('2027-03-10', GRANT));
  });
  afterAll(async () => {
    await instances.stop();
    journal.print();
  });

  it('is whoever followed at one instant, while people come and go', async () => {
    const ahead = await clockAhead(database);
    const people = await Promise.all(times(PEOPLE, () => Person.arrive(instances, brand, ahead)));
    const out: Publication[] = [];
    const ending = new AbortController();
    const living = people.map((person) => person.live(out, prng(random.int(2 ** 31)), ending.signal));
    for (let count = 0; count < PUBLICATIONS; count += 1) {
      out.push(await publish());
      journal.did('publications');
      await delay(random.between(0, 40));
    }
    ending.abort();
    await Promise.all(living);
    journal.did('follows and unfollows', people.flatMap(({ flips }) => flips).length);

    const inboxes = new Map(
      await Promise.all(people.map(async (person) => [person, new Set(await person.inbox())] as const)),
    );
    for (const [person, inbox] of inboxes) {
      expect(contradictions(person, inbox, out)).toEqual([]);
      expect(person.changesOf(inbox, out)).toEqual([]);
    }
    for (const { id } of out) await expectReported(id, inboxes);
    const found = new Map([...inboxes].map(([{ sub }, inbox]) => [sub, [...inbox]]));
    const read = (sub: string) => Promise.resolve(found.get(sub) ?? []);
    expect(await findInboxFaults(database, [...found.keys()], read)).toEqual([]);
    journal.checked('inboxes against the intervals', people.length);
    expect(await findFaults(database)).toEqual([]);
    journal.checked('the database as a whole');
  });

  async function publish(): Promise<Publication> {
    const { id } = expectStatus(201, await brand.create({ schedule: { now: true } })).body;
    for (;;) {
      await instances.tick();
      const { publishedAt } = expectStatus(200, await brand.read(id)).body;
      if (publishedAt !== null) return { id, at: Date.parse(publishedAt) };
    }
  }

  /** The figure of the brand and the answer about one person say what the inboxes say. */
  async function expectReported(
    id: string,
    inboxes: ReadonlyMap<Person, ReadonlySet<string>>,
  ): Promise<void> {
    const recipients = [...inboxes].filter(([, inbox]) => inbox.has(id)).length;
    const report = await brand.owner.get(brand.path(`/broadcasts/${id}/report`));
    expect(expectStatus(200, report).body).toMatchObject({ recipients });
    const [person, inbox] = random.pick([...inboxes]);
    const answer = await brand.owner.get(brand.path(`/broadcasts/${id}/recipients/${person.sub}`));
    expect(expectStatus(200, answer).body).toMatchObject({ received: inbox.has(id) });
    journal.checked('reports against the inboxes');
  }
});

interface Publication {
  readonly id: string;
  /** By the database's clock, in milliseconds. */
  readonly at: number;
}

/** By the database's clock; in between nobody but the database knows which way it was. */
interface Flip {
  readonly from: number;
  readonly until: number;
  readonly isFollowing: boolean;
}

/** What was in the inbox when so many publications were out. */
interface Look {
  readonly out: number;
  readonly found: ReadonlySet<string>;
}

/** Follows and leaves, remembers when, and looks into the inbox now and then. */
class Person {
  readonly flips: Flip[] = [];
  private readonly looks: Look[] = [];

  private constructor(
    readonly sub: string,
    private readonly apis: readonly Api[],
    private readonly brand: RacingBrand,
    private readonly ahead: number,
  ) {}

  static async arrive({ one, two }: TwoInstances, brand: RacingBrand, ahead: number): Promise<Person> {
    const sub = unique('comes-and-goes');
    const token = await subscriberToken(sub);
    return new Person(sub, [one.api.as(token), two.api.as(token)], brand, ahead);
  }

  async live(out: readonly Publication[], random: Prng, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await delay(random.between(0, PAUSE));
      if (random.int(5) > 0 && this.mayFlip) await this.flip(random.pick(this.apis));
      else await this.look(random.pick(this.apis), out.length);
    }
  }

  inbox(): Promise<string[]> {
    return readInbox(random.pick(this.apis), [this.brand.id]);
  }

  /** Nobody may begin to follow a brand more often. */
  private get mayFlip(): boolean {
    return this.flips.length < 2 * STORAGE_LIMITS.followsOfBrandInDay;
  }

  private async flip(api: Api): Promise<void> {
    const isFollowing = !this.flips.at(-1)?.isFollowing;
    const path = `/me/follows/${this.brand.id}`;
    const from = Date.now() + this.ahead;
    if (isFollowing) expectStatus(200, await api.put(path));
    else expectStatus(204, await api.delete(path));
    this.flips.push({ from, until: Date.now() + this.ahead, isFollowing });
  }

  private async look(api: Api, out: number): Promise<void> {
    const page = await api.get<{ items: { id: string }[] }>(`/me/inbox/${this.brand.id}?limit=${PAGE}`);
    const items = page.status === 404 ? [] : expectStatus(200, page).body.items;
    this.looks.push({ out, found: new Set(items.map(({ id }) => id)) });
  }

  /** Broadcasts that were out at an earlier look and have come into the inbox or gone from it since. */
  changesOf(inbox: ReadonlySet<string>, out: readonly Publication[]): string[] {
    journal.checked('earlier looks into an inbox', this.looks.length);
    return this.looks.flatMap((look) =>
      out
        .slice(Math.max(0, look.out - PAGE), look.out)
        .map(({ id }) => id)
        .filter((id) => look.found.has(id) !== inbox.has(id)),
    );
  }
}

/** Two clocks of one machine, asked one after the other, seem to differ by less. */
const TOLERANCE = 20;

/** Where the inbox is not what the person has witnessed: those who know that they had left did not get it. */
function contradictions(
  { flips }: Person,
  inbox: ReadonlySet<string>,
  out: readonly Publication[],
): Publication[] {
  return out.filter(({ id, at }) => {
    if (flips.some(({ from, until }) => from - TOLERANCE <= at && at <= until + TOLERANCE)) {
      journal.did('publications in the middle of a follow or unfollow');
      return false;
    }
    const isFollowing = flips.findLast(({ until }) => until < at)?.isFollowing ?? false;
    journal.checked(isFollowing ? 'receipts by who was following' : 'absences of who was not');
    return inbox.has(id) !== isFollowing;
  });
}
