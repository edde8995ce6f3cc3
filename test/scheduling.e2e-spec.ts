import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenScheduled,
  read,
  schedule,
  type Brand,
  type Broadcast,
} from './support/given';
import { tick } from './support/publishing';

const NOW = '2027-03-10T12:00:00Z';

describe('scheduling', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => setClock(app.database, NOW));
  afterAll(() => app.stop());

  const reschedule = (brand: Brand, id: string, when: object) =>
    brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/schedule`), when);
  const cancel = (brand: Brand, id: string) =>
    brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/cancel`));

  describe('for now', () => {
    it('publishes at the next tick', async () => {
      const brand = await givenBrand(app);
      const broadcast = await givenScheduled(brand, { now: true });
      expect(broadcast).toMatchObject({ status: 'scheduled', period: '2027-03', version: 1 });
      await tick(app);
      expect(await read(brand, broadcast.id)).toMatchObject({
        status: 'published',
        period: '2027-03',
        version: 2,
      });
    });

    it('is refused the fifth time in a month, with what is used and reserved and when there is a slot again', async () => {
      const brand = await givenBrand(app);
      await givenScheduled(brand, { now: true });
      await tick(app);
      for (let n = 0; n < 3; n += 1) await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
      const { body } = expectStatus(409, await schedule(brand, { now: true }));
      expect(body).toMatchObject({
        type: '/problems/quota-exhausted',
        period: '2027-03',
        allowance: 4,
        used: 1,
        reserved: 3,
        nextAvailableAt: '2027-04-01T00:00:00.000Z',
      });
      await givenScheduled(brand, { at: '2027-04-01T00:00:00.000Z' });
    });

    it('is refused the second time on a local day', async () => {
      const brand = await givenBrand(app, 'subscription', { timeZone: 'Asia/Tokyo' });
      await givenScheduled(brand, { now: true });
      expect((await schedule(brand, { at: '2027-03-10T14:59:59Z' })).body).toMatchObject({
        period: '2027-03-10',
        nextAvailableAt: '2027-03-10T15:00:00.000Z',
      });
      const next = await givenScheduled(brand, { at: '2027-03-10T15:00:00Z' });
      expect(next.period).toBe('2027-03-11');
    });
  });

  describe('for a time', () => {
    it.each([
      ['2027-03-20T08:30:00+01:00', '2027-03-20T07:30:00.000Z'],
      ['2027-03-20t08:30:00.0001z', '2027-03-20T08:30:00.001Z'],
      ['2028-04-13T12:00:00Z', '2028-04-13T12:00:00.000Z'],
    ])('takes %s', async (at, scheduledAt) => {
      expect(await givenScheduled(await givenBrand(app), { at })).toMatchObject({
        scheduledAt,
        status: 'scheduled',
      });
    });

    it.each([
      ['that has passed', '2027-03-10T11:59:59Z', 422, 'invalid-schedule'],
      ['more than 400 days ahead', '2028-04-13T12:02:00Z', 422, 'invalid-schedule'],
      ['in the year 9999', '9999-12-31T23:59:59.9999Z', 422, 'invalid-schedule'],
      ['without an offset', '2027-03-20T08:30:00', 400, 'invalid-request'],
      ['that is a date', '2027-03-20', 400, 'invalid-request'],
      ['on a day that does not exist', '2027-02-29T08:30:00Z', 400, 'invalid-request'],
      ['in a leap second', '2027-06-30T23:59:60Z', 400, 'invalid-request'],
      ['in seconds', 1805356800, 400, 'invalid-request'],
    ])('refuses one %s', async (_, at, status, code) => {
      const { body } = expectStatus(status, await schedule(await givenBrand(app), { at }));
      expect(body).toMatchObject({ type: `/problems/${code}` });
    });

    it('names the field of an instant that does not exist as the request has it', async () => {
      const brand = await givenBrand(app);
      const at = '2027-02-29T08:30:00Z';
      const message = 'there is no such instant as 2027-02-29T08:30:00Z';
      const created = expectStatus(400, await schedule(brand, { at }));
      expect(created.body).toMatchObject({ errors: [{ field: 'schedule.at', message }] });
      const { id } = await givenScheduled(brand, { now: true });
      const moved = expectStatus(400, await reschedule(brand, id, { at }));
      expect(moved.body).toMatchObject({ errors: [{ field: 'at', message }] });
    });

    it.each([
      {},
      { at: '2027-03-20T08:30:00Z', now: true },
      { now: true, queue: true },
      { now: false },
      { queue: null },
    ])('refuses %j: it must be exactly one of at, now and queue', async (when) => {
      const { body } = expectStatus(400, await schedule(await givenBrand(app), when));
      expect(body).toMatchObject({ type: '/problems/invalid-request' });
    });
  });

  describe('again', () => {
    it('moves the broadcast to the slot of its new period and frees the old one', async () => {
      const brand = await givenBrand(app, 'subscription');
      const { id } = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
      const moved = expectStatus(200, await reschedule(brand, id, { at: '2027-03-21T08:00:00Z' }));
      expect(moved.body).toMatchObject({ period: '2027-03-21', version: 2, status: 'scheduled' });
      expect(moved.headers.etag).toBe('"2"');
      await givenScheduled(brand, { at: '2027-03-20T09:00:00Z' });
      expectStatus(409, await schedule(brand, { at: '2027-03-21T09:00:00Z' }));
    });

    it('leaves the broadcast where it was when the other period is full', async () => {
      const brand = await givenBrand(app, 'subscription');
      const first = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
      await givenScheduled(brand, { at: '2027-03-21T08:00:00Z' });
      expectStatus(409, await reschedule(brand, first.id, { at: '2027-03-21T09:00:00Z' }));
      expect(await read(brand, first.id)).toEqual(first);
    });

    it('is not possible once it went out, also when it was recalled', async () => {
      const brand = await givenBrand(app);
      const published = await givenScheduled(brand, { now: true });
      await tick(app);
      const recalled = await givenScheduled(brand, { now: true });
      await tick(app);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${recalled.id}/recall`)));
      for (const { id } of [published, recalled]) {
        const { body } = expectStatus(409, await reschedule(brand, id, { now: true }));
        expect(body).toMatchObject({ type: '/problems/broadcast-status-conflict' });
      }
    });
  });

  describe('and cancelling', () => {
    it('frees the slot, once', async () => {
      const brand = await givenBrand(app, 'subscription');
      const { id } = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
      expect(expectStatus(200, await cancel(brand, id)).body).toMatchObject({
        status: 'cancelled',
        period: null,
      });
      expectStatus(409, await cancel(brand, id));
      await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
    });

    it('is too late for what is published, and pointless for a draft', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenScheduled(brand, { now: true });
      await tick(app);
      expectStatus(409, await cancel(brand, id));
      expectStatus(409, await cancel(brand, (await givenDraft(brand)).id));
    });
  });

  describe('and recalling', () => {
    it('hides what is published, once, and keeps its slot used', async () => {
      const brand = await givenBrand(app, 'subscription');
      const { id } = await givenScheduled(brand, { now: true });
      const recall = () =>
        brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/recall`), { reason: 'Wrong bakery.' });
      expectStatus(409, await recall());
      await tick(app);
      expect(expectStatus(200, await recall()).body).toMatchObject({
        status: 'recalled',
        period: '2027-03-10',
      });
      expectStatus(409, await recall());
      expect((await schedule(brand, { now: true })).body).toMatchObject({ used: 1, reserved: 0 });
    });
  });
});
