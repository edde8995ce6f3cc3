import fc from 'fast-check';
import { decide, receivedSql, recipientSql, type Interval } from '../src/audience/audience';
import { countRecipients } from '../src/audience/recipient-count.service';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { resetClock, stopClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenScheduled,
  givenPreviewCode,
  givenPreviewPerson,
  givenSubscriber,
  inHours,
  schedule,
  unique,
  type Brand,
} from './support/given';
import { paged } from './support/pages';
import { givenPublished } from './support/published';
import { tick } from './support/publishing';
import { NO_PUSHES } from './support/pushed';

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

interface Tag {
  readonly id: string;
  readonly name: string;
}

type Person = Api & { readonly sub: string };

const someText = expect.any(String) as string;
const NOBODY = '018f4e5a-0000-7000-8000-000000000000';

async function itemsOf<T>(api: Api, path: string): Promise<readonly T[]> {
  return expectStatus(200, await api.get<PageOf<T>>(path)).body.items;
}

async function givenTag(brand: Brand, name = unique('tag')): Promise<Tag> {
  return expectStatus(201, await brand.owner.post<Tag>(brand.path('/tags'), { name })).body;
}

async function tagPerson(brand: Brand, tag: Tag, person: Person): Promise<void> {
  expectStatus(204, await brand.owner.put(brand.path(`/tags/${tag.id}/members/${person.sub}`)));
}

async function receivedBy(person: Api, brand: Brand): Promise<readonly string[]> {
  const answer = await person.get<PageOf<{ id: string }>>(`/me/inbox/${brand.id}?limit=200`);
  return answer.status === 404 ? [] : expectStatus(200, answer).body.items.map(({ id }) => id);
}

describe('the audience', () => {
  let app: TestApp;
  let bakery: Brand;
  let library: Brand;

  beforeAll(async () => {
    app = await startTestApp();
    bakery = await givenBrand(app, 'service');
    library = await givenBrand(app, 'subscription');
  });
  afterAll(() => app.stop());

  interface IntervalRow {
    readonly began: string;
    readonly ended: string | null;
  }

  /** The intervals of a follow, as PostgreSQL writes them, in their order. */
  function intervalsOf(person: Person, brand: Brand): Promise<readonly IntervalRow[]> {
    return app.database.query<IntervalRow[]>(
      `SELECT (extract(epoch FROM followed_at) * 1000000)::bigint AS began,
              (extract(epoch FROM unfollowed_at) * 1000000)::bigint AS ended
         FROM follows WHERE subscriber_id = $1 AND account_id = $2 ORDER BY followed_at`,
      [subscriberIdOf(person.sub), brand.id],
    );
  }

  function expectDisjoint(intervals: readonly IntervalRow[]): void {
    for (const [index, { began, ended }] of intervals.entries()) {
      const next = intervals[index + 1];
      if (next) expect(BigInt(ended ?? '-1')).toBeGreaterThanOrEqual(BigInt(began));
      if (next) expect(BigInt(next.began)).toBeGreaterThanOrEqual(BigInt(ended ?? '0'));
    }
  }

  describe('following', () => {
    it('begins once, however often it is asked for', async () => {
      const ana = await givenSubscriber(app);
      const first = expectStatus(200, await ana.put(`/me/follows/${bakery.id}`)).body;
      expect(first).toEqual({
        accountId: bakery.id,
        account: {
          id: bakery.id,
          handle: bakery.handle,
          name: 'Sunrise Bakery',
          type: 'service',
          folded: false,
          avatarUrl: null,
        },
        followedAt: someText,
        muted: false,
        notify: null,
      });
      expect(expectStatus(200, await ana.put(`/me/follows/${bakery.id}`, {})).body).toEqual(first);
      expect(await itemsOf(ana, '/me/follows')).toEqual([first]);
    });

    it('may begin muted, and be muted and unmuted', async () => {
      const ana = await givenSubscriber(app);
      expect((await ana.put(`/me/follows/${bakery.id}`, { muted: true })).body).toMatchObject({
        muted: true,
      });
      expect((await ana.put(`/me/follows/${bakery.id}`)).body).toMatchObject({ muted: true });
      expect((await ana.put(`/me/follows/${bakery.id}`, { muted: false })).body).toMatchObject({
        muted: false,
      });
      expect((await ana.patch(`/me/follows/${bakery.id}`, { muted: true })).body).toMatchObject({
        muted: true,
      });
      expectStatus(400, await ana.patch(`/me/follows/${bakery.id}`, {}));
      expectStatus(400, await ana.patch(`/me/follows/${bakery.id}`, { muted: 'yes' }));
      expectStatus(404, await ana.patch(`/me/follows/${library.id}`, { muted: true }));
    });

    it('ends, as often as it is asked to, and begins anew unmuted', async () => {
      const ana = await givenSubscriber(app);
      expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
      expectStatus(200, await ana.put(`/me/follows/${bakery.id}`, { muted: true }));
      expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
      expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
      expect(await itemsOf(ana, '/me/follows')).toEqual([]);
      expect((await ana.put(`/me/follows/${bakery.id}`)).body).toMatchObject({ muted: false });
      const intervals = await intervalsOf(ana, bakery);
      expect(intervals.map(({ ended }) => ended !== null)).toEqual([true, false]);
      expectDisjoint(intervals);
    });

    it('is listed latest first, in pages', async () => {
      const ana = await givenSubscriber(app);
      const brands = [bakery, library, await givenBrand(app), await givenBrand(app), await givenBrand(app)];
      for (const { id } of brands) expectStatus(200, await ana.put(`/me/follows/${id}`));
      const follows = await paged<{ accountId: string }>(ana, '/me/follows');
      expect(follows.map(({ accountId }) => accountId)).toEqual(brands.map(({ id }) => id).reverse());
    });

    it('is possible only where the brand is public, and where it is active', async () => {
      const ana = await givenSubscriber(app);
      const brand = await givenBrand(app);
      const ben = await givenFollower(app, brand);
      await app.database.query(`UPDATE accounts SET status = 'pending' WHERE id = $1`, [brand.id]);
      expectStatus(404, await ana.put(`/me/follows/${brand.id}`));
      await app.database.query(`UPDATE accounts SET status = 'active' WHERE id = $1`, [brand.id]);
      expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`));
      expect((await ana.put(`/me/follows/${brand.id}`)).body).toMatchObject({
        status: 409,
        type: '/problems/account-not-active',
      });
      expectStatus(200, await ben.put(`/me/follows/${brand.id}`));
      expectStatus(200, await ben.patch(`/me/follows/${brand.id}`, { muted: true }));
      await app.database.query(`UPDATE accounts SET status = 'closed' WHERE id = $1`, [brand.id]);
      expectStatus(404, await ana.put(`/me/follows/${brand.id}`));
      expect(await itemsOf(ben, '/me/follows')).toHaveLength(1);
      expectStatus(204, await ben.delete(`/me/follows/${brand.id}`));
      expectStatus(404, await ana.put(`/me/follows/${NOBODY}`));
      expectStatus(404, await ana.put('/me/follows/not-an-id'));
    });

    it('begins once when it is asked for twenty times at once', async () => {
      const ana = await givenSubscriber(app);
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => ana.put(`/me/follows/${bakery.id}`)),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(await intervalsOf(ana, bakery)).toHaveLength(1);
    });

    it('keeps its intervals apart while the clock stands still', async () => {
      const ana = await givenSubscriber(app);
      await stopClock(app.database, new Date().toISOString());
      for (let n = 0; n < 4; n += 1) {
        expectStatus(200, await ana.put(`/me/follows/${bakery.id}`));
        expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
      }
      await resetClock(app.database);
      const intervals = await intervalsOf(ana, bakery);
      expect(intervals).toHaveLength(4);
      expectDisjoint(intervals);
    });
  });

  it('is whoever followed at the instant of publication, while everybody comes and goes', async () => {
    const second = await startTestApp({ databaseUrl: app.url });
    const brand = await givenBrand(app, 'subscription');
    const people = await Promise.all(Array.from({ length: 8 }, () => givenSubscriber(app)));
    const flip = async (person: Person) => {
      for (let n = 0; n < 15; n += 1) {
        const api = n % 2 === 0 ? person : second.api.as(person.token ?? '');
        const [one, two] = await Promise.all([
          api.put(`/me/follows/${brand.id}`),
          person.delete(`/me/follows/${brand.id}`),
        ]);
        expect([one.status, two.status]).toEqual([200, 204]);
      }
    };
    const published: string[] = [];
    const publish = async () => {
      for (let n = 0; n < 30; n += 1) published.push(await givenPublished(app, brand));
    };
    await Promise.all([...people.map(flip), publish()]);
    const instants = await app.database.query<{ id: string; at: string }[]>(
      `SELECT id, (extract(epoch FROM published_at) * 1000000)::bigint AS at FROM broadcasts
        WHERE account_id = $1 ORDER BY sequence DESC`,
      [brand.id],
    );
    expect(instants).toHaveLength(30);
    const recipients = new Map(published.map((id) => [id, 0]));
    for (const person of people) {
      const intervals = await intervalsOf(person, brand);
      expectDisjoint(intervals);
      const expected = instants
        .filter(({ at }) =>
          intervals.some(({ began, ended }) => +began <= +at && (ended === null || +at < +ended)),
        )
        .map(({ id }) => id);
      expect(await receivedBy(person, brand)).toEqual(expected);
      for (const id of expected) recipients.set(id, (recipients.get(id) ?? 0) + 1);
    }
    for (const [id, count] of recipients) {
      expect((await brand.owner.get(brand.path(`/broadcasts/${id}/report`))).body).toMatchObject({
        recipients: count,
      });
    }
    await second.stop();
  });

  describe('tags', () => {
    it('have names that are unique in their account, whatever the case', async () => {
      const name = unique('Früh');
      expect(await givenTag(bakery, name)).toEqual({
        id: someText,
        name,
        createdAt: someText,
      });
      for (const same of [name, name.toUpperCase(), ` ${name.toLowerCase()} `]) {
        const answer = await bakery.owner.post(bakery.path('/tags'), { name: same });
        expect(answer.body).toMatchObject({ status: 409, type: '/problems/already-exists' });
      }
      await givenTag(library, name);
    });

    it.each(['', '  ', 'a;b', 'a\nb', 'x'.repeat(65), NOBODY, 7, null])(
      'cannot be called %p',
      async (name) => {
        expectStatus(400, await bakery.owner.post(bakery.path('/tags'), { name }));
      },
    );

    it('are made once when they are asked for ten times at once', async () => {
      const name = unique('race');
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => bakery.owner.post(bakery.path('/tags'), { name })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array<number>(9).fill(409)]);
    });

    it('are 200 at most', async () => {
      const brand = await givenBrand(app);
      await app.database.query(
        `INSERT INTO tags (id, account_id, name, folded, created_at)
         SELECT gen_random_uuid(), $1, 'tag ' || n, 'tag ' || n, now() FROM generate_series(1, 199) AS n`,
        [brand.id],
      );
      const last = await givenTag(brand);
      const answer = await brand.owner.post(brand.path('/tags'), { name: 'one too many' });
      expect(answer.body).toMatchObject({ status: 409, type: '/problems/limit-reached' });
      expectStatus(204, await brand.owner.delete(brand.path(`/tags/${last.id}`)));
      await givenTag(brand);
      expect(await itemsOf(brand.owner, brand.path('/tags?limit=200'))).toHaveLength(200);
    });

    it('are listed by name, in pages, until they are deleted', async () => {
      const brand = await givenBrand(app);
      for (const name of ['c', 'a', 'e', 'b', 'd']) await givenTag(brand, name);
      const tags = await paged<Tag>(brand.owner, brand.path('/tags'));
      expect(tags.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expectStatus(204, await brand.owner.delete(brand.path(`/tags/${tags[0]?.id ?? ''}`)));
      expectStatus(404, await brand.owner.delete(brand.path(`/tags/${tags[0]?.id ?? ''}`)));
      expect(await paged(brand.owner, brand.path('/tags'))).toEqual(tags.slice(1));
      await givenTag(brand, 'A');
    });

    it('cannot be deleted while a scheduled broadcast is addressed to them', async () => {
      const tag = await givenTag(bakery);
      const { body } = await schedule(bakery, { at: inHours(5) }, { audience: { tags: { none: [tag.id] } } });
      const answer = await bakery.owner.delete(bakery.path(`/tags/${tag.id}`));
      expect(answer.body).toMatchObject({
        status: 409,
        type: '/problems/tag-in-use',
        broadcasts: [{ id: body.id, scheduledAt: body.scheduledAt }],
      });
      expectStatus(200, await bakery.owner.post(bakery.path(`/broadcasts/${body.id}/cancel`)));
      expectStatus(204, await bakery.owner.delete(bakery.path(`/tags/${tag.id}`)));
    });

    it('are given to followers and taken from them, each as often as one likes', async () => {
      const tag = await givenTag(bakery);
      const ana = await givenFollower(app, bakery);
      const member = bakery.path(`/tags/${tag.id}/members/${ana.sub}`);
      await tagPerson(bakery, tag, ana);
      await tagPerson(bakery, tag, ana);
      expect(await itemsOf(bakery.owner, bakery.path(`/tags/${tag.id}/members`))).toEqual([
        { subscriber: ana.sub, taggedAt: someText },
      ]);
      const [follower] = await itemsOf(bakery.owner, bakery.path(`/followers?tag=${tag.id}`));
      expect(follower).toEqual({
        subscriber: ana.sub,
        followedAt: someText,
        tags: [{ id: tag.id, name: tag.name }],
      });
      expectStatus(204, await bakery.owner.delete(member));
      expectStatus(204, await bakery.owner.delete(member));
      expect(await itemsOf(bakery.owner, bakery.path(`/followers?tag=${tag.id}`))).toEqual([]);
      const audit = await app.database.query<{ action: string; facts: object }[]>(
        `SELECT action, facts FROM audit_entries WHERE subject = $1 ORDER BY at`,
        [`tag:${tag.id}`],
      );
      const subscriberId = subscriberIdOf(ana.sub);
      expect(audit).toEqual([
        { action: 'tag.created', facts: { name: tag.name } },
        { action: 'subscriber.tagged', facts: { subscriberId } },
        { action: 'subscriber.untagged', facts: { subscriberId } },
      ]);
    });

    it('are not given to strangers, nor by another brand, nor by a viewer', async () => {
      const tag = await givenTag(bakery);
      const ana = await givenFollower(app, library);
      const path = `/tags/${tag.id}/members/${ana.sub}`;
      expectStatus(404, await bakery.owner.put(bakery.path(path)));
      expectStatus(404, await library.owner.put(library.path(path)));
      expectStatus(404, await library.owner.put(bakery.path(path)));
      expectStatus(404, await bakery.owner.put(bakery.path(`/tags/${tag.id}/members/${'x'.repeat(129)}`)));
      expectStatus(404, await library.owner.get(library.path(`/tags/${tag.id}/members`)));
      expectStatus(404, await library.owner.get(library.path(`/followers?tag=${tag.id}`)));
      expectStatus(404, await library.owner.delete(library.path(`/tags/${tag.id}`)));
      expectStatus(403, await ana.get(library.path('/followers')));
      expectStatus(403, await app.admin.put(bakery.path(path)));
    });

    it('say who receives a broadcast, as they were held when it was published', async () => {
      const [vip, local, banned] = [await givenTag(bakery), await givenTag(bakery), await givenTag(bakery)];
      const [ana, ben, cleo] = [
        await givenFollower(app, bakery),
        await givenFollower(app, bakery),
        await givenFollower(app, bakery),
      ];
      for (const person of [ana, ben]) await tagPerson(bakery, vip, person);
      await tagPerson(bakery, local, ben);
      await tagPerson(bakery, banned, cleo);
      const any = await givenPublished(app, bakery, { any: [vip.id, banned.id] });
      const all = await givenPublished(app, bakery, { all: [vip.id, local.id] });
      const none = await givenPublished(app, bakery, { none: [local.id, banned.id] });
      expectStatus(204, await bakery.owner.delete(bakery.path(`/tags/${vip.id}/members/${ana.sub}`)));
      const later = await givenPublished(app, bakery, { any: [vip.id] });
      expect(await receivedBy(ana, bakery)).toEqual([none, any]);
      expect(await receivedBy(ben, bakery)).toEqual([later, all, any]);
      expect(await receivedBy(cleo, bakery)).toEqual([any]);
      await tagPerson(bakery, vip, ana);
      expect(await receivedBy(ana, bakery)).toEqual([none, any]);
      const again = await givenPublished(app, bakery, { all: [vip.id] });
      expect(await receivedBy(ana, bakery)).toEqual([again, none, any]);
    });

    it('say how many followers hold them where that is asked for, without those who have left', async () => {
      const brand = await givenBrand(app);
      const tags = brand.path('/tags');
      const vip = expectStatus(201, await brand.owner.post<Tag>(tags, { name: 'vip' })).body;
      expectStatus(201, await brand.owner.post(tags, { name: 'new' }));
      const people: Person[] = [];
      for (let n = 0; n < 4; n += 1) people.push(await givenFollower(app, brand));
      for (const person of people) await tagPerson(brand, vip, person);
      const [gone, back, untagged] = people as [Person, Person, Person];
      expectStatus(204, await brand.owner.delete(`${tags}/${vip.id}/members/${untagged.sub}`));
      for (const person of [gone, back]) expectStatus(204, await person.delete(`/me/follows/${brand.id}`));
      expectStatus(200, await back.put(`/me/follows/${brand.id}`));
      const counted = expectStatus(200, await brand.owner.get<object>(`${tags}?counts=true`)).body;
      expect(counted).toMatchObject({
        items: [
          { name: 'new', followers: 0 },
          { name: 'vip', followers: 2 },
        ],
      });
      const plain = expectStatus(200, await brand.owner.get<{ items: object[] }>(tags)).body;
      expect(plain.items[0]).not.toHaveProperty('followers');
    });

    it('stay with whoever leaves and comes back', async () => {
      const tag = await givenTag(bakery);
      const ana = await givenFollower(app, bakery);
      await tagPerson(bakery, tag, ana);
      expectStatus(204, await ana.delete(`/me/follows/${bakery.id}`));
      expect(await itemsOf(bakery.owner, bakery.path(`/tags/${tag.id}/members`))).toEqual([]);
      expectStatus(200, await ana.put(`/me/follows/${bakery.id}`));
      expect(await itemsOf(bakery.owner, bakery.path(`/tags/${tag.id}/members`))).toHaveLength(1);
    });
  });

  it("lists a brand's followers, latest first, in pages", async () => {
    const brand = await givenBrand(app);
    const people = [];
    for (let n = 0; n < 5; n += 1) people.push(await givenFollower(app, brand));
    expectStatus(204, (await people[2]?.delete(`/me/follows/${brand.id}`)) as never);
    const followers = await paged<{ subscriber: string }>(brand.owner, brand.path('/followers'));
    const subs = people.map(({ sub }) => sub);
    expect(followers.map(({ subscriber }) => subscriber)).toEqual([subs[4], subs[3], subs[1], subs[0]]);
    expectStatus(200, await app.admin.get(brand.path('/followers')));
    expectStatus(404, await bakery.owner.get(brand.path('/followers')));
  });

  describe('the report of a broadcast', () => {
    it('counts who received it, read it, reported it and left within a week', async () => {
      const [ana, ben, cleo] = [
        await givenFollower(app, library),
        await givenFollower(app, library),
        await givenFollower(app, library),
      ];
      const others = (await itemsOf(library.owner, library.path('/followers?limit=200'))).length - 3;
      const broadcast = await givenScheduled(library, { now: true });
      const report = library.path(`/broadcasts/${broadcast.id}/report`);
      const nothing = {
        broadcastId: broadcast.id,
        recipients: 0,
        reads: 0,
        pushes: { status: 'none', completedAt: null, webPush: NO_PUSHES, gateway: NO_PUSHES },
        unfollows: 0,
        reports: 0,
      };
      expect((await library.owner.get(report)).body).toMatchObject(nothing);
      await tick(app);
      await givenFollower(app, library);
      for (const person of [ana, ben]) expectStatus(200, await person.post(`/me/inbox/${library.id}/read`));
      expectStatus(204, await ben.delete(`/me/follows/${library.id}`));
      expectStatus(201, await cleo.post('/me/reports', { broadcastId: broadcast.id, reason: 'Not bread.' }));
      const counted = { recipients: others + 3, reads: 2, unfollows: 1, reports: 1 };
      expect((await library.owner.get(report)).body).toMatchObject({
        ...nothing,
        ...counted,
        asOf: someText,
      });
      expectStatus(200, await library.owner.post(library.path(`/broadcasts/${broadcast.id}/recall`)));
      expect((await app.admin.get(report)).body).toMatchObject(counted);
      expectStatus(404, await bakery.owner.get(bakery.path(`/broadcasts/${broadcast.id}/report`)));
      expectStatus(404, await library.owner.get(library.path('/broadcasts/not-an-id/report')));
    });

    it('does not count as read what its reader had not received', async () => {
      const missed = await givenPublished(app, bakery);
      const ana = await givenFollower(app, bakery);
      await givenPublished(app, bakery);
      expectStatus(200, await ana.post(`/me/inbox/${bakery.id}/read`));
      const { body } = await bakery.owner.get(bakery.path(`/broadcasts/${missed}/report`));
      expect(body).toMatchObject({ reads: 0 });
    });

    it('does not count who left more than a week later', async () => {
      const brand = await givenBrand(app);
      const [ana, ben] = [await givenFollower(app, brand), await givenFollower(app, brand)];
      for (const [person, left] of [
        [ana, '2026-01-08T09:59:59Z'],
        [ben, '2026-01-08T10:00:00Z'],
      ] as const) {
        await app.database.query(
          `UPDATE follows SET followed_at = '2026-01-01', unfollowed_at = $2 WHERE subscriber_id = $1`,
          [subscriberIdOf(person.sub), left],
        );
      }
      const id = await givenPublished(app, brand, { at: '2026-01-01T10:00:00Z' });
      const { body } = await brand.owner.get(brand.path(`/broadcasts/${id}/report`));
      expect(body).toMatchObject({ recipients: 2, unfollows: 1 });
    });

    it('tells of one person whether they received it, and why', async () => {
      const tag = await givenTag(bakery, unique('regulars'));
      const [early, held] = [await givenFollower(app, bakery), await givenFollower(app, bakery)];
      await tagPerson(bakery, tag, held);
      expectStatus(204, await early.delete(`/me/follows/${bakery.id}`));
      const id = await givenPublished(app, bakery);
      const tagged = await givenPublished(app, bakery, { any: [tag.id] });
      const excluded = await givenPublished(app, bakery, { none: [tag.id] });
      const late = await givenFollower(app, bakery);
      const why = async (broadcastId: string, sub: string) =>
        expectStatus(200, await bakery.owner.get(bakery.path(`/broadcasts/${broadcastId}/recipients/${sub}`)))
          .body;
      expect(await why(id, held.sub)).toMatchObject({
        received: true,
        reason: 'following',
        at: someText,
        detail: 'They were following when it was published.',
      });
      expect(await why(id, early.sub)).toMatchObject({
        received: false,
        reason: 'unfollowed-before',
        at: someText,
      });
      expect(await why(id, late.sub)).toMatchObject({
        received: false,
        reason: 'followed-later',
        at: someText,
      });
      expect(await why(id, 'nobody we know')).toMatchObject({
        received: false,
        reason: 'never-followed',
        at: null,
      });
      expect(await why(tagged, held.sub)).toMatchObject({ received: true });
      expect(await why(tagged, late.sub)).toMatchObject({ reason: 'followed-later' });
      expect(await why(excluded, held.sub)).toMatchObject({
        received: false,
        reason: 'tag-excluded',
        detail: `They were following, but held a tag that it was not meant for: “${tag.name}”.`,
      });
      const draft = await givenScheduled(bakery, { at: inHours(2000) });
      expect(await why(draft.id, held.sub)).toMatchObject({
        received: false,
        reason: 'not-published',
        at: null,
      });
      expectStatus(404, await library.owner.get(library.path(`/broadcasts/${id}/recipients/${held.sub}`)));
    });
  });

  it('is decided by SQL as it is by the plain function', async () => {
    const base = Date.UTC(2026, 0, 1) * 1000;
    const tags = [1, 2, 3].map((n) => `018f4e5a-0000-7000-8000-00000000000${n}`);
    const people = [1, 2, 3, 4].map((n) => `018f4e5a-0000-4000-8000-00000000000${n}`);
    const instant = (micros: number) =>
      `${new Date(Math.floor((base + micros) / 1000)).toISOString().slice(0, 20)}${String((base + micros) % 1_000_000).padStart(6, '0')}Z`;

    /** Intervals one after the other, some of them empty, the last one perhaps open. */
    const history = fc.tuple(fc.array(fc.nat(9), { maxLength: 6 }), fc.boolean()).map(([points, open]) => {
      const sorted = points.sort((a, b) => a - b);
      const intervals: Interval[] = [];
      for (let n = 0; n + 1 < sorted.length; n += 2) {
        const [from = 0, until = 0] = sorted.slice(n, n + 2);
        if (intervals.at(-1)?.from !== from) intervals.push({ from, until });
      }
      const last = sorted.at(-1);
      if (open && last !== undefined && intervals.at(-1)?.from !== last)
        intervals.push({ from: last, until: null });
      return intervals;
    });
    const someTags = fc.option(fc.subarray(tags, { minLength: 1 }), { nil: null });
    // Nobody is given a tag who is not following.
    const person = fc
      .record({ follows: history, taggings: fc.tuple(history, history, history) })
      .map(({ follows, taggings }) => ({
        follows,
        taggings: taggings.map((intervals) =>
          intervals.filter(({ from }) =>
            follows.some((f) => f.from <= from && (f.until === null || from <= f.until)),
          ),
        ),
      }));
    const broadcast = fc.record({ publishedAt: fc.nat(9), any: someTags, all: someTags, none: someTags });
    const world = fc.record({
      persons: fc.tuple(person, person, person, person),
      broadcasts: fc.array(broadcast, { minLength: 1, maxLength: 6 }),
    });
    const rollback = new Error('rolled back');

    await fc.assert(
      fc.asyncProperty(world, async ({ persons, broadcasts }) => {
        const expected = broadcasts.map((addressed) =>
          persons.map(({ follows, taggings }) => {
            const held = taggings.flatMap((intervals, n) =>
              intervals.map((i) => ({ ...i, tagId: tags[n] ?? '' })),
            );
            return decide(follows, held, addressed).received;
          }),
        );
        const work = app.database.transaction(async (manager) => {
          for (const [n, { follows, taggings }] of persons.entries()) {
            for (const { from, until } of follows) {
              await manager.query(
                'INSERT INTO follows (subscriber_id, account_id, followed_at, unfollowed_at) VALUES ($1, $2, $3, $4)',
                [people[n], bakery.id, instant(from), until === null ? null : instant(until)],
              );
            }
            for (const [t, intervals] of taggings.entries()) {
              for (const { from, until } of intervals) {
                await manager.query('INSERT INTO taggings VALUES ($1, $2, $3, $4, $5)', [
                  people[n],
                  tags[t],
                  bakery.id,
                  instant(from),
                  until === null ? null : instant(until),
                ]);
              }
            }
          }
          for (const [n, { publishedAt, any, all, none }] of broadcasts.entries()) {
            // The slot is asked for at commit, which never comes.
            await manager.query(
              `INSERT INTO broadcasts (id, account_id, status, content, audience_any, audience_all, audience_none,
                                       scheduled_at, published_at, sequence, term, created_by, created_at, updated_at)
               VALUES (gen_random_uuid(), $1, 'published', '{}', $2, $3, $4, 'epoch', $5, $6, 1, 'test', now(), now())`,
              [bakery.id, any, all, none, instant(publishedAt), 9_000_000 + n],
            );
          }
          const many = await manager.query<{ subscriber_id: string; n: string }[]>(
            `SELECT f.subscriber_id, b.sequence - 9000000 AS n
               FROM follows f JOIN broadcasts b ON b.account_id = f.account_id AND b.sequence >= 9000000
              WHERE f.account_id = $1 AND ${receivedSql('f', 'b')}`,
            [bakery.id],
          );
          const fromMany = broadcasts.map((_, n) =>
            people.map((id) => many.some((row) => row.subscriber_id === id && Number(row.n) === n)),
          );
          const fromOne: boolean[][] = [];
          const counts: number[] = [];
          for (const broadcast of broadcasts) {
            const addressed = { ...broadcast, publishedAt: instant(broadcast.publishedAt) };
            const parameters: unknown[] = [bakery.id];
            const condition = recipientSql('f', addressed, parameters);
            counts.push(await countRecipients(manager, bakery.id, addressed));
            const rows = await manager.query<{ subscriber_id: string }[]>(
              `SELECT f.subscriber_id FROM follows f WHERE f.account_id = $1 AND ${condition}`,
              parameters,
            );
            fromOne.push(people.map((id) => rows.some((row) => row.subscriber_id === id)));
          }
          expect(fromMany).toEqual(expected);
          expect(fromOne).toEqual(expected);
          expect(counts).toEqual(expected.map((received) => received.filter(Boolean).length));
          expect(many).toHaveLength(expected.flat().filter(Boolean).length);
          throw rollback;
        });
        await work.catch((error: unknown) => {
          if (error !== rollback) throw error;
        });
      }),
      { numRuns: 100 },
    );
  });

  it('is nobody who holds a tag without having followed: the database takes no such tag', async () => {
    const brand = await givenBrand(app);
    const ana = await givenFollower(app, brand);
    const tagged = (sub: string, at: string) =>
      app.database.query(
        `INSERT INTO taggings (subscriber_id, tag_id, account_id, tagged_at)
         VALUES ($1, gen_random_uuid(), $2, fanfare_now() + $3::interval)`,
        [subscriberIdOf(sub), brand.id, at],
      );
    await expect(tagged(unique('nobody'), '0')).rejects.toThrow(/was not following/);
    await expect(tagged(ana.sub, '-1 hour')).rejects.toThrow(/was not following/);
    await tagged(ana.sub, '0');
  });

  describe('reporting a broadcast', () => {
    it('is for those who received it; the latest reason stands, and nobody is named', async () => {
      const brand = await givenBrand(app);
      const missed = await givenPublished(app, brand);
      const ana = await givenFollower(app, brand);
      const broadcastId = await givenPublished(app, brand);
      for (const unseen of [missed, NOBODY]) {
        expectStatus(404, await ana.post('/me/reports', { broadcastId: unseen, reason: 'Spam.' }));
      }
      expectStatus(400, await ana.post('/me/reports', { broadcastId: 'x', reason: 'Spam.' }));
      expectStatus(400, await ana.post('/me/reports', { broadcastId, reason: '' }));
      expectStatus(201, await ana.post('/me/reports', { broadcastId, reason: 'Spam.' }));
      const { body } = expectStatus(201, await ana.post('/me/reports', { broadcastId, reason: 'Fraud.' }));
      expect(body).toEqual({
        id: someText,
        broadcastId,
        accountId: brand.id,
        preview: false,
        content: null,
        reason: 'Fraud.',
        reportedAt: someText,
      });
      const listed = expectStatus(200, await app.admin.get(`/admin/reports?accountId=${brand.id}`));
      expect(listed.body).toEqual({ items: [body], nextCursor: null });
      expect(listed.text).not.toContain(subscriberIdOf(ana.sub));
      expectStatus(403, await brand.owner.get('/admin/reports'));
    });

    it('fills pages that name nobody even in their cursors, also when many report at one instant', async () => {
      const brand = await givenBrand(app);
      const people = await Promise.all(Array.from({ length: 7 }, () => givenFollower(app, brand)));
      const broadcastId = await givenPublished(app, brand);
      for (const [n, person] of people.entries()) {
        expectStatus(201, await person.post('/me/reports', { broadcastId, reason: `reason ${n}` }));
      }
      await app.database.query(
        `UPDATE reports SET reported_at = '2026-01-01T10:00:00.000001Z' WHERE account_id = $1 AND reason < 'reason 5'`,
        [brand.id],
      );
      const items = await paged<{ reason: string }>(app.admin, `/admin/reports?accountId=${brand.id}`);
      expect(items.map(({ reason }) => reason).sort()).toEqual(people.map((_, n) => `reason ${n}`));
      expect(items.slice(0, 2).map(({ reason }) => reason)).toEqual(['reason 6', 'reason 5']);
    });
  });

  describe('a person', () => {
    async function givenHistory() {
      const brand = await givenBrand(app);
      const tag = await givenTag(brand);
      const ana = await givenFollower(app, brand);
      await tagPerson(brand, tag, ana);
      const read = await givenPublished(app, brand, { any: [tag.id] });
      expectStatus(200, await ana.post(`/me/inbox/${brand.id}/read`));
      const unread = await givenPublished(app, brand);
      expectStatus(201, await ana.post('/me/reports', { broadcastId: read, reason: 'It is about me.' }));
      const draft = await brand.owner.post<{ id: string }>(brand.path('/broadcasts'), {
        content: { type: 'text', text: 'Soon.' },
      });
      await givenPreviewPerson(brand, ana, 'Ana');
      expectStatus(
        200,
        await brand.owner.post(brand.path(`/broadcasts/${draft.body.id}/preview`), {
          subscribers: [ana.sub],
        }),
      );
      await givenPreviewCode(ana);
      return { brand, tag, ana, read, unread, previewed: draft.body.id };
    }

    it('may take out everything that is kept about them', async () => {
      const { brand, tag, ana, read, unread, previewed } = await givenHistory();
      const account = { id: brand.id, handle: brand.handle, name: 'Sunrise Bakery' };
      expect(expectStatus(200, await ana.get('/me/export')).body).toEqual({
        sub: ana.sub,
        subscriberId: subscriberIdOf(ana.sub),
        since: someText,
        exportedAt: someText,
        follows: [{ account, followedAt: someText, unfollowedAt: null, muted: false, notify: null }],
        taggings: [{ account, tag: tag.name, taggedAt: someText, untaggedAt: null }],
        reads: [{ account, readAt: someText, broadcastIds: [read] }],
        previews: [
          {
            account,
            broadcastId: previewed,
            content: { type: 'text', text: 'Soon.' },
            previewedAt: someText,
          },
        ],
        previewConsents: [{ account, name: 'Ana', agreedAt: someText }],
        previewCodes: [{ madeAt: someText, expiresAt: someText }],
        previewDays: [{ day: someText, previews: 1 }],
        reports: [
          { account, broadcastId: read, reason: 'It is about me.', content: null, reportedAt: someText },
        ],
        pushEndpoints: [],
        pushes: [],
        inbox: [
          { id: read, accountId: brand.id, publishedAt: someText },
          { id: unread, accountId: brand.id, publishedAt: someText },
        ],
      });
      const stranger = await givenSubscriber(app);
      expect((await stranger.get('/me/export')).body).toMatchObject({ since: null, follows: [], inbox: [] });
    });

    it('may have themself erased; the figures stay, and lead nowhere', async () => {
      const { brand, tag, ana, read, unread } = await givenHistory();
      const reports = () =>
        Promise.all(
          [read, unread].map(
            async (id) => (await brand.owner.get(brand.path(`/broadcasts/${id}/report`))).body,
          ),
        );
      const before = await reports();
      expectStatus(204, await ana.delete('/me'));
      const after = await reports();
      expect(before).toMatchObject([
        { recipients: 1, reads: 1, reports: 1 },
        { recipients: 1, reads: 0 },
      ]);
      expect(after).toMatchObject([
        { recipients: 1, reads: 1, reports: 1, unfollows: 1 },
        { recipients: 1, reads: 0 },
      ]);
      const tables = [
        ...['follows', 'taggings', 'reads', 'reports'],
        ...['previews', 'preview_people', 'preview_person_days', 'preview_codes'],
      ];
      for (const table of tables) {
        const left = await app.database.query<unknown[]>(`SELECT FROM ${table} WHERE subscriber_id = $1`, [
          subscriberIdOf(ana.sub),
        ]);
        expect(left).toEqual([]);
      }
      expect(await app.database.query('SELECT FROM subscribers WHERE sub = $1', [ana.sub])).toEqual([]);
      expect((await app.admin.get(`/admin/reports?accountId=${brand.id}`)).body).toMatchObject({
        items: [{ broadcastId: read, reason: '' }],
      });
      expect(await itemsOf(brand.owner, brand.path('/followers'))).toEqual([]);
      expect(await itemsOf(brand.owner, brand.path(`/tags/${tag.id}/members`))).toEqual([]);
      const why = await brand.owner.get(brand.path(`/broadcasts/${read}/recipients/${ana.sub}`));
      expect(why.body).toMatchObject({ received: false, reason: 'never-followed' });
    });

    it('who was erased comes back as a newcomer', async () => {
      const { brand, ana } = await givenHistory();
      expectStatus(204, await ana.delete('/me'));
      expectStatus(204, await ana.delete('/me'));
      expect(await itemsOf(ana, '/me/inbox')).toEqual([]);
      expectStatus(404, await ana.get(`/me/inbox/${brand.id}`));
      expect((await ana.get('/me/export')).body).toMatchObject({
        since: null,
        follows: [],
        reads: [],
        inbox: [],
      });
      expectStatus(200, await ana.put(`/me/follows/${brand.id}`));
      const id = await givenPublished(app, brand);
      expect(await receivedBy(ana, brand)).toEqual([id]);
    });

    it('leaves an audit entry that does not name them', async () => {
      const { ana } = await givenHistory();
      expectStatus(204, await ana.delete('/me'));
      const [entry] = await app.database.query<object[]>(
        `SELECT actor, subject, account_id, facts FROM audit_entries WHERE action = 'subscriber.erased' ORDER BY at DESC LIMIT 1`,
      );
      expect(entry).toEqual({ actor: 'subscriber', subject: 'subscriber', account_id: null, facts: {} });
    });

    it('is either there or erased, whatever they do at the same time', async () => {
      const { brand, tag, ana } = await givenHistory();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () => [
          ana.delete('/me'),
          ana.put(`/me/follows/${brand.id}`),
          ana.post(`/me/inbox/${brand.id}/read`),
          brand.owner.put(brand.path(`/tags/${tag.id}/members/${ana.sub}`)),
        ]).flat(),
      );
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      expectStatus(204, await ana.delete('/me'));
      const id = subscriberIdOf(ana.sub);
      for (const table of ['follows', 'taggings', 'reads']) {
        expect(await app.database.query(`SELECT FROM ${table} WHERE subscriber_id = $1`, [id])).toEqual([]);
      }
    });
  });

  describe('the directory', () => {
    it('lists active brands by handle, and finds them by any part of handle or name', async () => {
      const word = unique('bäck');
      const brands = [];
      for (const name of [`${word} Nord`, `Die ${word.toUpperCase()}`, `100% ${word}`]) {
        brands.push(await givenBrand(app, 'service', { name, description: 'Bread.' }));
      }
      const found = await paged<{ handle: string }>(app.api, `/directory?q=${encodeURIComponent(word)}`);
      expect(found.map(({ handle }) => handle)).toEqual(brands.map(({ handle }) => handle).sort());
      expect(await itemsOf(app.api, `/directory?q=${encodeURIComponent(`100% ${word}`)}`)).toHaveLength(1);
      expect(await itemsOf(app.api, `/directory?q=${encodeURIComponent(`_${word}`)}`)).toEqual([]);
      const [first] = brands;
      expect(expectStatus(200, await app.api.get(`/directory/${first?.handle ?? ''}`)).body).toEqual({
        id: first?.id,
        handle: first?.handle,
        name: `${word} Nord`,
        type: 'service',
        folded: false,
        description: 'Bread.',
        avatarUrl: null,
      });
    });

    it('does not know brands that are not active', async () => {
      const brand = await givenBrand(app);
      expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`));
      expectStatus(404, await app.api.get(`/directory/${brand.handle}`));
      expect(await itemsOf(app.api, `/directory?q=${brand.handle}`)).toEqual([]);
      expectStatus(404, await app.api.get('/directory/nobody-has-this'));
    });
  });

  it('gets tokens to try things out from admins alone', async () => {
    const { body } = expectStatus(
      201,
      await app.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub: '阿娜 1' }),
    );
    expect(body).toEqual({ token: someText, expiresAt: someText, sub: '阿娜 1' });
    expect((await app.api.as(body.token).get('/whoami')).body).toMatchObject({
      kind: 'subscriber',
      sub: '阿娜 1',
    });
    expectStatus(403, await bakery.owner.post('/admin/subscriber-tokens', { sub: 'x' }));
    expectStatus(400, await app.admin.post('/admin/subscriber-tokens', { sub: '' }));
    expectStatus(400, await app.admin.post('/admin/subscriber-tokens', { sub: 'x'.repeat(129) }));
  });
});
