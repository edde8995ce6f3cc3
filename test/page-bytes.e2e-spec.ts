import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenFollower, inHours, unique, type Brand } from './support/given';
import { tick } from './support/publishing';

const ARTICLES = 8;
/** Of two bytes each, as Greek, Cyrillic, Arabic and Hebrew are. */
const BODY = `<p>${'é'.repeat(19_990)}</p>`;
const MAX_BYTES = 1_500_000;

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly content: { readonly articles?: readonly object[] };
  }[];
  readonly nextCursor: string | null;
}

describe('pages of lists, when everything is as long as it may be', () => {
  let test: TestApp;
  let brand: Brand;
  beforeAll(async () => {
    test = await startTestApp();
    brand = await givenBrand(test);
    const grant = { period: inHours(0).slice(0, 7), slots: 20, reason: 'A test' };
    expectStatus(201, await test.admin.post(`/admin/quota/${brand.id}/grants`, grant));
  });
  afterAll(() => test.stop());

  const articles = (title: string) => ({
    type: 'articles',
    articles: Array.from({ length: ARTICLES }, (_, index) => ({ title: `${title} ${index}`, body: BODY })),
  });
  const write = async (content: object, schedule?: object) => {
    const answer = await brand.owner.post<{ id: string }>(brand.path('/broadcasts'), {
      content,
      ...(schedule && { schedule }),
    });
    return expectStatus(201, answer).body.id;
  };
  /** Page by page. */
  const readAll = async (api: Api, path: string) => {
    const pages: Listed[] = [];
    let cursor = '';
    do {
      const answer = expectStatus(200, await api.get<Listed>(`${path}?limit=200${cursor}`));
      expect(Buffer.byteLength(answer.text)).toBeLessThan(MAX_BYTES);
      pages.push(answer.body);
      cursor = answer.body.nextCursor === null ? '' : `&cursor=${answer.body.nextCursor}`;
    } while (cursor !== '' && pages.length < 50);
    return { pages: pages.length, items: pages.flatMap(({ items }) => items) };
  };

  it("hold no article's body in the brand's list, and the whole of it where one is read", async () => {
    const id = await write(articles('Rye'));
    const { items } = await readAll(brand.owner, brand.path('/broadcasts'));
    expect(items.find((item) => item.id === id)?.content.articles).toEqual(
      Array.from({ length: ARTICLES }, (_, index) => ({ title: `Rye ${index}` })),
    );
    const { body } = await brand.owner.get<Listed['items'][number]>(brand.path(`/broadcasts/${id}`));
    expect(body.content.articles).toHaveLength(ARTICLES);
    expect(body.content.articles?.[0]).toMatchObject({ body: BODY });
  });

  it("end at a megabyte in the brand's list, and nothing is left out from page to page", async () => {
    const other = await givenBrand(test);
    const text = '\u{1f35e}'.repeat(20_000);
    const ids: string[] = [];
    for (let index = 0; index < 20; index += 1) {
      const answer = await other.owner.post<{ id: string }>(other.path('/broadcasts'), {
        content: { type: 'text', text },
      });
      ids.unshift(expectStatus(201, answer).body.id);
    }
    const { pages, items } = await readAll(other.owner, other.path('/broadcasts'));
    expect(items.map(({ id }) => id)).toEqual(ids);
    expect(pages).toBe(2);
  });

  it('end at a megabyte in a thread, whose items are whole', async () => {
    const follower = await givenFollower(test, brand, unique('reader'));
    const ids: string[] = [];
    for (let index = 0; index < 6; index += 1)
      ids.unshift(await write(articles(`Loaf ${index}`), { now: true }));
    await tick(test);
    const { pages, items } = await readAll(follower, `/me/inbox/${brand.id}`);
    expect(items).toHaveLength(6);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
    expect(items[0]?.content.articles?.[0]).toMatchObject({ body: BODY });
    expect(pages).toBeGreaterThan(1);
  });
});
