import type { DataSource } from 'typeorm';
import type { Answer } from '../support/api';
import { databaseNow, setClock } from '../support/clock';
import { expectStatus, type Broadcast } from '../support/given';
import { keepTicking } from '../support/publishing';
import { EXHAUSTED, tally, times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { Aim, approach, instant } from './due-instant';
import { labelAt, stretchOf } from './rig/calendar';
import { findFaults } from './rig/checker';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { slowDownCommits } from './slow-commits';

const seed = seedOf('account-changes');
const random = prng(seed);
const journal = new Journal('account-changes', seed);
const aim = new Aim(random);

const SUSPENSIONS = size(64, 1_000);
const AT_ONCE = 32;
/** So many more at most, should there have been no race yet. */
const MORE = 320;
const OVERDUE = 50;
const WANDERERS = size(6, 30);
const STEPS = size(20, 150);

/** Between the first and the last of them lies more than a day. */
const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'UTC',
  'America/New_York',
  'Pacific/Pago_Pago',
];
const IN_THE_WAY = '409 /problems/scheduled-broadcasts-in-the-way';
const MINUTE = 60_000;

describe('an account', () => {
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

  it('that is suspended when something is due publishes nothing once that is answered', async () => {
    // Long enough for somebody to act between the last look at the account and the commit.
    await slowDownCommits(database, 'a publication', '0.01 * random()');
    const ticking = keepTicking(instances.one, instances.two);
    try {
      let brands: RacingBrand[] = [];
      for (let done = 0; done < SUSPENSIONS || (done < SUSPENSIONS + MORE && !wasRace()); done += AT_ONCE) {
        if (done % (AT_ONCE * 4) === 0)
          brands = await Promise.all(times(AT_ONCE, () => instances.brand('service')));
        await suspendAtDue(brands);
      }
    } finally {
      await ticking.stop();
    }
    expect(wasRace()).toBe(true);
  });

  it('that is resumed does not burst into what it had to leave out', async () => {
    const brand = await instances.brand('service');
    expectStatus(201, await brand.grant('2027-03', OVERDUE));
    const due = instant((await databaseNow(database)) + 10 * MINUTE);
    const ids = await Promise.all(times(OVERDUE, async () => (await brand.givenScheduled(due)).id));
    expectStatus(200, await move(brand, 'suspend'));
    await setClock(database, instant(Date.parse(due) + MINUTE));
    await instances.tick();
    expectStatus(200, await move(brand, 'resume'));
    await instances.tick();
    const after = await Promise.all(ids.map((id) => brand.read(id)));
    for (const { body } of after)
      expect(body).toMatchObject({ status: 'missed', missedReason: 'account suspended', period: null });
    journal.checked('broadcasts that a suspension left out', OVERDUE);
    expectStatus(201, await brand.create({ schedule: { now: true } }));
  });

  it('that changes its type has a list of what stands in the way', async () => {
    const brand = await instances.brand('subscription');
    const queue = await Promise.all(times(20, (period) => brand.givenScheduled(brand.instantIn(period))));
    const answer = await change(brand, { type: 'service' });
    expect(tally([answer])).toEqual({ [IN_THE_WAY]: 1 });
    const { broadcasts } = answer.body as unknown as { broadcasts: { id: string }[] };
    expect(broadcasts.map(({ id }) => id)).toEqual(queue.map(({ id }) => id));
    await Promise.all(queue.map(async ({ id }) => expectStatus(200, await brand.cancel(id))));
    expectStatus(200, await change(brand, { type: 'service' }));
  });

  it('that changes type and zone over midnight, again and again, gains no slot by it', async () => {
    const brands = await Promise.all(
      times(WANDERERS, () => instances.brand(random.pick(['service', 'subscription']))),
    );
    let now = await databaseNow(database);
    for (let step = 0; step < STEPS; step += 1) {
      now = random.int(2) === 0 ? nearMidnight(now) : now + random.between(1, 240) * MINUTE;
      await setClock(database, instant(now));
      const answers = await Promise.all(brands.flatMap((brand) => [act(brand, now), act(brand, now)]));
      await instances.tick();
      for (const word of Object.keys(tally(answers)))
        expect(['200', '201', EXHAUSTED, IN_THE_WAY, '422 /problems/invalid-schedule']).toContain(word);
      journal.did('changes of type or zone', answers.filter(({ body }) => 'timeZone' in body).length);
      journal.did('broadcasts between changes', answers.filter(({ status }) => status === 201).length);
      journal.did('refusals for want of quota', tally(answers)[EXHAUSTED] ?? 0);
    }
    expect(journal.count('refusals for want of quota')).toBeGreaterThan(0);
  });

  /** Suspensions and the scheduler have each come first now and then. */
  function wasRace(): boolean {
    return ['before', 'after'].every((order) => journal.count(`suspensions just ${order}`) > 0);
  }

  async function suspendAtDue(brands: readonly RacingBrand[]): Promise<void> {
    const due = Math.round(await databaseNow(database)) + MINUTE;
    const scheduled = await Promise.all(
      brands.map(async (brand) => {
        const { id } = await brand.givenScheduled(instant(due));
        return { brand, id };
      }),
    );
    const until = await approach(database, due, aim.lead);
    const endings = await Promise.all(
      scheduled.map(async ({ brand, id }) => {
        await until(aim.offset());
        expectStatus(200, await move(brand, 'suspend'));
        const told = expectStatus(200, await brand.read(id)).body;
        const after = await untilOver(brand, id);
        expectStatus(200, await move(brand, 'resume'));
        return { told, after };
      }),
    );
    for (const { told, after } of endings) {
      const isOut = told.status === 'published';
      expect(after).toMatchObject(isOut ? told : { status: 'missed', missedReason: 'account suspended' });
      journal.did(isOut ? 'suspensions just after' : 'suspensions just before');
    }
    aim.learn(endings.filter(({ told }) => told.status !== 'published').length / endings.length);
  }

  /** Something that uses the quota or changes the calendar in which it is counted. */
  function act(brand: RacingBrand, now: number): Promise<Answer<object>> {
    const dice = random.int(8);
    if (dice < 4) return brand.create({ schedule: { now: true } });
    if (dice < 5) return brand.create({ schedule: { at: instant(now + random.between(1, 60) * MINUTE) } });
    if (dice < 7) return change(brand, { timeZone: random.pick(ZONES) });
    return change(brand, { type: random.pick(['service', 'subscription']) });
  }

  function change(brand: RacingBrand, what: object): Promise<Answer<object>> {
    return brand.owner.patch(brand.path(), what, { 'if-match': '*' });
  }

  function move(brand: RacingBrand, what: 'suspend' | 'resume'): Promise<Answer> {
    return instances.admin.post(`/admin/accounts/${brand.id}/${what}`, {});
  }

  async function untilOver(brand: RacingBrand, id: string): Promise<Broadcast> {
    for (;;) {
      const { body } = expectStatus(200, await brand.read(id));
      if (body.status !== 'scheduled') return body;
    }
  }
});

/** A little before or after the end of the day in one of the zones. */
function nearMidnight(now: number): number {
  const timeZone = random.pick(ZONES);
  const calendar = { type: 'subscription', timeZone };
  const { until } = stretchOf(labelAt(now, calendar), calendar);
  return Math.max(now + 1_000, until + random.between(-30, 10) * MINUTE);
}
