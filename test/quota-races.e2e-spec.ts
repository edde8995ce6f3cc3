import type { DataSource } from 'typeorm';
import type { Answer } from './support/api';
import { setClock } from './support/clock';
import { expectStatus, type Broadcast } from './support/given';
import { EXHAUSTED, tally, times, TwoInstances, type RacingBrand } from './support/two-instances';

describe('two instances, when everybody wants the same slots', () => {
  let instances: TwoInstances;

  beforeAll(async () => {
    instances = await TwoInstances.start();
    await setClock(instances.one.database, '2027-03-10T12:00:00Z');
  });
  afterEach(async () => {
    // Slots against broadcasts against the audit log, over all accounts.
    const { body } = expectStatus(200, await instances.one.admin.get<object>('/admin/quota/check'));
    expect(body).toMatchObject({ consistent: true, faults: [] });
  });
  afterAll(() => instances.stop());

  it('give 16 accounts exactly their allowance when each asks 50 times at once', async () => {
    for (let pair = 0; pair < 8; pair += 1) {
      const brands = await givenBrands(2);
      const asked = times(50, () => brands.map((brand) => brand.schedule(brand.instantIn(0)))).flat();
      const answers = await Promise.all(asked);
      for (const [place, brand] of brands.entries()) {
        const own = answers.filter((_, index) => index % brands.length === place);
        expect(tally(own)).toEqual({ 201: brand.allowance, [EXHAUSTED]: 50 - brand.allowance });
        expect(Object.values(await brand.live())).toEqual([
          { scheduled: brand.allowance, slots: brand.allowance },
        ]);
      }
    }
  });

  it('never exceed an allowance while scheduling, moving and cancelling go on, and refuse nothing falsely after', async () => {
    const brands = await givenBrands(8);
    const watch = watchForExcess(instances.one.database);
    const answers = await Promise.all(
      brands.flatMap((brand) => scheduleMoveAndCancel(brand, { workers: 8, steps: 9 })),
    );
    expect(await watch.end()).toEqual([]);
    expect(Object.keys(tally(answers.flat())).sort()).toEqual([
      '200',
      '201',
      '409 /problems/broadcast-status-conflict',
      EXHAUSTED,
    ]);
    for (const brand of brands) {
      const before = Object.values(await brand.live());
      expect(before.filter(({ scheduled, slots }) => scheduled !== slots)).toEqual([]);
      const taken = before.reduce((sum, { slots }) => sum + slots, 0);
      const more = times(3, (period) =>
        times(brand.allowance + 1, () => brand.schedule(brand.instantIn(period))),
      ).flat();
      const { 201: succeeded } = tally(await Promise.all(more));
      expect(taken + (succeeded ?? 0)).toBe(3 * brand.allowance);
      expect(Object.values(await brand.live())).toEqual(
        times(3, () => ({ scheduled: brand.allowance, slots: brand.allowance })),
      );
    }
  });

  it('move broadcasts between two months in opposite directions without standing in their own way', async () => {
    const brand = await instances.brand('service');
    const ids = await givenFull(brand, 0);
    for (let count = 0; count < 3; count += 1) ids.push((await brand.givenScheduled(brand.instantIn(1))).id);
    for (let round = 0; round < 10; round += 1) {
      const moves = ids.map((id, place) => brand.reschedule(id, brand.instantIn((place + round) % 2)));
      expect(
        Object.keys(tally(await Promise.all(moves))).filter((word) => word !== '200' && word !== EXHAUSTED),
      ).toEqual([]);
      const live = Object.values(await brand.live());
      expect(live.reduce((sum, { scheduled }) => sum + scheduled, 0)).toBe(7);
    }
  });

  it.each(['service', 'subscription'] as const)(
    'swap nothing between two full periods of a %s account',
    async (type) => {
      const brand = await instances.brand(type);
      const [first, second] = [await givenFull(brand, 0), await givenFull(brand, 1)];
      const moves = times(5, () => [
        ...first.map((id) => brand.reschedule(id, brand.instantIn(1))),
        ...second.map((id) => brand.reschedule(id, brand.instantIn(0))),
      ]).flat();
      expect(tally(await Promise.all(moves))).toEqual({ [EXHAUSTED]: moves.length });
    },
  );

  it.each(['service', 'subscription'] as const)(
    'move a broadcast of a %s account within its full period, into the slot that it leaves',
    async (type) => {
      const brand = await instances.brand(type);
      const ids = await givenFull(brand, 0);
      const moves = times(8, (hour) =>
        ids.map((id) => brand.reschedule(id, brand.instantIn(0, hour))),
      ).flat();
      expect(tally(await Promise.all(moves))).toEqual({ 200: moves.length });
    },
  );

  it('count a broadcast that is cancelled by many at once as one slot freed', async () => {
    const brand = await instances.brand('service');
    const [id = ''] = await givenFull(brand, 0);
    const answers = await Promise.all(times(10, () => brand.cancel(id)));
    expect(tally(answers)).toEqual({ 200: 1, '409 /problems/broadcast-status-conflict': 9 });
    const more = await Promise.all(times(6, () => brand.schedule(brand.instantIn(0))));
    expect(tally(more)).toEqual({ 201: 1, [EXHAUSTED]: 5 });
  });

  it('take slots of grants that are given meanwhile, exactly as many as there are', async () => {
    const brands = await Promise.all(times(4, () => instances.brand('subscription')));
    await Promise.all(
      brands.map(async (brand) => {
        const day = brand.instantIn(0).slice(0, 10);
        const schedules = times(12, () => brand.schedule(brand.instantIn(0)));
        const grants = await Promise.all(times(3, () => brand.grant(day, 1)));
        expect(tally(grants)).toEqual({ 201: 3 });
        const { 201: early = 0, ...others } = tally(await Promise.all(schedules));
        expect(others).toEqual(early === 12 ? {} : { [EXHAUSTED]: 12 - early });
        const { 201: late = 0 } = tally(
          await Promise.all(times(6, () => brand.schedule(brand.instantIn(0)))),
        );
        expect(early + late).toBe(brand.allowance + 3);
        expect(await brand.live()).toEqual({ [day]: { scheduled: 4, slots: 4 } });
      }),
    );
  });

  function givenBrands(count: number): Promise<RacingBrand[]> {
    return Promise.all(
      times(count, (place) => instances.brand(place % 2 === 0 ? 'service' : 'subscription')),
    );
  }

  async function givenFull(brand: RacingBrand, period: number): Promise<string[]> {
    const filled = await Promise.all(
      times(brand.allowance, () => brand.givenScheduled(brand.instantIn(period))),
    );
    return filled.map(({ id }) => id);
  }
});

/** Several people at work on one account at once, who know of each other's broadcasts. */
async function scheduleMoveAndCancel(
  brand: RacingBrand,
  { workers, steps }: { workers: number; steps: number },
): Promise<Answer<Broadcast>[]> {
  const known: string[] = [];
  const work = async (worker: number) => {
    const answers: Answer<Broadcast>[] = [];
    for (let step = 0; step < steps; step += 1) {
      const dice = (worker * 7 + step * 5) % 10;
      const id = known[(worker * 3 + step) % Math.max(1, known.length)];
      const at = brand.instantIn((worker + step) % 3);
      const act =
        dice < 4 || id === undefined
          ? brand.schedule(at)
          : dice < 7
            ? brand.cancel(id)
            : brand.reschedule(id, at);
      const answer = await act;
      if (answer.status === 201) known.push(answer.body.id);
      answers.push(answer);
    }
    return answers;
  };
  return (await Promise.all(times(workers, work))).flat();
}

/** Looks again and again, until the end, for a period that holds more than its allowance. */
function watchForExcess(database: DataSource): { end(): Promise<unknown[]> } {
  const excess: unknown[] = [];
  const quiet = new AbortController();
  const watching = (async () => {
    while (!quiet.signal.aborted) {
      const found = await database.query<unknown[]>(
        `SELECT account_id, period, count(*) FROM quota_slots GROUP BY account_id, term, period, type
         HAVING count(*) > CASE type WHEN 'service' THEN 4 ELSE 1 END`,
      );
      excess.push(...found);
    }
  })();
  return {
    end: async () => {
      quiet.abort();
      await watching;
      return excess;
    },
  };
}
