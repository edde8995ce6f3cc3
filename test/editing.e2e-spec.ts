import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenDraft, givenScheduled, hello, read, schedule } from './support/given';
import type { Brand, Broadcast } from './support/given';
import { tick } from './support/publishing';

const better = { type: 'text', text: 'Rye at seven, and the doors open ten minutes early.' };

describe('a draft', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const edit = (brand: Brand, id: string, changes: object, ifMatch?: string) =>
    brand.owner.patch<Broadcast>(
      brand.path(`/broadcasts/${id}`),
      changes,
      ifMatch === undefined ? undefined : { 'if-match': ifMatch },
    );
  const remove = (brand: Brand, id: string) => brand.owner.delete(brand.path(`/broadcasts/${id}`));

  it('holds no slot, and is scheduled when somebody says so', async () => {
    const brand = await givenBrand(app, 'subscription');
    const draft = await givenDraft(brand);
    expect(draft).toMatchObject({ status: 'draft', scheduledAt: null, period: null, version: 1 });
    await givenScheduled(brand, { now: true });
    const path = brand.path(`/broadcasts/${draft.id}/schedule`);
    expectStatus(409, await brand.owner.post(path, { now: true }));
    expect(await read(brand, draft.id)).toEqual(draft);
    const tomorrow = { at: new Date(Date.now() + 86_400_000).toISOString() };
    expect(expectStatus(200, await brand.owner.post(path, tomorrow)).body).toMatchObject({
      status: 'scheduled',
      version: 2,
    });
  });

  it('can be deleted, and is gone', async () => {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    expectStatus(204, await remove(brand, id));
    expectStatus(404, await remove(brand, id));
    expectStatus(404, await brand.owner.get(brand.path(`/broadcasts/${id}`)));
    expectStatus(404, await edit(brand, id, { content: better }, '*'));
    const { body } = await brand.owner.get<{ items: unknown[] }>(brand.path('/broadcasts'));
    expect(body.items).toEqual([]);
  });

  it('can no longer be deleted once it is scheduled', async () => {
    const brand = await givenBrand(app);
    const { id } = await givenScheduled(brand);
    expect(expectStatus(409, await remove(brand, id)).body).toMatchObject({ broadcastStatus: 'scheduled' });
  });

  describe('or a scheduled broadcast that is edited', () => {
    it('says the new words, at the time and in the slot that it had', async () => {
      const brand = await givenBrand(app);
      const before = await givenScheduled(brand, { now: true });
      const after = expectStatus(200, await edit(brand, before.id, { content: better }, '"1"'));
      expect(after.headers.etag).toBe('"2"');
      const { scheduledAt, period } = before;
      expect(after.body).toMatchObject({
        content: better,
        scheduledAt,
        period,
        status: 'scheduled',
        version: 2,
      });
      await tick(app);
      expect(await read(brand, before.id)).toMatchObject({ content: better, status: 'published' });
    });

    it('needs the version that the editor has read', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const problem = async (ifMatch?: string) => (await edit(brand, id, { content: better }, ifMatch)).body;
      expect(await problem()).toMatchObject({ status: 428, type: '/problems/precondition-required' });
      expectStatus(200, await edit(brand, id, { content: better }, '"1"'));
      expect(await problem('"1"')).toMatchObject({
        status: 412,
        type: '/problems/version-conflict',
        version: 2,
      });
      for (const tags of ['"3"', '"3", "4"', '"99999999999999999999"', '"-1"', '""', 'W/"1"']) {
        expect(await problem(tags)).toMatchObject({ status: 412, version: 2 });
      }
      expect(await problem('2')).toMatchObject({ status: 400, type: '/problems/invalid-request' });
      for (const tags of ['"2"', '"1", "3"', '*', 'W/"5"', '"6-gzip"'])
        expectStatus(200, await edit(brand, id, { content: hello }, tags));
      expect(await read(brand, id)).toMatchObject({ version: 7 });
    });

    it('comes with a tag that no proxy may change', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const { headers } = await brand.owner.get(brand.path(`/broadcasts/${id}`));
      expect(headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store, no-transform' });
    });

    it('lets one of two editors through who have read the same version', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      for (let version = 1; version <= 10; version += 1) {
        const answers = await Promise.all(
          [hello, better].map((content) => edit(brand, id, { content }, `"${version}"`)),
        );
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
        const winner = answers.find(({ status }) => status === 200);
        expect(await read(brand, id)).toEqual(winner?.body);
      }
    });

    it('is read by its ETag: a move, too, makes a new version', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true }));
      expectStatus(412, await edit(brand, id, { content: better }, '"1"'));
      const { headers } = await brand.owner.get(brand.path(`/broadcasts/${id}`));
      expectStatus(200, await edit(brand, id, { content: better }, String(headers.etag)));
    });

    it('is refused once it is published, also when it was recalled', async () => {
      const brand = await givenBrand(app);
      const published = await givenScheduled(brand, { now: true });
      await tick(app);
      const recalled = await givenScheduled(brand, { now: true });
      await tick(app);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${recalled.id}/recall`)));
      for (const { id } of [published, recalled]) {
        const { body } = expectStatus(409, await edit(brand, id, { content: better }, '*'));
        expect(body).toMatchObject({ type: '/problems/broadcast-status-conflict' });
      }
    });

    it('can be addressed to other people', async () => {
      const brand = await givenBrand(app);
      const tag = expectStatus(
        201,
        await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'Regulars' }),
      );
      const { id } = await givenDraft(brand);
      const changed = await edit(brand, id, { audience: { tags: { any: ['regulars', tag.body.id] } } }, '*');
      expect(expectStatus(200, changed).body).toMatchObject({
        audience: { tags: { any: [tag.body.id] } },
        content: hello,
      });
      const back = await edit(brand, id, { audience: { everyone: true } }, '*');
      expect(back.body).toMatchObject({ audience: { everyone: true } });
    });
  });

  describe('of an account that is not active', () => {
    let slow: TestApp;
    beforeAll(async () => {
      slow = await startTestApp({ databaseUrl: app.url, autoApprove: false });
    });
    afterAll(() => slow.stop());

    it('may be written while it is pending, and scheduled after the approval', async () => {
      const brand = await givenBrand(slow);
      const { id } = await givenDraft(brand);
      const refused = expectStatus(409, await schedule(brand, { now: true }));
      expect(refused.body).toMatchObject({ type: '/problems/account-not-active', accountStatus: 'pending' });
      const move = () => brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true });
      expectStatus(409, await move());
      expectStatus(200, await slow.admin.post(`/admin/accounts/${brand.id}/approve`));
      expectStatus(200, await move());
    });

    it('may be written while it is suspended, but not scheduled, nor what is scheduled moved', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenScheduled(brand);
      expectStatus(
        200,
        await app.admin.post(`/admin/accounts/${brand.id}/suspend`, { reason: 'Complaints' }),
      );
      await givenDraft(brand);
      expect(expectStatus(409, await schedule(brand, { now: true })).body).toMatchObject({
        accountStatus: 'suspended',
      });
      expectStatus(409, await brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true }));
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/cancel`)));
    });
  });
});
