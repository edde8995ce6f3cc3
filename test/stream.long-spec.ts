import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from './support/app';
import { EventStream, subscriberToken, type StreamEvent } from './support/event-stream';
import { eventually } from './support/eventually';
import { FanfareProcess } from './support/fanfare-process';
import { givenBrand, givenFollower, unique, type Brand } from './support/given';
import { MovingClient } from './support/moving-client';
import { givenPublished } from './support/published';
import { givenCrowd } from './support/pushed';
import { SECRETS } from './support/secrets';

/** Beside the crowd of followers, the brand of a few: what it costs to reach them must not grow with the crowd. */
const FEW = 10;
const BROADCASTS = 20;

/** Both ends need a file for each connection: the hard limit (ulimit -Hn) has to be above this. */
const CROWDS = [1_000, 5_000];

const CLIENTS = 200;
const BRANDS = 6;
const MOVING_SECONDS = 30;

/** Of the built application: figures are printed, and only what would be a fault fails. */
describe('the live stream', () => {
  let app: TestApp;
  const replicas: FanfareProcess[] = [];
  const streams: EventStream[] = [];
  const figures: Record<string, unknown> = {};

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    for (const replica of replicas.splice(0)) await replica.kill();
  });
  afterAll(async () => {
    await app.stop();
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  });

  function startReplica(): FanfareProcess {
    const replica = new FanfareProcess({ DATABASE_URL: app.url, ...SECRETS, RATE_LIMIT: '0' });
    replicas.push(replica);
    return replica;
  }

  /** By performance.now(), when it had been committed. */
  async function publish(brand: Brand, hint: boolean): Promise<{ id: string; at: number }> {
    const id = await givenPublished(app, brand);
    const at = performance.now();
    if (hint) await app.database.query(`SELECT pg_notify('fanfare_published', '')`);
    return { id, at };
  }

  it.each(CROWDS)(
    'reaches %i followers on one process',
    async (size) => {
      const brand = await givenBrand(app, 'subscription');
      const small = await givenBrand(app, 'subscription');
      const crowd = await givenCrowd(app, brand, size);
      await app.database.query(
        `INSERT INTO follows (subscriber_id, account_id, followed_at)
       SELECT subscriber_id, $2, fanfare_now() FROM follows WHERE account_id = $1 LIMIT $3`,
        [brand.id, small.id, FEW],
      );
      await app.database.query('ANALYZE follows, subscribers, broadcasts');
      const replica = startReplica();
      const address = await replica.address();
      const idle = await usageOf(address);

      const arrivals = new Map<string, number[]>();
      const onEvent = ({ data, at }: StreamEvent) => {
        const id = String(data.id);
        const times = arrivals.get(id);
        if (times) times.push(at);
        else arrivals.set(id, [at]);
      };
      const begun = performance.now();
      await atOnce(50, crowd, async (sub) => {
        streams.push(await EventStream.live(address, await subscriberToken(sub), { onEvent }));
      });
      const connecting = (performance.now() - begun) / 1000;
      const connected = await usageOf(address);

      /** Milliseconds from commit to event, over all broadcasts and all who got them. */
      const latencies = async (to: Brand, followers: number, hint: boolean) => {
        const all: number[] = [];
        for (let count = 0; count < BROADCASTS; count += 1) {
          await delay(300 + Math.random() * 400); // at any time between two looks
          const { id, at } = await publish(to, hint);
          await eventually(() => arrivals.get(id)?.length === followers, { seconds: 15 });
          all.push(...(arrivals.get(id) ?? []).map((time) => time - at));
        }
        expect(all).toHaveLength(BROADCASTS * followers);
        return percentiles(all);
      };
      const toAll = await latencies(brand, size, true);
      const busy = await usageOf(address);
      const toFew = await latencies(small, FEW, true);
      const afterFew = await usageOf(address);
      const withoutHint = await latencies(brand, size, false);
      await delay(15_000); // long enough for everybody's heartbeat
      expect(streams.filter(({ hasEnded }) => hasEnded)).toEqual([]);
      for (const stream of streams.splice(0)) stream.close();
      await delay(2_000);
      figures[`${size} connections`] = {
        connecting: `${connecting.toFixed(1)} s`,
        'commit to event, all follow': toAll,
        [`commit to event, ${FEW} follow`]: toFew,
        'commit to event, without the hint': withoutHint,
        'CPU a broadcast, all follow': cpu(connected, busy, BROADCASTS),
        [`CPU a broadcast, ${FEW} follow`]: cpu(busy, afterFew, BROADCASTS),
        memory: {
          before: idle.memory,
          connected: connected.memory,
          'after publishing': (await usageOf(address)).memory,
        },
      };
      expect(withoutHint.p99).toBeLessThan(5_000);
    },
    300_000,
  );

  it('gives everybody everything once, while they drop and move, and while a replica dies now and then', async () => {
    const brands: Brand[] = [];
    for (let count = 0; count < BRANDS; count += 1) brands.push(await givenBrand(app, 'subscription'));
    const published = new Map<string, string[]>(brands.map(({ id }) => [id, []]));
    const doors = [startReplica(), startReplica()];
    const addresses = await Promise.all(doors.map((door) => door.address()));
    const anyAddress = () => addresses[Math.floor(Math.random() * addresses.length)] ?? '';
    const clients = await Promise.all(
      Array.from({ length: CLIENTS }, async () => {
        const sub = unique('mover');
        const follows = brands.filter(() => Math.random() < 0.5);
        for (const brand of follows) await givenFollower(app, brand, sub);
        const followed = follows.map(({ id }) => id);
        return new MovingClient(await subscriberToken(sub), anyAddress, followed);
      }),
    );
    await Promise.all(clients.map((client) => client.arrive()));

    let moving = true;
    const journeys = clients.map(async (client) => {
      while (moving) await client.move(Math.random() * 1_500);
    });
    const end = performance.now() + MOVING_SECONDS * 1000;
    let killAt = performance.now() + 7_000;
    while (performance.now() < end) {
      const brand = brands[Math.floor(Math.random() * BRANDS)] as Brand;
      const { id } = await publish(brand, Math.random() < 0.5);
      published.get(brand.id)?.push(id);
      await delay(Math.random() * 60);
      if (performance.now() > killAt) {
        killAt += 7_000;
        const door = Math.floor(Math.random() * doors.length);
        await doors[door]?.kill();
        doors[door] = startReplica();
        addresses[door] = await doors[door].address();
      }
    }
    moving = false;
    await Promise.all(journeys);

    const order = new Map((await idsInOrder()).map((id, place) => [id, place]));
    let gaps = 0;
    let repeats = 0;
    for (const client of clients) {
      const expected = client.follows.flatMap((id) => published.get(id) ?? []);
      expected.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
      await eventually(() => client.received.size >= expected.length);
      gaps += expected.filter((id) => !client.received.has(id)).length;
      repeats += client.repeats;
      expect([...client.received.keys()]).toEqual(expected);
      expect(client.resets).toEqual([]);
      client.leave();
    }
    const count = [...published.values()].flat().length;
    const moves = clients.reduce((sum, client) => sum + client.moves, 0);
    figures['moving between two replicas'] = { clients: CLIENTS, broadcasts: count, moves, gaps, repeats };
    expect({ gaps, repeats }).toEqual({ gaps: 0, repeats: 0 });
  }, 180_000);

  async function idsInOrder(): Promise<string[]> {
    const rows = await app.database.query<{ id: string }[]>(
      'SELECT id FROM broadcasts WHERE sequence IS NOT NULL ORDER BY sequence',
    );
    return rows.map(({ id }) => id);
  }
});

interface Usage {
  /** Resident, in megabytes. */
  readonly memory: number;
  /** Seconds since the start. */
  readonly cpu: number;
}

async function usageOf(address: string): Promise<Usage> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  return {
    memory: Math.round(value('process_resident_memory_bytes') / 1_048_576),
    cpu: value('process_cpu_seconds_total'),
  };
}

function cpu(before: Usage, after: Usage, count: number): string {
  return `${Math.round(((after.cpu - before.cpu) * 1000) / count)} ms`;
}

function percentiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? NaN);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** So many at a time. */
async function atOnce<T>(
  places: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const loop = async () => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: places }, loop));
}
