import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { subscriberToken, EventStream } from '../support/event-stream';
import { eventually } from '../support/eventually';
import { expectStatus, givenSubscriber, unique } from '../support/given';
import { MovingClient } from '../support/moving-client';
import { keepTicking, untilPublished } from '../support/publishing';
import { times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { findFaults } from './rig/checker';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { givenFollowing, givenPeople } from './rig/following';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { slowDownCommits } from './slow-commits';

const seed = seedOf('stream');
const random = prng(seed);
const journal = new Journal('stream', seed);

const WRITERS = size(6, 64);
/** As many as the brand of a writer may publish in a month. */
const BROADCASTS = 4;
const CLIENTS = size(16, 200);
/** How many brands a client follows. */
const FOLLOWS = size(4, 8);
const REPLICAS = size(2, 3);
/** Milliseconds: the longest pause of a writer, the stays of a client with one replica, the time between two kills. */
const WRITING = size(700, 90_000);
const STAY = size(300, 1_000);
const LONGEST_STAY = size(1_500, 5_000);
const KILL_EVERY = size(1_000, 2_000);
const KILLS = size(1, 100);
/** Seconds within which everybody has everything, when all is quiet again. */
const SETTLING = 30;

/** Who come back at the same time, how far their replica is from the database (milliseconds, each way), and in how many seconds. */
const CROWD = size(100, 500);
const DISTANCE = 100;
const CAUGHT_UP_WITHIN = 5;

/** Now and then a commit takes up to half a second, while others go on. */
const COMMIT = 'CASE WHEN random() < 0.2 THEN 0.5 * random() ELSE 0 END';

describe('the streams of people who are cut off and move between replicas', () => {
  let instances: TwoInstances;
  let database: DataSource;
  let cluster: FanfareCluster;
  let ticking: ReturnType<typeof keepTicking>;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
    await slowDownCommits(database, 'a publication', COMMIT);
    cluster = await FanfareCluster.start(instances.one.url, ...times(REPLICAS, () => ({})));
    // The instances here publish as well: whoever takes turns, and whoever is dead, somebody is always at it.
    ticking = keepTicking(instances.one, instances.two);
  });
  afterAll(async () => {
    await ticking.stop();
    await cluster.stop();
    await instances.stop();
    journal.print();
  });

  it.each(['with hints', 'without hints'])('bring all that is published, once, %s', async (hints) => {
    if (hints === 'without hints') await silence(database);
    const brands = await Promise.all(times(WRITERS, () => instances.brand('service')));
    const clients = await Promise.all(times(CLIENTS, () => givenClient(brands)));
    await Promise.all(clients.map((client) => client.arrive()));

    const ending = new AbortController();
    const journeys = clients.map((client) => travel(client, ending.signal));
    const killing = killNowAndThen(ending.signal);
    const written = (await Promise.all(brands.map(write))).flat();
    await untilPublished(database, written, { seconds: SETTLING });
    ending.abort();
    await Promise.all([...journeys, killing]);

    const published = await publishedInOrder(database, written);
    for (const client of clients) {
      const expected = published
        .filter(({ accountId }) => client.follows.includes(accountId))
        .map(({ id }) => id);
      await eventually(() => client.received.size >= expected.length, { seconds: SETTLING }).catch(
        () => undefined,
      );
      client.leave();
      const missed = expected.filter((id) => !client.received.has(id));
      expect({ missed }).toEqual({ missed: [] });
      expect([...client.received.keys()]).toEqual(expected);
      expect(client.resets).toEqual([]);
      expect(Math.max(1, ...client.received.values())).toBeLessThanOrEqual(2);
      journal.did('moves of clients', client.moves);
      journal.did('repeated events', client.repeats);
      journal.checked(`events that arrived ${hints}`, expected.length);
    }
    journal.did('broadcasts', written.length);
    expect(await findFaults(database)).toEqual([]);
    journal.checked('the database as a whole');
  });

  it('have caught up in time when a crowd comes back at once, to a replica far from its database', async () => {
    const brands = await Promise.all(times(3, () => instances.brand('service')));
    const people = times(CROWD, () => unique('crowd'));
    await givenPeople(database, people);
    await givenFollowing(
      database,
      people,
      brands.map(({ id }) => id),
    );
    const lastEventId = await bookmark(database);
    const written = await Promise.all(brands.flatMap((brand) => times(BROADCASTS, () => publish(brand))));
    await untilPublished(database, written);
    const missed = (await publishedInOrder(database, written)).map(({ id }) => id);

    const [{ proxy, address }] = cluster.nodes as [ClusterNode];
    proxy.delay(DISTANCE);
    const begun = performance.now();
    const streams = await Promise.all(
      people.map(async (sub) => EventStream.live(address, await subscriberToken(sub), { lastEventId })),
    ).finally(() => {
      proxy.restore();
    });
    const took = (performance.now() - begun) / 1_000;
    for (const stream of streams) {
      stream.close();
      expect(stream.broadcasts).toEqual(missed);
    }
    journal.did('clients that came back at once', streams.length);
    journal.measured('a crowd had caught up after, s', took);
    expect(took).toBeLessThan(CAUGHT_UP_WITHIN);
  });

  it('say so when they cannot go on where somebody was', async () => {
    const token = await subscriberToken(unique('from-elsewhere'));
    const stream = await EventStream.open(cluster.nodes[0]?.address ?? '', token, {
      lastEventId: '999999999',
    });
    expect((await stream.next('reset')).data).toEqual({ reason: 'unknown-id' });
    stream.close();
    journal.checked('resets that were told');
  });

  async function givenClient(brands: readonly RacingBrand[]): Promise<MovingClient> {
    const person = await givenSubscriber(instances.one, unique('moves'));
    const follows = random
      .shuffle(brands)
      .slice(0, FOLLOWS)
      .map(({ id }) => id);
    for (const id of follows) expectStatus(200, await person.put(`/me/follows/${id}`));
    // As they are when it moves: a replica that was killed serves elsewhere afterwards.
    const anyAddress = () => random.pick(cluster.nodes).address;
    return new MovingClient(await subscriberToken(person.sub), anyAddress, follows);
  }

  async function travel(client: MovingClient, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) await client.move(random.between(STAY, LONGEST_STAY));
  }

  async function write(brand: RacingBrand): Promise<string[]> {
    const ids: string[] = [];
    for (let count = 0; count < BROADCASTS; count += 1) {
      await delay(random.between(0, WRITING));
      ids.push(await publish(brand));
    }
    return ids;
  }

  async function killNowAndThen(ending: AbortSignal): Promise<void> {
    for (;;) {
      await delay(KILL_EVERY, undefined, { signal: ending }).catch(() => undefined);
      if (ending.aborted || journal.count('kills of replicas') === KILLS) return;
      await random.pick(cluster.nodes).restart();
      journal.did('kills of replicas');
    }
  }
});

/** As behind a pooler that passes no notifications on: from the next connection on everybody calls into the void. */
async function silence(database: DataSource): Promise<void> {
  await database.query(`CREATE FUNCTION public.pg_notify(text, text) RETURNS void LANGUAGE sql AS ''`);
  await database.query(`DO $$ BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database());
  END $$`);
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
}

async function publish(brand: RacingBrand): Promise<string> {
  return expectStatus(201, await brand.create({ schedule: { now: true } })).body.id;
}

/** What a client has that has received everything so far. */
async function bookmark(database: DataSource): Promise<string> {
  const [{ head }] = await database.query<[{ head: string }]>(
    'SELECT coalesce(max(sequence), 0) AS head FROM broadcasts',
  );
  return head;
}

function publishedInOrder(
  database: DataSource,
  ids: readonly string[],
): Promise<{ id: string; accountId: string }[]> {
  return database.query(
    'SELECT id, account_id AS "accountId" FROM broadcasts WHERE id = ANY ($1) ORDER BY sequence',
    [ids],
  );
}
