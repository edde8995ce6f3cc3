import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenScheduled,
  type Brand,
  type Broadcast,
} from './support/given';
import { tick } from './support/publishing';

interface Page {
  readonly items: readonly Broadcast[];
  readonly nextCursor: string | null;
}

describe('the list of an account’s broadcasts', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setClock(app.database, '2027-03-10T12:00:00Z');
  });
  afterAll(() => app.stop());

  const page = async (brand: Brand, query = '') =>
    expectStatus(200, await brand.owner.get<Page>(brand.path(`/broadcasts${query}`))).body;
  const idsOf = async (brand: Brand, query = '') => (await page(brand, query)).items.map(({ id }) => id);

  async function walk(brand: Brand, query: string, between: () => Promise<unknown>): Promise<string[]> {
    const ids: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = await page(brand, `?limit=3&${query}${cursor}`);
      ids.push(...items.map(({ id }) => id));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
      await between();
    } while (cursor !== '');
    return ids;
  }

  it('shows the latest first, by status if asked', async () => {
    const brand = await givenBrand(app);
    const published = await givenScheduled(brand, { now: true });
    await tick(app);
    const scheduled = await givenScheduled(brand, { at: '2027-03-20T08:00:00Z' });
    const draft = await givenDraft(brand);
    expect(await idsOf(brand)).toEqual([draft.id, scheduled.id, published.id]);
    expect(await idsOf(brand, '?status=draft')).toEqual([draft.id]);
    expect(await idsOf(brand, '?status=scheduled')).toEqual([scheduled.id]);
    expect(await idsOf(brand, '?status=published')).toEqual([published.id]);
    expect(await idsOf(brand, '?status=missed')).toEqual([]);
    expect((await page(brand)).items.at(-1)).toMatchObject({ status: 'published', period: '2027-03' });
  });

  it('finds broadcasts by words and by kind, page by page', async () => {
    const brand = await givenBrand(app);
    const text = await givenDraft(brand, { content: { type: 'text', text: 'Rye is BACK at seven' } });
    const image = await givenDraft(brand, {
      content: { type: 'image', url: 'https://bakery.example/rye.jpg', caption: 'The first rye' },
    });
    const articles = await givenDraft(brand, {
      content: { type: 'articles', articles: [{ title: 'Why rye waits', body: '<p>Flour and type</p>' }] },
    });
    expect(await idsOf(brand, '?q=rye')).toEqual([articles.id, image.id, text.id]);
    expect(await idsOf(brand, '?q=is%20back')).toEqual([text.id]);
    expect(await idsOf(brand, '?q=rye&kind=image')).toEqual([image.id]);
    expect(await idsOf(brand, '?kind=articles')).toEqual([articles.id]);
    // What is said only, not how it is stored; and no pattern of anybody's.
    for (const nothing of ['bakery.example', 'caption', 'flour', '%25', 'r_e']) {
      expect(await idsOf(brand, `?q=${nothing}`)).toEqual([]);
    }
    expect(await walk(brand, 'q=rye', () => Promise.resolve())).toEqual([articles.id, image.id, text.id]);
    expectStatus(400, await brand.owner.get(brand.path('/broadcasts?kind=video')));
  });

  it('holds what goes out between two local dates, or two instants', async () => {
    const brand = await givenBrand(app, 'subscription', { timeZone: 'Asia/Tokyo' });
    const monday = await givenScheduled(brand, { at: '2027-03-15T00:00:00+09:00' });
    const tuesday = await givenScheduled(brand, { at: '2027-03-16T23:59:59+09:00' });
    expect(await idsOf(brand, '?from=2027-03-15&to=2027-03-15')).toEqual([monday.id]);
    expect(await idsOf(brand, '?from=2027-03-16')).toEqual([tuesday.id]);
    expect(await idsOf(brand, '?to=2027-03-14')).toEqual([]);
    expect(await idsOf(brand, '?from=2027-03-14T15:00:00Z&to=2027-03-16T14:59:59Z')).toEqual([monday.id]);
    expect(await idsOf(brand, '?from=2027-03-14T15:00:00.001Z')).toEqual([tuesday.id]);
    expect(await idsOf(brand, '?from=0000-01-01&to=9999-12-31')).toEqual([tuesday.id, monday.id]);
    expect(await idsOf(brand, '?from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59.9999Z')).toHaveLength(2);
  });

  it('is walked page by page without losing or repeating one, also while others are written', async () => {
    const brand = await givenBrand(app);
    const written: string[] = [];
    for (let n = 0; n < 8; n += 1) written.unshift((await givenDraft(brand)).id);
    const walked = await walk(brand, 'status=draft', () => givenDraft(brand));
    expect(walked).toEqual(written);
    expect((await page(brand, '?limit=200')).items).toHaveLength(11);
  });

  it('goes on only with a cursor of its own', async () => {
    const [brand, other] = [await givenBrand(app), await givenBrand(app)];
    for (const each of [brand, brand, other, other]) await givenDraft(each);
    const { nextCursor } = await page(brand, '?limit=1');
    const foreign = await page(other, '?limit=1');
    const [name] = JSON.parse(Buffer.from(String(nextCursor), 'base64url').toString()) as [string];
    const made = (...key: unknown[]) => Buffer.from(JSON.stringify([name, ...key])).toString('base64url');
    const cursors = [
      foreign.nextCursor,
      made(),
      made('x'),
      made(7),
      made(null),
      made('x', 'y'),
      made({}),
      'x',
      '%22',
    ];
    for (const cursor of cursors) {
      const answer = await brand.owner.get(brand.path(`/broadcasts?cursor=${String(cursor)}`));
      expect(answer.body).toMatchObject({ status: 400, type: '/problems/invalid-cursor' });
    }
    const refused = await brand.owner.get(
      brand.path(`/broadcasts?status=draft&cursor=${String(nextCursor)}`),
    );
    expect(refused.body).toMatchObject({ type: '/problems/invalid-cursor' });
  });

  it.each([
    'status=sent',
    'status=draft&status=scheduled',
    'from=yesterday',
    'from=2027-02-29',
    'to=2027-03',
    'from=2027-03-15T08:00:00',
    'limit=0',
    'limit=201',
    'limit=ten',
    'limit=1e1',
    'state=draft',
    'cursor=',
  ])('is refused for ?%s', async (query) => {
    const brand = await givenBrand(app);
    expectStatus(400, await brand.owner.get(brand.path(`/broadcasts?${query}`)));
  });
});
