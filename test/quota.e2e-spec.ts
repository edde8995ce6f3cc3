import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import { expectStatus, givenBrand, givenScheduled, schedule, type Brand } from './support/given';
import { tick } from './support/publishing';

interface Quota {
  readonly items: readonly Record<string, unknown>[];
  readonly nextAvailableAt: string | null;
}
interface Move {
  readonly kind: string;
  readonly period: string;
  readonly slot: number;
  readonly reason: string | null;
}

describe('the quota of an account', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => setClock(app.database, '2027-03-10T12:00:00Z'));
  afterAll(() => app.stop());

  const quota = async (brand: Brand, query = '') =>
    expectStatus(200, await brand.owner.get<Quota>(brand.path(`/quota${query}`))).body;
  const act = (brand: Brand, id: string, verb: string, body?: object) =>
    brand.owner.post(brand.path(`/broadcasts/${id}/${verb}`), body);
  const grant = (brand: Brand, period: string, slots: unknown = 1) =>
    app.admin.post(`/admin/quota/${brand.id}/grants`, { period, slots, reason: 'Flood warning' });

  it('is that of the current period and the next, unless other dates are asked for', async () => {
    const brand = await givenBrand(app, 'service', { timeZone: 'Europe/Madrid' });
    const fresh = { allowance: 4, granted: 0, reserved: 0, used: 0, remaining: 4 };
    expect(await quota(brand)).toEqual({
      items: [
        {
          period: '2027-03',
          startsAt: '2027-02-28T23:00:00.000Z',
          endsAt: '2027-03-31T22:00:00.000Z',
          ...fresh,
        },
        {
          period: '2027-04',
          startsAt: '2027-03-31T22:00:00.000Z',
          endsAt: '2027-04-30T22:00:00.000Z',
          ...fresh,
        },
      ],
      nextAvailableAt: expect.stringMatching(/^2027-03-10T12:00:0/) as string,
    });
  });

  it('is counted by the local dates that are asked for, both included', async () => {
    const daily = await givenBrand(app, 'subscription', { timeZone: 'Europe/Madrid' });
    const week = await quota(daily, '?from=2027-03-26&to=2027-03-29');
    expect(week.items.map(({ period }) => period)).toEqual([
      '2027-03-26',
      '2027-03-27',
      '2027-03-28',
      '2027-03-29',
    ]);
    // The day on which the clock is put forward.
    expect(week.items[2]).toMatchObject({
      startsAt: '2027-03-27T23:00:00.000Z',
      endsAt: '2027-03-28T22:00:00.000Z',
    });
    const monthly = await givenBrand(app);
    const months = await quota(monthly, '?from=2027-03-31&to=2027-04-01');
    expect(months.items.map(({ period }) => period)).toEqual(['2027-03', '2027-04']);
  });

  it.each([
    ['?from=2027-03-11&to=2027-03-10', 422],
    ['?from=2027-03-10&to=2028-05-01', 422],
    ['?from=2027-02-29', 400],
    ['?to=2027-03', 400],
    ['?from=2027-03-10T00:00:00Z', 400],
    ['?day=2027-03-10', 400],
  ])('is refused for %s', async (query, status) => {
    const brand = await givenBrand(app);
    expectStatus(status, await brand.owner.get(brand.path(`/quota${query}`)));
  });

  it('follows every broadcast through its life', async () => {
    const brand = await givenBrand(app);
    const counts = async () => {
      const [{ reserved, used, remaining } = {}] = (await quota(brand)).items;
      return { reserved, used, remaining };
    };
    const first = await givenScheduled(brand, { now: true });
    const second = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
    expect(await counts()).toEqual({ reserved: 2, used: 0, remaining: 2 });
    await tick(app);
    expect(await counts()).toEqual({ reserved: 1, used: 1, remaining: 2 });
    expectStatus(200, await act(brand, first.id, 'recall'));
    expect(await counts()).toEqual({ reserved: 1, used: 1, remaining: 2 });
    expectStatus(200, await act(brand, second.id, 'schedule', { at: '2027-04-20T08:00:00Z' }));
    expect(await counts()).toEqual({ reserved: 0, used: 1, remaining: 3 });
    expectStatus(200, await act(brand, second.id, 'cancel'));
    expect((await quota(brand)).items[1]).toMatchObject({ period: '2027-04', reserved: 0, remaining: 4 });
  });

  it('names an instant from which there is a slot', async () => {
    const brand = await givenBrand(app, 'subscription', { timeZone: 'Asia/Kathmandu' });
    for (const day of ['10', '11', '12'])
      await givenScheduled(brand, { at: `2027-03-${day}T18:00:00+05:45` });
    const { nextAvailableAt } = await quota(brand);
    expect(nextAvailableAt).toBe('2027-03-12T18:15:00.000Z');
    const before = new Date(Date.parse(String(nextAvailableAt)) - 1).toISOString();
    expect(expectStatus(409, await schedule(brand, { at: before })).body).toMatchObject({ nextAvailableAt });
    await givenScheduled(brand, { at: String(nextAvailableAt) });
  });

  it('shows a former calendar for as long as it was the account’s', async () => {
    const brand = await givenBrand(app, 'subscription');
    await givenScheduled(brand, { now: true });
    await tick(app);
    await setClock(app.database, '2027-03-12T12:00:00Z');
    expectStatus(200, await brand.owner.patch(brand.path(), { type: 'service' }));
    const shown = await quota(brand, '?from=2027-03-10&to=2027-04-01');
    expect(shown.items.map(({ period, used }) => [period, used])).toEqual([
      ['2027-03-10', 1],
      ['2027-03-11', 0],
      ['2027-03-12', 0],
      ['2027-03', 1],
      ['2027-04', 0],
    ]);
    expect((await quota(brand)).items.map(({ period }) => period)).toEqual(['2027-03', '2027-04']);
  });

  it('can be read back move by move', async () => {
    const brand = await givenBrand(app, 'subscription');
    const { id } = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
    expectStatus(200, await act(brand, id, 'schedule', { at: '2027-03-21T08:00:00Z' }));
    await setClock(app.database, '2027-03-21T09:00:01Z');
    await tick(app);
    const history = async (query = '') =>
      expectStatus(
        200,
        await brand.owner.get<{ items: Move[]; nextCursor: string }>(brand.path(`/quota/history${query}`)),
      ).body;
    const moves = (await history()).items.map(({ kind, period, reason }) => [kind, period, reason]);
    expect(moves.reverse()).toEqual([
      ['reserve', '2027-03-20', null],
      ['release', '2027-03-20', 'rescheduled'],
      ['reserve', '2027-03-21', null],
      ['release', '2027-03-21', 'too late'],
    ]);
    expect((await history('?period=2027-03-21')).items.map(({ kind }) => kind)).toEqual([
      'release',
      'reserve',
    ]);
    const { nextCursor } = await history('?limit=1');
    const [list] = JSON.parse(Buffer.from(nextCursor, 'base64url').toString()) as [string];
    const made = Buffer.from(JSON.stringify([list, 'yesterday', 'x', 'y'])).toString('base64url');
    expectStatus(400, await brand.owner.get(brand.path(`/quota/history?cursor=${made}`)));
  });

  it('is widened by a grant for a period that is not over and within reach', async () => {
    const monthly = await givenBrand(app);
    for (const period of ['2027-03', '2028-04']) expectStatus(201, await grant(monthly, period));
    for (const period of ['2027-02', '2028-05', '2027-03-10', '2027-13'])
      expectStatus(422, await grant(monthly, period));
    const daily = await givenBrand(app, 'subscription', { timeZone: 'Pacific/Kiritimati' });
    for (const period of ['2027-03-11', '2028-04-14']) expectStatus(201, await grant(daily, period));
    for (const period of ['2027-03-10', '2028-04-15', '2027-03'])
      expectStatus(422, await grant(daily, period));
    for (const slots of [0, 101, -1, 1.5, '1', null])
      expectStatus(400, await grant(daily, '2027-03-11', slots));
    expect((await quota(daily)).items[0]).toMatchObject({ period: '2027-03-11', granted: 1, remaining: 2 });
  });

  it('does not carry a grant over into another calendar', async () => {
    const brand = await givenBrand(app);
    expectStatus(201, await grant(brand, '2027-03', 2));
    for (let count = 0; count < 6; count += 1) await givenScheduled(brand, { now: true });
    await tick(app);
    expectStatus(200, await brand.owner.patch(brand.path(), { timeZone: 'Asia/Tokyo' }));
    expect((await quota(brand)).items[0]).toMatchObject({
      period: '2027-03',
      allowance: 4,
      granted: 0,
      remaining: 0,
    });
    expect((await app.admin.get('/admin/quota/check')).body).toMatchObject({ consistent: true });
  });
});
