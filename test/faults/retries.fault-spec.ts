import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { databaseNow, setClock } from '../support/clock';
import type { Api } from '../support/api';
import { expectStatus, givenMarketer, hello, unique, type Broadcast } from '../support/given';
import { tally, times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { editAtOnce } from './edits-at-once';
import { findFaults } from './rig/checker';
import { FanfareCluster } from './rig/fanfare-cluster';
import { ask } from './rig/http';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { slowDownCommits, untilCommitting } from './slow-commits';

const seed = seedOf('retries');
const random = prng(seed);
const journal = new Journal('retries', seed);

const KEYS = size(40, 2_000);
const KEYS_OF_A_BRAND = 40;
const SENDS = 5;
const KILLS = size(1, 20);
/** Of several brands, so that they do not wait for each other. */
const BRANDS = 6;
const POSTS = 4;
const CHAINS = size(8, 100);
const EDITS = 10;

const REUSED = '422 /problems/idempotency-key-reused';

type Created = Broadcast & { readonly createdAt: string };

describe('a request that is sent again', () => {
  let instances: TwoInstances;
  let database: DataSource;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
    await setClock(database, '2027-03-10T12:00:00Z');
  });
  afterEach(async () => {
    expect(await findFaults(database)).toEqual([]);
    journal.checked('the database as a whole');
  });
  afterAll(async () => {
    await instances.stop();
    journal.print();
  });

  it('has one effect and one answer, with its key, wherever and however often it arrives', async () => {
    for (let keys = 0; keys < KEYS; keys += KEYS_OF_A_BRAND) {
      // Both use the same keys, and shall not notice.
      const brands = await Promise.all(times(2, () => instances.brand('subscription')));
      for (const place of times(KEYS_OF_A_BRAND / 10, (tens) => tens * 10)) {
        const requests = brands.flatMap((brand) => times(10, (one) => requestOf(brand, place + one)));
        await Promise.all(requests.map(sendAtOnce));
        const again = requests[random.int(requests.length)];
        if (again) await sendLater(again);
      }
      for (const brand of brands) await expectOneEach(brand);
    }
  });

  interface KeyedRequest {
    readonly brand: RacingBrand;
    readonly key: string;
    readonly body: object;
    /** What somebody else sends with the same key. */
    readonly otherBody: object | undefined;
  }

  function requestOf(brand: RacingBrand, place: number): KeyedRequest {
    const kind = random.int(3);
    const schedule = place === 0 ? { now: true } : { at: brand.instantIn(place) };
    return {
      brand,
      key: `post-${place}`,
      body: { content: { ...hello, text: `Post ${random.int(1e6)}` }, ...(kind > 0 && { schedule }) },
      otherBody: random.int(4) === 0 ? { content: { ...hello, text: 'Something else' } } : undefined,
    };
  }

  async function sendAtOnce({ brand, key, body, otherBody }: KeyedRequest): Promise<void> {
    const isOther = times(SENDS, (place) => otherBody !== undefined && place === random.int(SENDS));
    const answers = await Promise.all(
      isOther.map((other) => brand.create((other ? otherBody : body) ?? body, key)),
    );
    journal.did('requests with a key', SENDS);
    const accepted = answers.filter(({ status }) => status === 201);
    for (const answer of accepted) expect(answer.body).toEqual(accepted[0]?.body);
    const winner = answers.findIndex(({ status }) => status === 201);
    const losers = isOther.filter((other) => other !== isOther[winner]).length;
    expect(tally(answers)).toEqual({ 201: SENDS - losers, ...(losers > 0 && { [REUSED]: losers }) });
    journal.checked('keys with one effect and one answer');
    if (losers > 0) journal.checked('other bodies refused', losers);
  }

  /** The first answer comes again, whatever has become of the broadcast since. */
  async function sendLater({ brand, key, body, otherBody }: KeyedRequest): Promise<void> {
    if (otherBody) return;
    const first = expectStatus(201, await brand.create(body, key));
    const { id, status, version } = first.body;
    const change =
      status === 'scheduled' ? brand.cancel(id) : brand.edit(id, { ...hello, text: 'Later' }, `"${version}"`);
    expectStatus(200, await change);
    expect((await brand.create(body, key)).body).toEqual(first.body);
    journal.checked('first answers given again after a change');
  }

  async function expectOneEach(brand: RacingBrand): Promise<void> {
    const [counts] = await database.query<[{ broadcasts: number; keys: number }]>(
      `SELECT count(*)::integer AS broadcasts, count(DISTINCT idempotency_key)::integer AS keys
         FROM broadcasts WHERE account_id = $1`,
      [brand.id],
    );
    expect(counts).toEqual({ broadcasts: KEYS_OF_A_BRAND, keys: KEYS_OF_A_BRAND });
  }

  it('has one effect when the process dies between the effect and the answer', async () => {
    const { api } = await givenMarketer(instances.one);
    const cluster = await FanfareCluster.start(instances.one.url, {}, {});
    const [victim, heir] = cluster.nodes;
    if (!victim || !heir) throw new Error('There are two nodes');
    try {
      await slowDownCommits(database, 'a new broadcast', '0.1 + 0.3 * random()', victim.name);
      for (let kill = 0; kill < KILLS; kill += 1) {
        if (victim.process.hasEnded) await victim.start();
        const requests = await givenRequests(api);
        const sending = requests.map((request) => request(victim.address).catch(() => undefined));
        await delay(random.between(0, 60));
        await untilCommitting(database, victim.name, 3);
        await victim.kill();
        const killedAt = await databaseNow(database);
        // At once, while PostgreSQL may still be at the commits of the dead.
        const retried = await Promise.all(
          requests.map((request) => Promise.all([request(heir.address), request(heir.address)])),
        );
        const heard = await Promise.all(sending);
        for (const [place, [one, two]] of retried.entries()) {
          expect(one).toMatchObject({ status: 201 });
          expect(two).toEqual(one);
          if (heard[place]) expect(heard[place]).toEqual(one);
          else if (Date.parse(one.body.createdAt) < killedAt) journal.did('answers lost after their effect');
        }
        const effects = retried.map(([{ body }]) => body.accountId);
        expect(await countBroadcasts(database, effects)).toBe(requests.length);
        journal.did('kills with requests under way');
        journal.checked('keys with one effect after a kill', requests.length);
      }
      expect(journal.count('answers lost after their effect')).toBeGreaterThan(0);
    } finally {
      await cluster.stop();
    }
  });

  /** Each to be sent to any address, and again. */
  async function givenRequests(api: Api) {
    const requests: ((address: string) => Promise<{ status: number; body: Created }>)[] = [];
    for (let brand = 0; brand < BRANDS; brand += 1) {
      const account = {
        handle: unique('killed'),
        name: 'Sunrise Bakery',
        type: 'subscription',
        timeZone: 'UTC',
      };
      const { id } = expectStatus(201, await api.post<{ id: string }>('/accounts', account)).body;
      for (let place = 0; place < POSTS; place += 1) {
        const at = new Date(Date.UTC(2027, 3, 1 + place, 12)).toISOString();
        const options = {
          token: api.token ?? '',
          headers: { 'idempotency-key': `post-${place}` },
          body: { content: hello, ...(random.int(3) > 0 && { schedule: { at } }) },
        };
        requests.push(async (address) => {
          const url = `${address}/v1/accounts/${id}/broadcasts`;
          const { status, body } = await ask<Created>('POST', url, options);
          return { status, body };
        });
      }
    }
    return requests;
  }

  it('changes only what its sender has read: of those who read the same, one gets through', async () => {
    const brands = await Promise.all(times(CHAINS, () => instances.brand('service')));
    for (const pairs of await Promise.all(
      brands.map((brand) => editAtOnce(brand, prng(random.int(2 ** 31)), EDITS)),
    )) {
      journal.did('edits at once', 4 * pairs);
      journal.checked('pairs of edits of which one got through', pairs);
    }
  });
});

async function countBroadcasts(database: DataSource, accountIds: readonly string[]): Promise<number> {
  const [{ count }] = await database.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM broadcasts WHERE account_id = ANY ($1)',
    [accountIds],
  );
  return count;
}
