import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenPreviewPerson,
  givenSubscriber,
  hello,
  type Brand,
} from './support/given';
import { paged } from './support/pages';
import { givenArchive, givenPublished } from './support/published';
import { tick } from './support/publishing';

interface Broadcast {
  readonly id: string;
  readonly content: { readonly type: string; readonly articles?: readonly object[] } | null;
  readonly publishedAt: string;
  readonly read: boolean;
  readonly recalled: boolean;
  readonly preview: boolean;
}

interface Entry {
  readonly folder?: string;
  readonly accountId?: string;
  readonly following?: boolean;
  readonly muted?: boolean;
  readonly unread: number;
  readonly latest: Broadcast | null;
}

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

const someText = expect.any(String) as string;
const like = (part: object) => expect.objectContaining(part) as object;

async function inboxOf(person: Api, query = ''): Promise<readonly Entry[]> {
  return expectStatus(200, await person.get<PageOf<Entry>>(`/me/inbox${query}`)).body.items;
}

async function folderOf(person: Api): Promise<readonly Entry[]> {
  return expectStatus(200, await person.get<PageOf<Entry>>('/me/inbox/subscriptions')).body.items;
}

async function threadOf(person: Api, brand: Brand): Promise<readonly Broadcast[]> {
  return expectStatus(200, await person.get<PageOf<Broadcast>>(`/me/inbox/${brand.id}`)).body.items;
}

async function markRead(person: Api, brand: Brand, upTo?: string): Promise<number> {
  const body = upTo === undefined ? undefined : { upTo };
  return expectStatus(200, await person.post<{ unread: number }>(`/me/inbox/${brand.id}/read`, body)).body
    .unread;
}

describe('the inbox', () => {
  let app: TestApp;
  let bakery: Brand;
  let library: Brand;
  let museum: Brand;
  let gazette: Brand;

  beforeAll(async () => {
    app = await startTestApp();
    bakery = await givenBrand(app, 'service');
    library = await givenBrand(app, 'service');
    museum = await givenBrand(app, 'subscription');
    gazette = await givenBrand(app, 'subscription');
  });
  afterAll(() => app.stop());

  it('of a newcomer is empty', async () => {
    const ana = await givenSubscriber(app);
    expect(await inboxOf(ana)).toEqual([]);
    expect(await folderOf(ana)).toEqual([]);
    expectStatus(404, await ana.get(`/me/inbox/${bakery.id}`));
    expectStatus(404, await ana.post(`/me/inbox/${bakery.id}/read`));
    expectStatus(404, await ana.get('/me/inbox/018f4e5a-0000-7000-8000-000000000000'));
    expectStatus(404, await ana.get('/me/inbox/not-an-id'));
  });

  it('shows service accounts as threads, newest first, and folds subscription accounts into one entry', async () => {
    const ana = await givenSubscriber(app);
    for (const brand of [bakery, library, museum, gazette]) {
      expectStatus(200, await ana.put(`/me/follows/${brand.id}`));
    }
    const first = await givenPublished(app, bakery);
    const second = await givenPublished(app, museum);
    const third = await givenPublished(app, gazette);
    expect(await inboxOf(ana)).toEqual([
      {
        folder: 'subscriptions',
        unread: 2,
        mutedUnread: 0,
        latest: like({ id: third, accountId: gazette.id }),
      },
      {
        accountId: bakery.id,
        account: {
          id: bakery.id,
          handle: bakery.handle,
          name: 'Sunrise Bakery',
          type: 'service',
          folded: false,
          avatarUrl: null,
        },
        following: true,
        muted: false,
        unread: 1,
        latest: {
          id: first,
          accountId: bakery.id,
          content: hello,
          publishedAt: someText,
          read: false,
          recalled: false,
          preview: false,
        },
      },
      like({ accountId: library.id, unread: 0, latest: null }),
    ]);
    expect(await folderOf(ana)).toEqual([
      like({
        accountId: gazette.id,
        unread: 1,
        latest: like({ id: third }),
      }),
      like({
        accountId: museum.id,
        unread: 1,
        latest: like({ id: second }),
      }),
    ]);
  });

  it('shows the folder as soon as somebody follows a subscription account', async () => {
    const ana = await givenFollower(app, museum);
    expect(await inboxOf(ana)).toEqual([
      { folder: 'subscriptions', unread: 0, mutedUnread: 0, latest: null },
    ]);
  });

  it('holds what was published while its owner followed, and keeps it after they left', async () => {
    const ana = await givenSubscriber(app);
    await givenPublished(app, bakery);
    expectStatus(200, await ana.put(`/me/follows/${bakery.id}`));
    const received = await givenPublished(app, bakery);
    expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
    await givenPublished(app, bakery);
    expect((await threadOf(ana, bakery)).map(({ id }) => id)).toEqual([received]);
    expect(await inboxOf(ana)).toMatchObject([
      { accountId: bakery.id, following: false, unread: 1, latest: { id: received } },
    ]);
    expectStatus(200, await ana.put(`/me/follows/${bakery.id}`));
    const again = await givenPublished(app, bakery);
    expect((await threadOf(ana, bakery)).map(({ id }) => id)).toEqual([again, received]);
  });

  it('forgets the thread of an account that was left before it published anything, but still answers for it', async () => {
    const ana = await givenFollower(app, bakery);
    expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
    expect(await inboxOf(ana)).toEqual([]);
    expect(await threadOf(ana, bakery)).toEqual([]);
    expect(await markRead(ana, bakery)).toBe(0);
  });

  it('shows a recalled broadcast without its content, and does not count it', async () => {
    const ana = await givenFollower(app, bakery);
    const kept = await givenPublished(app, bakery);
    const recalled = await givenPublished(app, bakery);
    expectStatus(200, await bakery.owner.post(bakery.path(`/broadcasts/${recalled}/recall`)));
    expect(await threadOf(ana, bakery)).toMatchObject([
      { id: recalled, content: null, recalled: true },
      { id: kept, content: hello, recalled: false },
    ]);
    expect(await inboxOf(ana)).toMatchObject([
      { unread: 1, latest: { id: recalled, content: null, recalled: true } },
    ]);
  });

  it('shows articles in lists without their bodies, and whole in their thread', async () => {
    const ana = await givenFollower(app, bakery);
    const content = {
      type: 'articles',
      articles: [
        { title: 'Why rye needs a night', body: '<p>Flour, water, salt.</p>' },
        { title: 'Spelt', author: 'Rosa', body: '<p>Patience.</p>' },
      ],
    };
    await givenPublished(app, bakery, { content });
    const [thread] = await inboxOf(ana);
    expect(thread?.latest?.content?.articles).toEqual([
      { title: 'Why rye needs a night' },
      { title: 'Spelt', author: 'Rosa' },
    ]);
    expect(await threadOf(ana, bakery)).toMatchObject([{ content }]);
  });

  it('keeps muted accounts, marked', async () => {
    const ana = await givenFollower(app, bakery);
    await givenPublished(app, bakery);
    expectStatus(200, await ana.patch(`/me/follows/${bakery.id}`, { muted: true }));
    expect(await inboxOf(ana)).toMatchObject([{ accountId: bakery.id, muted: true, unread: 1 }]);
  });

  describe('being read', () => {
    it('goes up to a broadcast or to the newest, and never back', async () => {
      const ana = await givenFollower(app, bakery);
      const [first, second, third] = [
        await givenPublished(app, bakery),
        await givenPublished(app, bakery),
        await givenPublished(app, bakery),
      ];
      expect(await markRead(ana, bakery, second)).toBe(1);
      expect((await threadOf(ana, bakery)).map(({ read }) => read)).toEqual([false, true, true]);
      expect(await markRead(ana, bakery, first)).toBe(1);
      expect(await markRead(ana, bakery)).toBe(0);
      expect(await inboxOf(ana)).toMatchObject([{ unread: 0, latest: { id: third, read: true } }]);
      await givenPublished(app, bakery);
      expect(await inboxOf(ana)).toMatchObject([{ unread: 1, latest: { read: false } }]);
    });

    it('of one account leaves the others unread', async () => {
      const ana = await givenFollower(app, bakery);
      expectStatus(200, await ana.put(`/me/follows/${library.id}`));
      await givenPublished(app, bakery);
      await givenPublished(app, library);
      expect(await markRead(ana, library)).toBe(0);
      expect(await inboxOf(ana)).toMatchObject([
        { accountId: library.id, unread: 0, latest: { read: true } },
        { accountId: bakery.id, unread: 1, latest: { read: false } },
      ]);
    });

    it('takes only what was received from that account', async () => {
      const before = await givenPublished(app, bakery);
      const ana = await givenFollower(app, bakery);
      expectStatus(200, await ana.put(`/me/follows/${library.id}`));
      const elsewhere = await givenPublished(app, library);
      await givenPublished(app, bakery);
      for (const upTo of [before, elsewhere, '018f4e5a-0000-7000-8000-000000000000']) {
        expectStatus(404, await ana.post(`/me/inbox/${bakery.id}/read`, { upTo }));
      }
      expectStatus(400, await ana.post(`/me/inbox/${bakery.id}/read`, { upTo: 'the newest' }));
      expect(await inboxOf(ana)).toMatchObject([
        { accountId: bakery.id, unread: 1 },
        { accountId: library.id },
      ]);
    });

    it('by many devices at once ends at the furthest, each broadcast read once', async () => {
      const brand = await givenBrand(app, 'subscription');
      const ana = await givenFollower(app, brand);
      const ids: string[] = [];
      for (let n = 0; n < 8; n += 1) ids.push(await givenPublished(app, brand));
      const marks = await Promise.all(
        [...ids, ...ids].reverse().map((upTo) => ana.post(`/me/inbox/${brand.id}/read`, { upTo })),
      );
      expect(new Set(marks.map(({ status }) => status))).toEqual(new Set([200]));
      expect(await folderOf(ana)).toMatchObject([{ unread: 0 }]);
      for (const id of ids) {
        const { body } = await brand.owner.get(brand.path(`/broadcasts/${id}/report`));
        expect(body).toMatchObject({ recipients: 1, reads: 1 });
      }
    });

    it('counts to 999', async () => {
      const ana = await givenFollower(app, gazette);
      await givenArchive(app, gazette, 1_000);
      expect(await folderOf(ana)).toMatchObject([{ unread: 999 }]);
      expect(await inboxOf(ana)).toMatchObject([{ folder: 'subscriptions', unread: 999 }]);
    });
  });

  describe('in pages', () => {
    it('lists every thread once, the folder in its place', async () => {
      const ana = await givenSubscriber(app);
      const brands = [bakery, library, museum, gazette];
      for (let n = 0; n < 3; n += 1) brands.push(await givenBrand(app, 'service'));
      for (const { id } of brands) expectStatus(200, await ana.put(`/me/follows/${id}`));
      for (const brand of [library, museum, bakery]) await givenPublished(app, brand);
      const whole = await inboxOf(ana);
      expect(whole).toMatchObject([
        { accountId: bakery.id },
        { folder: 'subscriptions' },
        { accountId: library.id },
        {},
        {},
        {},
      ]);
      expect(await paged(ana, '/me/inbox')).toEqual(whole);
      expect(await paged(ana, '/me/inbox/subscriptions')).toEqual(await folderOf(ana));
    });

    it('lists every broadcast of a thread once', async () => {
      const ana = await givenFollower(app, museum);
      for (let n = 0; n < 5; n += 1) await givenPublished(app, museum);
      const whole = await threadOf(ana, museum);
      expect(whole).toHaveLength(5);
      expect(await paged(ana, `/me/inbox/${museum.id}`)).toEqual(whole);
    });

    it('refuses a cursor that somebody made up or took from elsewhere', async () => {
      const ana = await givenFollower(app, museum);
      for (let n = 0; n < 3; n += 1) await givenPublished(app, museum);
      const { body } = await ana.get<PageOf<Broadcast>>(`/me/inbox/${museum.id}?limit=1`);
      const [list] = JSON.parse(Buffer.from(body.nextCursor ?? '', 'base64url').toString()) as string[];
      const forged = Buffer.from(JSON.stringify([list, 'x', '0', 'y'])).toString('base64url');
      for (const cursor of [forged, 'nonsense']) {
        const answer = await ana.get(`/me/inbox/${museum.id}?cursor=${cursor}`);
        expect(answer.body).toMatchObject({ status: 400, type: '/problems/invalid-cursor' });
      }
      expectStatus(400, await ana.get(`/me/inbox?cursor=${body.nextCursor ?? ''}`));
    });
  });

  describe('a preview', () => {
    async function preview(
      brand: Brand,
      people: readonly (Api & { readonly sub: string })[],
      text = 'A first look.',
    ): Promise<string> {
      for (const person of people) await givenPreviewPerson(brand, person);
      const draft = await brand.owner.post<{ id: string }>(brand.path('/broadcasts'), {
        content: { type: 'text', text },
      });
      const { id } = expectStatus(201, draft).body;
      expectStatus(
        200,
        await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), {
          subscribers: people.map(({ sub }) => sub),
        }),
      );
      return id;
    }

    it('is seen by whom it was shown to, marked, first, and not counted', async () => {
      const ana = await givenFollower(app, bakery);
      const ben = await givenFollower(app, bakery);
      const published = await givenPublished(app, bakery);
      const shown = await preview(bakery, [ana]);
      expect(await inboxOf(ana)).toMatchObject([
        { accountId: bakery.id, unread: 1, latest: { id: shown, preview: true } },
      ]);
      expect(await threadOf(ana, bakery)).toMatchObject([
        { id: shown, preview: true, read: true, content: { text: 'A first look.' } },
        { id: published, preview: false },
      ]);
      expect(await inboxOf(ben)).toMatchObject([{ latest: { id: published, preview: false } }]);
      const newer = await givenPublished(app, bakery);
      expect((await threadOf(ana, bakery)).map(({ id }) => id)).toEqual([newer, shown, published]);
      expect((await paged<Broadcast>(ana, `/me/inbox/${bakery.id}`)).map(({ id }) => id)).toEqual([
        newer,
        shown,
        published,
      ]);
      expect(await inboxOf(ana)).toMatchObject([{ unread: 2, latest: { id: newer } }]);
      expect(await markRead(ana, bakery, shown)).toBe(1);
    });

    it('reaches people who do not follow', async () => {
      const ana = await givenSubscriber(app);
      const shown = await preview(museum, [ana]);
      expect(await inboxOf(ana)).toMatchObject([
        { folder: 'subscriptions', unread: 0, latest: { id: shown, preview: true } },
      ]);
      expect(await folderOf(ana)).toMatchObject([
        { accountId: museum.id, following: false, unread: 0, latest: { id: shown } },
      ]);
      expect(await markRead(ana, museum)).toBe(0);
    });

    it('is gone after a week', async () => {
      const ana = await givenSubscriber(app);
      await preview(bakery, [ana]);
      await app.database.query(`UPDATE previews SET previewed_at = fanfare_now() - interval '7 days'`);
      expect(await inboxOf(ana)).toEqual([]);
      expectStatus(404, await ana.get(`/me/inbox/${bakery.id}`));
    });

    it('gives way to the broadcast itself once that is out', async () => {
      const brand = await givenBrand(app);
      const ana = await givenFollower(app, brand);
      const stranger = await givenSubscriber(app);
      const id = await preview(brand, [ana, stranger]);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true }));
      await tick(app);
      expect(await threadOf(ana, brand)).toMatchObject([{ id, preview: false, read: false }]);
      expect(await inboxOf(ana)).toMatchObject([{ unread: 1, latest: { id, preview: false } }]);
      expect(await inboxOf(stranger)).toEqual([]);
    });

    it('takes its place in the list of threads', async () => {
      const ana = await givenFollower(app, bakery);
      expectStatus(200, await ana.put(`/me/follows/${library.id}`));
      await givenPublished(app, library);
      await preview(bakery, [ana]);
      expect(await inboxOf(ana)).toMatchObject([{ accountId: bakery.id }, { accountId: library.id }]);
      await givenPublished(app, library);
      expect(await inboxOf(ana)).toMatchObject([{ accountId: library.id }, { accountId: bakery.id }]);
      expect(await paged(ana, '/me/inbox')).toEqual(await inboxOf(ana));
    });
  });

  it('is for subscribers only', async () => {
    for (const path of ['/me/inbox', '/me/inbox/subscriptions', `/me/inbox/${bakery.id}`]) {
      expectStatus(401, await app.api.get(path));
      expectStatus(403, await bakery.owner.get(path));
      expectStatus(403, await app.admin.get(path));
    }
  });
});
