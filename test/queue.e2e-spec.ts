import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import { expectStatus, givenBrand, givenScheduled, schedule, type Broadcast } from './support/given';

describe('the queue', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setClock(app.database, '2027-03-10T12:00:00Z');
  });
  afterAll(() => app.stop());

  const mornings = { postingTimes: ['30 8 * * 1-5', '0 11 * * 6'], timeZone: 'Europe/Madrid' };

  it('takes the next posting times, each of a day that has its slot left', async () => {
    const brand = await givenBrand(app, 'subscription', mornings);
    await givenScheduled(brand, { at: '2027-03-12T20:00:00+01:00' });
    const queued: Broadcast[] = [];
    for (let n = 0; n < 4; n += 1) queued.push(await givenScheduled(brand, { queue: true }));
    expect(queued.map(({ scheduledAt }) => scheduledAt)).toEqual([
      '2027-03-11T07:30:00.000Z',
      '2027-03-13T10:00:00.000Z',
      '2027-03-15T07:30:00.000Z',
      '2027-03-16T07:30:00.000Z',
    ]);
  });

  it('passes over a month that is full', async () => {
    const brand = await givenBrand(app, 'service', mornings);
    for (let n = 0; n < 4; n += 1) await givenScheduled(brand, { at: '2027-03-31T21:00:00Z' });
    expect((await givenScheduled(brand, { queue: true })).scheduledAt).toBe('2027-04-01T06:30:00.000Z');
  });

  it('may give a broadcast back the place that it leaves', async () => {
    const brand = await givenBrand(app, 'subscription', mornings);
    const { id, scheduledAt } = await givenScheduled(brand, { queue: true });
    const again = await brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/schedule`), {
      queue: true,
    });
    expect(again.body.scheduledAt).toBe(scheduledAt);
  });

  it('is refused to an account without posting times, and where none within reach has a slot', async () => {
    const noTimes = '/problems/no-posting-time';
    const none = await schedule(await givenBrand(app), { queue: true });
    expect(expectStatus(422, none).body).toMatchObject({ type: noTimes });
    const yearly = await givenBrand(app, 'service', { postingTimes: ['0 8 1 1 *'] });
    await givenScheduled(yearly, { queue: true });
    expect(expectStatus(422, await schedule(yearly, { queue: true })).body).toMatchObject({
      type: noTimes,
    });
  });
});
