import type { DataSource } from 'typeorm';
import type { Api } from '../support/api';
import { databaseNow, setClock } from '../support/clock';
import { expectStatus, givenSubscriber } from '../support/given';
import { keepTicking, tick } from '../support/publishing';
import { times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { ACTS, expectToldSo, FIRST, isInTime, LATER, type Act, type After, type Trial } from './acts-at-due';
import { Aim, approach, instant } from './due-instant';
import { findFaults } from './rig/checker';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { slowDownCommits, untilCommitting } from './slow-commits';

/** A trial, and what became of it. */
type Ended = Trial & { readonly after: After };

const seed = seedOf('orders');
const random = prng(seed);
const journal = new Journal('orders', seed);
const aim = new Aim(random);

const TRIALS = size(96, 2_000);
const AT_ONCE = 32;
/** As many as a brand may publish in the month in which the clock stands. */
const BROADCASTS_OF_A_BRAND = 4;
const TURNS = size(2, 20);
/** So many more at most, should there have been no race yet. */
const MORE = 320;
/** Milliseconds. The clock is set forward over what is left of it when they have been written. */
const AHEAD_OF_DUE = 60_000;

describe('people who act at the instant of publication', () => {
  let instances: TwoInstances;
  let database: DataSource;
  let follower: Api;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
    await setClock(database, '2027-03-10T12:00:00Z');
    follower = await givenSubscriber(instances.one);
  });
  afterEach(async () => {
    expect(await findFaults(database)).toEqual([]);
    journal.checked('the database as a whole');
  });
  afterAll(async () => {
    await instances.stop();
    journal.print();
  });

  it('are told what happens', async () => {
    const ticking = keepTicking(instances.one, instances.two);
    try {
      let brands: RacingBrand[] = [];
      for (let done = 0; done < TRIALS || (done < TRIALS + MORE && !wasRace()); done += AT_ONCE) {
        if (done % (AT_ONCE * BROADCASTS_OF_A_BRAND) === 0) brands = await givenBrands();
        const trials: Ended[] = [];
        // One after another: one follower may have only so many answers under way.
        for (const trial of await runWave(brands)) trials.push(await readAfter(trial));
        judge(trials);
      }
    } finally {
      await ticking.stop();
    }
    expect(wasRace()).toBe(true);
  });

  it('find that publishers take turns: what comes later is neither held up nor given the same place', async () => {
    await slowDownCommits(database, 'a publication', '0.2 + 0.2 * random()');
    for (let turn = 0; turn < TURNS; turn += 1) {
      const [first, second] = [await instances.brand('service'), await instances.brand('service')];
      await first.create({ schedule: { now: true } });
      const firstTurn = tick(instances.one);
      await untilCommitting(database, 'fanfare', 1);
      const { id } = expectStatus(201, await second.create({ schedule: { now: true } })).body;
      await tick(instances.two);
      await firstTurn;
      await tick(instances.two);
      expect((await second.read(id)).body).toMatchObject({ status: 'published' });
      journal.checked('turns of publishers');
    }
  });

  function judge(trials: readonly Ended[]): void {
    for (const trial of trials) {
      expectToldSo(trial);
      journal.did(`${trial.act}: ${isInTime(trial) ? 'in time' : 'too late'}`);
    }
    aim.learn(trials.filter(isInTime).length / trials.length);
    journal.checked('broadcasts whose end is what people were told', trials.length);
  }

  /** People and the scheduler have each come first now and then, whatever people did. */
  function wasRace(): boolean {
    return Object.keys(ACTS).every(
      (act) => journal.count(`${act}: in time`) > 0 && journal.count(`${act}: too late`) > 0,
    );
  }

  async function givenBrands(): Promise<RacingBrand[]> {
    const brands = await Promise.all(times(AT_ONCE, () => instances.brand('service')));
    for (const { id } of brands) expectStatus(200, await follower.put(`/me/follows/${id}`));
    return brands;
  }

  /** One broadcast of each brand, all due at the same instant, and somebody for each who acts at about that time. */
  async function runWave(brands: readonly RacingBrand[]): Promise<Trial[]> {
    const due = Math.round(await databaseNow(database)) + AHEAD_OF_DUE;
    const schedule = { at: instant(due) };
    const plans = await Promise.all(
      brands.map(async (brand) => ({
        brand,
        before: expectStatus(201, await brand.create({ content: FIRST, schedule })).body,
      })),
    );
    const until = await approach(database, due, aim.lead);
    return Promise.all(
      plans.map(async ({ brand, before }) => {
        const act = random.pick(Object.keys(ACTS) as Act[]);
        await until(aim.offset());
        return { act, brand, before, told: await Promise.all(ACTS[act](brand, before)) };
      }),
    );
  }

  async function readAfter(trial: Trial): Promise<Ended> {
    const {
      brand,
      before: { id },
    } = trial;
    const read = () =>
      database.query<[Omit<After, 'received'>]>(
        `SELECT status, content, version, scheduled_at = $2 AS moved,
                (SELECT count(*)::integer FROM quota_slots WHERE broadcast_id = b.id) AS slots,
                (SELECT array_agg(action ORDER BY at, id) FROM audit_entries WHERE subject = 'broadcast:' || b.id) AS story
           FROM broadcasts b WHERE id = $1`,
        [id, LATER],
      );
    let [after] = await read();
    while (after.status === 'scheduled' && !after.moved) [after] = await read();
    const inbox = await follower.get<{ items: { id: string; content: unknown }[] }>(`/me/inbox/${brand.id}`);
    const received =
      inbox.status === 404 ? undefined : inbox.body.items.find((item) => item.id === id)?.content;
    return { ...trial, after: { ...after, received } };
  }
});
