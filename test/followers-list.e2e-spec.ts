import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, type Brand } from './support/given';

interface Follower {
  readonly subscriber: string;
  readonly followedAt: string;
  readonly tags: readonly { readonly name: string }[];
}

/** In the order of their ids. */
const PEOPLE = [
  { subscriber: '%', followedAt: '2026-01-04T10:00:00Z', tags: [] },
  { subscriber: '=cmd', followedAt: '2026-01-03T10:00:00Z', tags: ['vip'] },
  { subscriber: 'Ana', followedAt: '2026-01-05T10:00:00Z', tags: ['Bristol, UK', 'vip'] },
  { subscriber: 'ana_2', followedAt: '2026-01-02T10:00:00Z', tags: [] },
  { subscriber: 'ben', followedAt: '2026-01-01T10:00:00Z', tags: ['vip'] },
] as const;

describe("the list of an account's followers", () => {
  let app: TestApp;
  let brand: Brand;
  beforeAll(async () => {
    app = await startTestApp();
    brand = await givenBrand(app);
    const body = PEOPLE.map((person) => JSON.stringify(person)).join('\n');
    const headers = { 'content-type': 'application/x-ndjson' };
    const path = `/admin/accounts/${brand.id}/followers/import`;
    expect((await app.admin.send('POST', path, body, headers)).body).toMatchObject({ imported: 5 });
  });
  afterAll(() => app.stop());

  /** Read in pages of two, as a page of the console would. */
  async function subscribers(query: string): Promise<string[]> {
    const found: string[] = [];
    for (let cursor = ''; ;) {
      const answer = await brand.owner.get<{ items: Follower[]; nextCursor: string | null }>(
        brand.path(`/followers?limit=2&${query}${cursor}`),
      );
      const { items, nextCursor } = expectStatus(200, answer).body;
      found.push(...items.map(({ subscriber }) => subscriber));
      if (nextCursor === null) return found;
      cursor = `&cursor=${nextCursor}`;
    }
  }

  const byId = PEOPLE.map(({ subscriber }) => subscriber);
  const byTime = ['ben', 'ana_2', '=cmd', '%', 'Ana'];

  it.each([
    ['', byTime.toReversed()],
    ['sort=-followedAt', byTime.toReversed()],
    ['sort=followedAt', byTime],
    ['sort=subscriber', byId],
    ['sort=-subscriber', byId.toReversed()],
    ['q=ana&sort=subscriber', ['Ana', 'ana_2']],
    ['q=_&sort=subscriber', ['ana_2']],
    ['q=%25&sort=subscriber', ['%']],
    ['q=nobody', []],
    ['since=2026-01-03T10:00:00Z&sort=followedAt', ['=cmd', '%', 'Ana']],
    ['until=2026-01-03T10:00:00Z&sort=followedAt', ['ben', 'ana_2']],
    ['since=2026-01-02T00:00:00Z&until=2026-01-05T00:00:00Z&q=a&sort=subscriber', ['ana_2']],
  ])('is searched, filtered and sorted by %j, over all its pages', async (query, expected) => {
    expect(await subscribers(query)).toEqual(expected);
  });

  it('is filtered by a tag together with the rest', async () => {
    const { body } = await brand.owner.get<{ items: { id: string; name: string }[] }>(brand.path('/tags'));
    const vip = body.items.find(({ name }) => name === 'vip')?.id ?? '';
    expect(await subscribers(`tag=${vip}&sort=subscriber`)).toEqual(['=cmd', 'Ana', 'ben']);
    expect(await subscribers(`tag=${vip}&q=an&sort=-subscriber`)).toEqual(['Ana']);
  });

  it('refuses what is no filter of it, and a cursor of another order', async () => {
    for (const query of ['sort=name', 'since=yesterday', 'q=', 'format=xlsx', 'search=ana']) {
      expectStatus(400, await brand.owner.get(brand.path(`/followers?${query}`)));
    }
    const { body } = await brand.owner.get<{ nextCursor: string }>(brand.path('/followers?limit=1'));
    const other = await brand.owner.get(brand.path(`/followers?sort=subscriber&cursor=${body.nextCursor}`));
    expect(expectStatus(400, other).body).toMatchObject({ type: '/problems/invalid-cursor' });
  });

  it('is a file on request, which holds no formula and which an import reads again', async () => {
    const path = brand.path('/followers?sort=subscriber');
    const { text, headers } = expectStatus(200, await brand.owner.get(path, { accept: 'text/csv' }));
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(text.split('\r\n')).toEqual([
      'subscriber,followedAt,tags',
      '"%","2026-01-04T10:00:00.000Z",""',
      `"'=cmd","2026-01-03T10:00:00.000Z","vip"`,
      '"Ana","2026-01-05T10:00:00.000Z","Bristol, UK;vip"',
      '"ana_2","2026-01-02T10:00:00.000Z",""',
      '"ben","2026-01-01T10:00:00.000Z","vip"',
      '',
    ]);
    const marked = await brand.owner.get(`${path}&format=csv&bom=true`);
    expect(marked.text).toBe(`\uFEFF${text}`);
    const other = await givenBrand(app);
    const again = await app.admin.send('POST', `/admin/accounts/${other.id}/followers/import`, marked.text, {
      'content-type': 'text/csv',
    });
    expect(again.body).toMatchObject({ imported: 5, rejected: 0, tagsCreated: 2 });
  });
});
