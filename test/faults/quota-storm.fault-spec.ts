import type { DataSource } from 'typeorm';
import type { Answer } from '../support/api';
import { expectRefusal } from '../support/by-hand';
import { clockAhead, setClock } from '../support/clock';
import { expectStatus, type Broadcast } from '../support/given';
import { keepTicking } from '../support/publishing';
import { EXHAUSTED, tally, times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { falseRefusals, refusalOf, staysOf, type Step } from './false-refusals';
import { findFaults } from './rig/checker';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const seed = seedOf('quota-storm');
const random = prng(seed);
const journal = new Journal('quota-storm', seed);

const ACCOUNTS = size(8, 500);
const AT_ONCE = 4;
const REQUESTS = 50;
const BUSY_ACCOUNTS = size(6, 60);
const WORKERS = 8;
const STEPS = size(8, 20);

const TYPES = ['service', 'subscription'] as const;

/** In all of them the day on which the clock stands has hours left, and so has the month. */
const ZONES = ['UTC', 'America/New_York', 'Europe/Madrid', 'Asia/Kolkata', 'America/Los_Angeles'];
const NOON = '2027-03-10T12:00:00Z';

describe('a storm of requests for the same slots', () => {
  let instances: TwoInstances;
  let database: DataSource;
  let ticking: ReturnType<typeof keepTicking>;
  const stormed: RacingBrand[] = [];

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
    await setClock(database, NOON);
    ticking = keepTicking(instances.one, instances.two);
  });
  afterEach(async () => {
    expect(await findFaults(database)).toEqual([]);
    journal.checked('the database as a whole');
  });
  afterAll(async () => {
    await ticking.stop();
    await instances.stop();
    journal.print();
  });

  it('gives each account exactly its allowance, whichever way it asks for it', async () => {
    while (stormed.length < ACCOUNTS) {
      const brands = await givenBrands(AT_ONCE);
      const asking = (await Promise.all(brands.map(waysToAsk))).flat();
      const answers = new Map<RacingBrand, Answer<Broadcast>[]>(brands.map((brand) => [brand, []]));
      await Promise.all(
        random.shuffle(asking).map(async ({ brand, ask }) => answers.get(brand)?.push(await ask())),
      );
      for (const brand of brands) {
        const {
          [EXHAUSTED]: refused,
          201: created = 0,
          200: placed = 0,
          ...others
        } = tally(of(answers, brand));
        expect(others).toEqual({});
        expect({ accepted: created + placed, refused }).toEqual({
          accepted: brand.allowance,
          refused: REQUESTS - brand.allowance,
        });
      }
      stormed.push(...brands);
      journal.did('requests for a slot', asking.length);
      journal.checked('accounts with exactly their allowance', brands.length);
    }
  });

  it('is refused by the database too, when the code is left out', async () => {
    for (const brand of stormed) {
      const { body } = expectStatus(201, await brand.create());
      const [taken] = await database.query<[object & { slot: number }]>(
        'SELECT * FROM quota_slots WHERE account_id = $1 ORDER BY slot LIMIT 1',
        [brand.id],
      );
      const insert = (more: object) => insertSlot(database, { ...taken, broadcast_id: body.id, ...more });
      const beyond = { slot: brand.allowance + 1 };
      await expectRefusal(insert(beyond), '23514', 'quota_slots_within_allowance');
      await expectRefusal(insert({ slot: taken.slot }), '23505', 'quota_slots_pk');
      journal.checked('slots too many that SQL could not insert', 2);
    }
  });

  it('is refused nothing that is free, while slots are moved and given back', async () => {
    const ahead = await clockAhead(database);
    const brands = await givenBrands(BUSY_ACCOUNTS, ['UTC']);
    const steps = (await Promise.all(brands.map((brand) => scheduleMoveAndCancel(brand, ahead)))).flat();
    journal.did('requests that take, move and free slots', steps.length);
    expect(Object.keys(tally(steps.map(({ answer }) => answer))).sort()).toEqual([
      '200',
      '201',
      '409 /problems/broadcast-status-conflict',
      EXHAUSTED,
    ]);
    const refusals = steps.filter(({ answer }) => tally([answer])[EXHAUSTED]).map(refusalOf);
    const stays = await staysOf(database, steps);
    const allowances = new Map(brands.map(({ id, allowance }) => [id, allowance]));
    expect(falseRefusals(refusals, stays, (id) => allowances.get(id) ?? 0)).toEqual([]);
    journal.checked('refusals at a moment when nothing was free', refusals.length);
    await Promise.all(brands.map(expectToFillUp));
  });

  function givenBrands(count: number, zones = ZONES): Promise<RacingBrand[]> {
    return Promise.all(
      times(count, (place) => instances.brand(TYPES[place % 2] ?? 'service', random.pick(zones))),
    );
  }

  /** Fifty ways, begun as far as they can be without asking for a slot: now or later, at once or from a draft. */
  async function waysToAsk(brand: RacingBrand) {
    const drafts = times(REQUESTS, () => random.int(4) === 0);
    return Promise.all(
      drafts.map(async (isDraft) => {
        const when = random.int(3) === 0 ? { now: true } : { at: laterOnThatDay() };
        if (!isDraft) return { brand, ask: () => brand.create({ schedule: when }) };
        const { id } = expectStatus(201, await brand.create()).body;
        return { brand, ask: () => brand.place(id, when) };
      }),
    );
  }

  async function expectToFillUp(brand: RacingBrand): Promise<void> {
    const before = Object.values(await brand.live()).reduce((sum, { slots }) => sum + slots, 0);
    const asked = times(3, (period) =>
      times(brand.allowance + 1, () => brand.schedule(brand.instantIn(period))),
    ).flat();
    const { 201: accepted = 0 } = tally(await Promise.all(asked));
    expect(before + accepted).toBe(3 * brand.allowance);
    journal.checked('accounts whose free slots could all be taken');
  }
});

function of<K, V>(map: ReadonlyMap<K, readonly V[]>, key: K): readonly V[] {
  return map.get(key) ?? [];
}

function laterOnThatDay(): string {
  return new Date(Date.parse(NOON) + random.between(1, 5) * 3_600_000).toISOString();
}

async function insertSlot(database: DataSource, row: object): Promise<void> {
  await database.query(
    'INSERT INTO quota_slots SELECT * FROM jsonb_populate_record(NULL::quota_slots, $1::jsonb)',
    [JSON.stringify(row)],
  );
}

/** Several people at work on one account at once, who know of each other's broadcasts. */
async function scheduleMoveAndCancel(brand: RacingBrand, ahead: number): Promise<Step[]> {
  const known: string[] = [];
  const work = async (dice: ReturnType<typeof prng>) => {
    const steps: Step[] = [];
    for (let step = 0; step < STEPS; step += 1) {
      const broadcastId = known.length > 0 && dice.int(10) < 6 ? dice.pick(known) : undefined;
      const at = brand.instantIn(dice.int(3));
      const from = Date.now() + ahead;
      const act =
        broadcastId === undefined
          ? brand.schedule(at)
          : dice.int(2) === 0
            ? brand.cancel(broadcastId)
            : brand.reschedule(broadcastId, at);
      const answer = await act;
      if (answer.status === 201) known.push(answer.body.id);
      steps.push({ brand, broadcastId, from, until: Date.now() + ahead, answer });
    }
    return steps;
  };
  return (await Promise.all(times(WORKERS, () => work(prng(random.int(2 ** 31)))))).flat();
}
