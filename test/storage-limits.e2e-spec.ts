import { STORAGE_LIMITS } from '../src/limits';
import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenMarketer,
  givenSubscriber,
  hello,
  unique,
  type Brand,
} from './support/given';

const REFUSED = { type: '/problems/limit-reached' };

describe('what one person may have the database keep', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ autoApprove: false });
  });
  afterAll(() => test.stop());

  /** Further accounts of the brand's owner, by SQL. */
  const givenCopies = (brand: Brand, count: number) =>
    test.database.query(
      `WITH copy AS (
         INSERT INTO accounts (id, handle, name, type, time_zone, term, status, created_at, updated_at)
         SELECT gen_random_uuid(), 'copy-' || place || right(id::text, 8), name, type, time_zone, term, 'active', created_at, updated_at
           FROM accounts, generate_series(1, $2::integer) AS place WHERE id = $1
         RETURNING id, created_at
       ), terms AS (
         INSERT INTO account_terms (account_id, term, type, time_zone, starts_at)
         SELECT copy.id, t.term, t.type, t.time_zone, t.starts_at FROM copy, account_terms t WHERE t.account_id = $1)
       INSERT INTO members (account_id, user_id, role, added_at)
       SELECT copy.id, m.user_id, m.role, copy.created_at FROM copy, members m WHERE m.account_id = $1`,
      [brand.id, count],
    );

  const account = () => ({ handle: unique('mine'), name: 'Mine', type: 'service', timeZone: 'UTC' });

  it('is ten accounts that nobody has approved yet, however many are registered at once', async () => {
    const { api } = await givenMarketer(test);
    const answers = await Promise.all(Array.from({ length: 14 }, () => api.post('/accounts', account())));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(
      STORAGE_LIMITS.pendingAccountsOfPerson,
    );
    expect(refused).toHaveLength(4);
    expect(refused[0]?.body).toMatchObject({ ...REFUSED, limit: 10 });
  });

  it('is two hundred accounts, and closing one makes room', async () => {
    const brand = await givenBrand(test);
    await givenCopies(brand, STORAGE_LIMITS.accountsOfPerson - 1);
    const answer = expectStatus(409, await brand.owner.post('/accounts', account()));
    expect(answer.body).toMatchObject({ ...REFUSED, limit: 200 });
    expectStatus(200, await test.admin.post(`/admin/accounts/${brand.id}/close`, { reason: 'A test' }));
    expectStatus(201, await brand.owner.post('/accounts', account()));
  });

  it.each([
    ['500 drafts', 'draft', STORAGE_LIMITS.draftsOfAccount],
    ['1,000 broadcasts a day, deleted ones among them', 'deleted', STORAGE_LIMITS.broadcastsOfAccountInDay],
  ])('is, of a brand, %s', async (_, state, limit) => {
    const brand = await givenBrand(test);
    const { id } = await givenDraft(brand);
    const copies = limit - 1;
    await test.database.query(
      `INSERT INTO broadcasts (id, account_id, status, content, version, created_by, created_at, updated_at,
                               deleted_at)
       SELECT gen_random_uuid(), account_id, 'draft', content, 1, created_by, created_at, updated_at,
              CASE WHEN $3 THEN created_at END
         FROM broadcasts, generate_series(1, $2::integer) WHERE id = $1`,
      [id, copies, state === 'deleted'],
    );
    for (const path of ['/broadcasts', `/broadcasts/${id}/copy`]) {
      const body = path === '/broadcasts' ? { content: hello } : undefined;
      const answer = expectStatus(409, await brand.owner.post(brand.path(path), body));
      expect(answer.body).toMatchObject({ ...REFUSED, limit });
    }
  });

  it('is thirty beginnings of one follow a day; leaving is never refused, and who followed when stays true', async () => {
    const brand = await givenBrand(test);
    expectStatus(200, await test.admin.post(`/admin/accounts/${brand.id}/approve`));
    const me = await givenSubscriber(test);
    const path = `/me/follows/${brand.id}`;
    for (let count = 0; count < STORAGE_LIMITS.followsOfBrandInDay; count += 1) {
      expectStatus(200, await me.put(path));
      expectStatus(204, await me.delete(path));
    }
    const answer = expectStatus(429, await me.put(path));
    expect(answer.body).toMatchObject({ type: '/problems/too-many-requests', limit: 30 });
    expectStatus(204, await me.delete(path));
    const { body } = expectStatus(200, await me.get<{ items: unknown[] }>('/me/follows'));
    expect(body.items).toEqual([]);
  });
});
