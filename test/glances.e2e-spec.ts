import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import { expectStatus, givenBrand, givenFollower, givenScheduled, hello, type Brand } from './support/given';
import { givenPublished } from './support/published';

/** What a page shows at a glance, where the rest of the API would take many questions. */
describe('at a glance', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
    await setClock(test.database, '2027-03-10T12:00:00Z');
  });
  afterAll(() => test.stop());

  const reach = (brand: Brand, audience: object) =>
    brand.owner.post<{ recipients: number; asOf: string }>(brand.path('/audience'), audience);

  it('a marketer sees whom an audience would reach, before anything is published', async () => {
    const brand = await givenBrand(test);
    for (const sub of ['ana', 'ben', 'cleo']) await givenFollower(test, brand, sub);
    for (const name of ['regulars', 'critics']) {
      expectStatus(201, await brand.owner.post(brand.path('/tags'), { name }));
    }
    const { body: tags } = await brand.owner.get<{ items: { id: string; name: string }[] }>(
      brand.path('/tags'),
    );
    const idOf = (wanted: string) => tags.items.find(({ name }) => name === wanted)?.id ?? '';
    for (const sub of ['ana', 'ben']) {
      expectStatus(204, await brand.owner.put(brand.path(`/tags/${idOf('regulars')}/members/${sub}`)));
    }
    expectStatus(204, await brand.owner.put(brand.path(`/tags/${idOf('critics')}/members/ben`)));

    const of = async (audience: object) => expectStatus(200, await reach(brand, audience)).body.recipients;
    expect(await of({ everyone: true })).toBe(3);
    expect(await of({ tags: { any: ['regulars'] } })).toBe(2);
    expect(await of({ tags: { all: ['regulars', 'critics'] } })).toBe(1);
    expect(await of({ tags: { any: [idOf('regulars')], none: ['critics'] } })).toBe(1);
    expect((await reach(brand, { tags: { any: ['nobody'] } })).body).toMatchObject({
      type: '/problems/unknown-tag',
    });
    expectStatus(400, await reach(brand, {}));
  });

  it('a marketer sees when a broadcast was read and when people left', async () => {
    const brand = await givenBrand(test);
    const people = [];
    for (const sub of ['dora', 'emil', 'fay']) people.push(await givenFollower(test, brand, sub));
    const [dora, emil, fay] = people;
    const id = await givenPublished(test, brand);
    const [{ at: published }] = await test.database.query<[{ at: Date }]>(
      'SELECT published_at AS at FROM broadcasts WHERE id = $1',
      [id],
    );
    const after = (hours: number) => new Date(published.getTime() + hours * 3_600_000).toISOString();

    await setClock(test.database, after(0.5));
    expectStatus(200, (await dora?.post(`/me/inbox/${brand.id}/read`)) ?? never());
    await setClock(test.database, after(25.2));
    expectStatus(200, (await emil?.post(`/me/inbox/${brand.id}/read`)) ?? never());
    expectStatus(204, (await fay?.delete(`/me/follows/${brand.id}`)) ?? never());

    const timeline = async (step: string) =>
      expectStatus(200, await brand.owner.get(brand.path(`/broadcasts/${id}/report/timeline${step}`))).body;
    expect(await timeline('')).toEqual({
      step: 'hour',
      items: [
        { at: after(0), reads: 1, unfollows: 0 },
        { at: after(25), reads: 1, unfollows: 1 },
      ],
    });
    expect(await timeline('?step=day')).toMatchObject({
      items: [{ reads: 1 }, { at: after(24), reads: 1, unfollows: 1 }],
    });
    // What is read of a later broadcast is no further read of this one.
    await givenPublished(test, brand);
    expectStatus(200, (await dora?.post(`/me/inbox/${brand.id}/read`)) ?? never());
    expect(await timeline('?step=day')).toMatchObject({ items: [{ reads: 1 }, { reads: 1 }] });
    const draft = expectStatus(201, await brand.owner.post(brand.path('/broadcasts'), { content: hello }));
    const { id: draftId } = draft.body as { id: string };
    expect((await brand.owner.get(brand.path(`/broadcasts/${draftId}/report/timeline`))).body).toEqual({
      step: 'hour',
      items: [],
    });
  });

  it('an admin sees the quota of all accounts over months', async () => {
    const brand = await givenBrand(test);
    // Among all there are, the first in the order of the page.
    const first = 'aaa-first';
    await test.database.query('UPDATE accounts SET handle = $2 WHERE id = $1', [brand.id, first]);
    await givenScheduled(brand, { at: '2027-04-20T10:00:00Z' });
    await givenScheduled(brand, { at: '2027-05-20T10:00:00Z' });
    await givenScheduled(brand, { at: '2027-05-21T10:00:00Z' });
    const grant = { period: '2027-05', slots: 2, reason: 'A fair' };
    expectStatus(201, await test.admin.post(`/admin/quota/${brand.id}/grants`, grant));
    const { body } = expectStatus(
      200,
      await test.admin.get('/admin/quota/matrix?type=service&periods=3&until=2027-05&limit=1'),
    );
    expect(body).toMatchObject({
      type: 'service',
      allowance: 4,
      periods: ['2027-03', '2027-04', '2027-05'],
      items: [{ handle: first, used: [0, 0, 0], reserved: [0, 1, 2], granted: [0, 0, 2] }],
      nextCursor: expect.any(String) as string,
    });
    const { nextCursor } = body as { nextCursor: string };
    const next = `/admin/quota/matrix?periods=3&until=2027-05&cursor=${nextCursor}`;
    const more = expectStatus(200, await test.admin.get<{ items: { handle: string }[] }>(next)).body;
    expect(more.items.map(({ handle }) => handle)).not.toContain(first);
    const days = await test.admin.get('/admin/quota/matrix?type=subscription&periods=2&until=2027-03-01');
    expect(days.body).toMatchObject({ allowance: 1, periods: ['2027-02-28', '2027-03-01'] });
    expectStatus(422, await test.admin.get('/admin/quota/matrix?type=subscription&until=2027-03'));
    for (const until of ['0001-05', '0001-01', '0000-01', '9999-12', '2027-13']) {
      const answer = await test.admin.get(`/admin/quota/matrix?periods=6&until=${until}`);
      expect(expectStatus(422, answer).body).toMatchObject({ type: '/problems/invalid-period' });
    }
  });

  it('an admin sees how the platform is doing', async () => {
    const brand = await givenBrand(test);
    await givenPublished(test, brand);
    await givenScheduled(brand, { now: true });
    expect(expectStatus(200, await test.admin.get('/admin/health')).body).toMatchObject({
      scheduler: { overdue: 1 },
      lateness: { publications: expect.any(Number) as number, p50Ms: expect.any(Number) as number },
      queues: expect.arrayContaining([
        { queue: 'web-pushes', waiting: 0, later: 0, active: 0, oldestSeconds: null },
      ]) as object[],
      openStreams: 0,
    });
  });
});

function never(): never {
  throw new Error('There is nobody.');
}
