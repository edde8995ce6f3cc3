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
} from './support/given';
import { tick } from './support/publishing';

interface AccountView {
  readonly type: string;
  readonly timeZone: string;
  readonly version: number;
}

describe('an account that changes its type or zone', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const at = (iso: string) => setClock(app.database, iso);
  const change = (brand: Brand, changes: object, headers?: Record<string, string>) =>
    brand.owner.patch<AccountView>(brand.path(), changes, headers);

  async function publishNow(brand: Brand, times = 1): Promise<string> {
    let last = '';
    for (let count = 0; count < times; count += 1) last = (await givenScheduled(brand, { now: true })).id;
    await tick(app);
    expect(await read(brand, last)).toMatchObject({ status: 'published' });
    return last;
  }

  async function nextAfterRefusal(brand: Brand) {
    const { body } = expectStatus(409, await schedule(brand, { now: true }));
    expect(body).toMatchObject({ type: '/problems/quota-exhausted' });
    return body as unknown as { nextAvailableAt: string; period: string; used: number; detail: string };
  }

  it('is refused while anything is scheduled, with the list of what stands in the way', async () => {
    await at('2027-03-10T12:00:00Z');
    const brand = await givenBrand(app);
    const later = await givenScheduled(brand, { at: '2027-04-01T08:00:00Z' });
    const sooner = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
    await givenDraft(brand);
    for (const changes of [{ type: 'subscription' }, { timeZone: 'Asia/Tokyo' }]) {
      expect(expectStatus(409, await change(brand, { ...changes, name: 'New name' })).body).toMatchObject({
        type: '/problems/scheduled-broadcasts-in-the-way',
        broadcasts: [
          { id: sooner.id, scheduledAt: sooner.scheduledAt },
          { id: later.id, scheduledAt: later.scheduledAt },
        ],
      });
    }
    const { body } = await brand.owner.get(brand.path());
    expect(body).toMatchObject({ name: 'Sunrise Bakery', type: 'service', timeZone: 'UTC', version: 1 });
    for (const { id } of [sooner, later]) {
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/cancel`)));
    }
    expect(expectStatus(200, await change(brand, { type: 'subscription' })).body).toMatchObject({
      folded: true,
    });
  });

  it('may be renamed while broadcasts are scheduled, also when the request repeats type and zone', async () => {
    const brand = await givenBrand(app);
    await givenScheduled(brand, { now: true });
    const changed = await change(brand, { name: 'Moonrise Bakery', type: 'service', timeZone: 'UTC' });
    expect(expectStatus(200, changed).body).toMatchObject({ name: 'Moonrise Bakery', version: 2 });
  });

  it('is changed from the version that was read, if one is named', async () => {
    const brand = await givenBrand(app);
    expectStatus(200, await change(brand, { name: 'One' }, { 'if-match': '"1"' }));
    expectStatus(412, await change(brand, { name: 'Two' }, { 'if-match': '"1"' }));
    // What is left of the tag where a proxy in between compresses answers.
    expectStatus(200, await change(brand, { name: 'Two' }, { 'if-match': 'W/"2"' }));
    expectStatus(412, await change(brand, { name: 'Two' }, { 'if-match': '"1", W/"2"' }));
    expectStatus(400, await change(brand, { name: 'Two' }, { 'if-match': '3' }));
    expectStatus(200, await change(brand, { name: 'Two' }, { 'if-match': ' ' }));
    expectStatus(200, await change(brand, { name: 'Two' }));
  });

  it('from Kiritimati to Pago Pago at half past eleven at night publishes on neither day again', async () => {
    await at('2027-03-10T09:00:00Z');
    const brand = await givenBrand(app, 'subscription', { timeZone: 'Pacific/Kiritimati' });
    await publishNow(brand);
    await at('2027-03-10T09:30:00Z');
    expectStatus(200, await change(brand, { timeZone: 'Pacific/Pago_Pago' }));
    expect((await nextAfterRefusal(brand)).nextAvailableAt).toBe('2027-03-10T11:00:00.000Z');
    await at('2027-03-10T10:59:59Z');
    await nextAfterRefusal(brand);
    await at('2027-03-10T11:00:00Z');
    await publishNow(brand);
  });

  it('from Pago Pago to Kiritimati publishes on neither day again', async () => {
    await at('2027-03-10T10:30:00Z');
    const brand = await givenBrand(app, 'subscription', { timeZone: 'Pacific/Pago_Pago' });
    await publishNow(brand);
    await at('2027-03-10T10:45:00Z');
    expectStatus(200, await change(brand, { timeZone: 'Pacific/Kiritimati' }));
    // The tenth was over for Kiritimati at 10:00; the publication fell on its eleventh, and on Pago Pago's ninth.
    expect((await nextAfterRefusal(brand)).nextAvailableAt).toBe('2027-03-11T10:00:00.000Z');
  });

  it('to subscription after four in the month waits for the month to end', async () => {
    await at('2027-03-10T12:00:00Z');
    const brand = await givenBrand(app, 'service', { timeZone: 'Europe/Madrid' });
    await publishNow(brand, 4);
    await at('2027-03-20T12:00:00Z');
    expectStatus(200, await change(brand, { type: 'subscription' }));
    const refusal = await nextAfterRefusal(brand);
    expect(refusal).toMatchObject({
      nextAvailableAt: '2027-03-31T22:00:00.000Z',
      period: '2027-03',
      allowance: 4,
      used: 4,
    });
    expect(refusal.detail).toContain('counted as before the change');
    await at('2027-03-31T22:00:00Z');
    await publishNow(brand);
    expect(await nextAfterRefusal(brand)).toMatchObject({ period: '2027-04-01', used: 1 });
  });

  it('to service after one today has three left, from tomorrow on', async () => {
    await at('2027-03-10T12:00:00Z');
    const brand = await givenBrand(app, 'subscription');
    await publishNow(brand);
    expectStatus(200, await change(brand, { type: 'service' }));
    expect((await nextAfterRefusal(brand)).nextAvailableAt).toBe('2027-03-11T00:00:00.000Z');
    const { body } = await brand.owner.get<{ items: object[]; nextAvailableAt: string }>(
      brand.path('/quota'),
    );
    expect(body).toMatchObject({
      items: [{ period: '2027-03', used: 1, remaining: 3 }, { period: '2027-04' }],
      nextAvailableAt: '2027-03-11T00:00:00.000Z',
    });
    await at('2027-03-11T00:00:00Z');
    await publishNow(brand, 3);
    expect((await nextAfterRefusal(brand)).nextAvailableAt).toBe('2027-04-01T00:00:00.000Z');
  });

  it('gains nothing by changing there and back', async () => {
    await at('2027-03-10T12:00:00Z');
    const brand = await givenBrand(app);
    await publishNow(brand, 3);
    for (const type of ['subscription', 'service', 'subscription', 'service']) {
      expectStatus(200, await change(brand, { type }));
    }
    await at('2027-03-11T12:00:00Z');
    await publishNow(brand);
    expect((await nextAfterRefusal(brand)).nextAvailableAt).toBe('2027-04-01T00:00:00.000Z');
  });

  it('is either changed or scheduled for, when both are asked at once', async () => {
    for (let round = 0; round < 15; round += 1) {
      const brand = await givenBrand(app, round % 2 === 0 ? 'service' : 'subscription');
      const [changed, scheduled] = await Promise.all([
        change(brand, { timeZone: 'Asia/Tokyo' }),
        schedule(brand, { at: '2027-04-20T20:00:00Z' }),
      ]);
      expectStatus(201, scheduled);
      // Scheduled first, it stands in the way; changed first, it is counted in the new calendar.
      const inTokyo = scheduled.body.period === '2027-04-21' || round % 2 === 0;
      if (changed.status !== 409) expect([expectStatus(200, changed).status, inTokyo]).toEqual([200, true]);
    }
    expect((await app.admin.get('/admin/quota/check')).body).toMatchObject({ consistent: true });
  });
});
