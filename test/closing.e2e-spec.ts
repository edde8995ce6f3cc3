import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenDraft, givenScheduled, hello, read, schedule } from './support/given';
import { setClock } from './support/clock';
import { tick } from './support/publishing';

describe('an account that is closed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setClock(app.database, '2027-03-10T12:00:00Z');
  });
  afterAll(() => app.stop());

  it('calls off what is scheduled, voids its keys and takes no more', async () => {
    const brand = await givenBrand(app, 'subscription');
    const published = (await givenScheduled(brand, { now: true })).id;
    await tick(app);
    const scheduled = [
      await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' }),
      await givenScheduled(brand, { at: '2027-03-21T08:00:00Z' }),
    ];
    const draft = await givenDraft(brand);
    const created = await brand.owner.post<{ secret: string }>(brand.path('/api-keys'), {
      name: 'Press',
      role: 'owner',
    });
    const key = app.api.as(created.body.secret);
    expectStatus(200, await key.get(brand.path()));

    expect(expectStatus(200, await brand.owner.delete(brand.path())).body).toMatchObject({
      status: 'closed',
    });

    for (const { id } of scheduled)
      expect(await read(brand, id)).toMatchObject({ status: 'cancelled', period: null });
    expect(await read(brand, published)).toMatchObject({ status: 'published' });
    expectStatus(401, await key.get(brand.path()));
    const later = { at: '2027-04-20T08:00:00Z' };
    const refusals = [
      await brand.owner.post(brand.path('/broadcasts'), { content: hello }),
      await schedule(brand, later),
      await brand.owner.post(brand.path(`/broadcasts/${draft.id}/schedule`), later),
      await brand.owner.patch(brand.path(`/broadcasts/${draft.id}`), { content: hello }, { 'if-match': '*' }),
      await brand.owner.post(brand.path(`/broadcasts/${draft.id}/preview`), { subscribers: ['ana'] }),
      await brand.owner.patch(brand.path(), { name: 'Again' }),
    ];
    for (const refusal of refusals) {
      expect(refusal.body).toMatchObject({ status: 409, type: '/problems/account-not-active' });
    }
    for (const move of ['approve', 'suspend', 'resume', 'close']) {
      expectStatus(409, await app.admin.post(`/admin/accounts/${brand.id}/${move}`));
    }
    expect((await app.admin.get('/admin/quota/check')).body).toMatchObject({ consistent: true });
  });
});
