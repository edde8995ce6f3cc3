import type { DataSource } from 'typeorm';
import type { Answer } from '../support/api';
import { setClock } from '../support/clock';
import { withClient } from '../support/database';
import { eventually } from '../support/eventually';
import type { Broadcast } from '../support/given';
import { keepTicking } from '../support/publishing';
import { EXHAUSTED, tally, times, TwoInstances, type RacingBrand } from '../support/two-instances';
import { approach, instant } from './due-instant';
import { someMidnights, type Midnight } from './midnights';
import { labelAt } from './rig/calendar';
import { findFaults } from './rig/checker';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const seed = seedOf('periods');
const random = prng(seed);
const journal = new Journal('periods', seed);

const MIDNIGHTS = size(4, 55);
/** Milliseconds. Before midnight the day's broadcasts are written and the clock is set; so much of the night is then seen. */
const PREPARING = 600_000;
const EVE = 900;
const NIGHT = 600;

/** What happens over midnight. */
const NIGHTS = ['replicas at work', 'no replica at work', 'accounts locked'] as const;

/** Answers to people who ask for something at the last or first instant of a period. */
const FAIR = new Set([
  '200',
  '201',
  EXHAUSTED,
  '409 /problems/broadcast-status-conflict',
  '422 /problems/invalid-schedule',
]);

describe('at midnight in the zone of an account', () => {
  let instances: TwoInstances;
  let database: DataSource;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    database = instances.one.database;
  });
  afterAll(async () => {
    await instances.stop();
    journal.print();
  });

  it('what is published counts in the period in which it went out, or does not go out', async () => {
    const nights = random.shuffle(NIGHTS);
    for (const [count, midnight] of someMidnights(MIDNIGHTS, random).entries()) {
      const night = of(nights, count);
      await setClock(database, instant(midnight.at - PREPARING));
      const brands = await Promise.all(
        times(6, (place) => instances.brand(of(midnight.types, place), midnight.timeZone)),
      );
      const planned = (await Promise.all(brands.map((brand) => givenPlanned(brand, midnight)))).flat();
      const answers = await passMidnight(midnight, night, brands, planned);
      for (const answer of answers) expectOwnPeriod(answer, midnight);
      await expectNoneTooLate(midnight, night, planned);
      for (const brand of brands) await expectFullAllowance(brand, midnight);
      expect(await findFaults(database)).toEqual([]);
      journal.did(`midnights, ${night}`);
      journal.did('requests around midnight', answers.length);
      journal.checked('the database as a whole');
    }
  });

  interface Planned {
    readonly brand: RacingBrand;
    readonly broadcast: Broadcast;
  }

  /** All of the old period's slots just before midnight, and one of the new one's just after. */
  function givenPlanned(brand: RacingBrand, { at }: Midnight): Promise<Planned[]> {
    const before = times(brand.allowance, () => at - random.int(500));
    const after = random.int(2) === 0 ? [at + random.int(400)] : [];
    return Promise.all(
      [...before, ...after].map(async (due) => ({
        brand,
        broadcast: await brand.givenScheduled(instant(due)),
      })),
    );
  }

  /** People go on scheduling, moving and cancelling over midnight. What they were answered. */
  async function passMidnight(
    midnight: Midnight,
    night: (typeof NIGHTS)[number],
    brands: readonly RacingBrand[],
    planned: readonly Planned[],
  ): Promise<Answer<Broadcast>[]> {
    const until = await approach(database, midnight.at, EVE);
    const ticking = night === 'no replica at work' ? undefined : keepTicking(instances.one, instances.two);
    const asking = brands.flatMap((brand) =>
      times(5, async () => {
        const [when, dice] = [random.between(-EVE / 2, NIGHT), random.int(6)];
        const schedule = dice < 4 ? { now: true } : { at: instant(midnight.at + random.int(NIGHT)) };
        const own = planned.filter((one) => one.brand === brand).map(({ broadcast }) => broadcast.id);
        const id = random.pick(own);
        await until(when);
        if (dice % 2 === 0) return brand.create({ schedule });
        return dice === 1 ? brand.cancel(id) : brand.place(id, schedule);
      }),
    );
    const locked = night === 'accounts locked' ? lockOver(brands, () => until(NIGHT / 2)) : undefined;
    await until(NIGHT);
    await locked;
    const answers = await Promise.all(asking);
    await instances.tick();
    await ticking?.stop();
    return answers;
  }

  /** Somebody holds the rows of the accounts, from now until after midnight. */
  async function lockOver(brands: readonly RacingBrand[], untilReleased: () => Promise<void>): Promise<void> {
    const ids = brands.map(({ id }) => id);
    await withClient(instances.one.url, async (client) => {
      await client.query('BEGIN');
      await client.query('SELECT FROM accounts WHERE id = ANY ($1) ORDER BY id FOR UPDATE', [ids]);
      await untilReleased();
      await client.query('COMMIT');
    });
  }

  function expectOwnPeriod(answer: Answer<Broadcast>, { timeZone }: Midnight): void {
    const [word = ''] = Object.keys(tally([answer]));
    expect(FAIR).toContain(word);
    const { period, scheduledAt } = answer.body;
    if (answer.status >= 400 || period === null) return;
    const type = period.length === 'YYYY-MM'.length ? 'service' : 'subscription';
    expect(period).toBe(labelAt(Date.parse(scheduledAt ?? ''), { type, timeZone }));
    journal.checked('slots of the period of their instant');
  }

  /** What was due before midnight went out before midnight or not at all. */
  async function expectNoneTooLate(
    { at }: Midnight,
    night: (typeof NIGHTS)[number],
    planned: readonly Planned[],
  ): Promise<void> {
    let endings: Broadcast[] = [];
    await eventually(async () => {
      await instances.tick();
      const answers = await Promise.all(planned.map(({ brand, broadcast }) => brand.read(broadcast.id)));
      endings = answers.map(({ body }) => body);
      return endings.every(({ status }) => status !== 'scheduled');
    });
    for (const { status, publishedAt, missedReason, scheduledAt } of endings) {
      const isOfTheDayBefore = Date.parse(scheduledAt ?? '') < at;
      if (publishedAt !== null) {
        const wentOutTheDayBefore = Date.parse(publishedAt) < at;
        expect({ isOfTheDayBefore, wentOutTheDayBefore }).toEqual({
          isOfTheDayBefore,
          wentOutTheDayBefore: isOfTheDayBefore && night !== 'no replica at work',
        });
        journal.checked('publications on their own day');
      } else if (status === 'missed') {
        expect({ missedReason, isOfTheDayBefore }).toEqual({
          missedReason: 'period ended',
          isOfTheDayBefore: true,
        });
        journal.checked('broadcasts that their day did not see');
      }
    }
  }

  async function expectFullAllowance(brand: RacingBrand, { at, timeZone }: Midnight): Promise<void> {
    const period = labelAt(at, { type: brand.type, timeZone });
    const { slots: taken = 0 } = (await brand.live())[period] ?? {};
    const more = await Promise.all(times(brand.allowance + 1, () => brand.schedule(instant(at + 3_600_000))));
    const { 201: accepted = 0, ...others } = tally(more);
    expect(taken + accepted).toBe(brand.allowance);
    expect(others).toEqual({ [EXHAUSTED]: brand.allowance + 1 - accepted });
    journal.checked('new periods with all of their allowance');
  }
});

function of<T>(items: readonly T[], place: number): T {
  return items[place % items.length] as T;
}
