import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenScheduled,
  givenSubscriber,
  type Brand,
} from './support/given';
import { tick } from './support/publishing';

describe('previews', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => setClock(app.database, '2027-03-10T12:00:00Z'));
  afterAll(() => app.stop());

  const people = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => `person-${from + index}`);
  const show = (brand: Brand, id: string, subscribers: unknown) =>
    brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { subscribers });

  it('are shown to 100 people on a local day of the account, and to the next on the day after', async () => {
    const brand = await givenBrand(app, 'service', { timeZone: 'America/New_York' });
    const { id } = await givenDraft(brand);
    expect(expectStatus(200, await show(brand, id, people(60))).body).toEqual({
      previewed: 60,
      remainingToday: 40,
    });
    const over = expectStatus(429, await show(brand, id, people(41, 60)));
    expect(over.body).toMatchObject({
      type: '/problems/preview-limit-reached',
      nextAvailableAt: '2027-03-11T05:00:00.000Z',
    });
    expect(expectStatus(200, await show(brand, id, people(40, 60))).body).toMatchObject({
      remainingToday: 0,
    });
    expectStatus(429, await show(brand, id, people(1)));
    await setClock(app.database, '2027-03-11T05:00:00Z');
    expect(expectStatus(200, await show(brand, id, people(100))).body).toMatchObject({ remainingToday: 0 });
  });

  it('stay within 100 when many ask at once', async () => {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    const answers = await Promise.all(Array.from({ length: 12 }, () => show(brand, id, people(10))));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), 429, 429]);
  });

  it('are of drafts and scheduled broadcasts, not of what is out', async () => {
    const brand = await givenBrand(app);
    const { id } = await givenScheduled(brand, { now: true });
    expectStatus(200, await show(brand, id, ['ana']));
    await tick(app);
    expect(expectStatus(409, await show(brand, id, ['ana'])).body).toMatchObject({
      broadcastStatus: 'published',
    });
  });

  it('take no slot', async () => {
    const brand = await givenBrand(app, 'subscription');
    const { id } = await givenDraft(brand);
    expectStatus(200, await show(brand, id, ['ana']));
    await givenScheduled(brand, { now: true });
  });

  it.each([
    ['nobody', []],
    ['101 people', people(101)],
    ['somebody twice', ['ana', 'ana']],
    ['somebody without a name', ['']],
    ['a name of 129 characters', ['x'.repeat(129)]],
    ['a number', [7]],
    ['text', 'ana'],
    ['nothing', undefined],
  ])('are refused for %s', async (_, subscribers) => {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    expectStatus(400, await show(brand, id, subscribers));
  });

  it('are not for the accounts of which nobody may hear', async () => {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`));
    expect(expectStatus(409, await show(brand, id, ['ana'])).body).toMatchObject({
      type: '/problems/account-not-active',
    });
  });

  it.each([
    [
      'the deletion of the draft',
      (brand: Brand, id: string) => brand.owner.delete(brand.path(`/broadcasts/${id}`)),
    ],
    [
      'the suspension of the account',
      (brand: Brand) => app.admin.post(`/admin/accounts/${brand.id}/suspend`),
    ],
  ])('end at once with %s', async (_, end) => {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    const person = await givenSubscriber(app);
    expectStatus(200, await show(brand, id, [person.sub]));
    const inbox = async () => (await person.get<{ items: unknown[] }>('/me/inbox')).body.items;
    expect(await inbox()).toHaveLength(1);
    expect((await end(brand, id)).status).toBeLessThan(300);
    expect(await inbox()).toHaveLength(0);
  });
});
