import { Follows } from '../src/audience/follows.service';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import { Delivery } from '../src/stream/delivery.service';
import { FollowIndex } from '../src/stream/follow-index.service';
import { Streams } from '../src/stream/streams.service';
import { startTestApp, type TestApp } from './support/app';
import { withClient } from './support/database';
import { EventStream, subscriberToken, type OpenOptions } from './support/event-stream';
import { eventually } from './support/eventually';
import {
  expectStatus,
  givenBrand,
  givenSubscriber,
  hello,
  schedule,
  unique,
  type Brand,
} from './support/given';
import { givenArchive, givenPublished } from './support/published';
import { tick } from './support/publishing';

const DAYS = 86_400_000;

describe('the live stream', () => {
  /** Two replicas on one database. */
  let here: TestApp;
  let there: TestApp;
  const addresses = new Map<TestApp, string>();
  const streams: EventStream[] = [];

  beforeAll(async () => {
    here = await startTestApp();
    there = await startTestApp({ databaseUrl: here.url });
    for (const replica of [here, there]) {
      await replica.app.listen(0, '127.0.0.1');
      addresses.set(replica, await replica.app.getUrl());
    }
  });
  afterEach(async () => {
    for (const stream of streams.splice(0)) stream.close();
    await everybodyGone();
  });
  afterAll(async () => {
    await there.stop();
    await here.stop();
  });

  async function open(replica: TestApp, sub: string, options?: OpenOptions): Promise<EventStream> {
    const stream = await EventStream.live(addresses.get(replica) ?? '', await subscriberToken(sub), options);
    streams.push(stream);
    return stream;
  }

  /** Both replicas have noticed that the clients have left. */
  function everybodyGone(): Promise<void> {
    return eventually(() => [here, there].every(({ app }) => app.get(FollowIndex).connected.size === 0));
  }

  async function givenFollowers(brand: Brand, ...subs: string[]): Promise<void> {
    for (const sub of subs) await follow(here, sub, brand);
  }

  async function follow(replica: TestApp, sub: string, brand: Brand, body: object = {}): Promise<void> {
    expectStatus(200, await (await givenSubscriber(replica, sub)).put(`/me/follows/${brand.id}`, body));
  }

  /** Published by this replica's scheduler; when that had committed, by performance.now(). */
  async function publish(replica: TestApp, brand: Brand, more: object = {}) {
    const { id } = expectStatus(201, await schedule(brand, { now: true }, more)).body;
    await tick(replica);
    return { id, at: performance.now() };
  }

  /** By SQL, for more than a quota allows; the hint is given as the publisher would. */
  async function publishMore(brand: Brand, content: object = hello): Promise<string> {
    const id = await givenPublished(here, brand, { content });
    await here.database.query(`SELECT pg_notify('fanfare_published', '')`);
    return id;
  }

  async function sequenceOf(id: string): Promise<string> {
    const [row] = await here.database.query<[{ sequence: string }]>(
      'SELECT sequence FROM broadcasts WHERE id = $1',
      [id],
    );
    return row.sequence;
  }

  /** Everything that was published so far has been looked at on both replicas. */
  async function settled(): Promise<void> {
    const [{ sequence }] = await here.database.query<[{ sequence: string }]>(
      'SELECT max(sequence) AS sequence FROM broadcasts',
    );
    for (const replica of [here, there]) {
      if (replica.app.get(FollowIndex).connected.size === 0) continue;
      await eventually(() => replica.app.get(Delivery).position === Number(sequence));
    }
  }

  describe('what it brings', () => {
    it('is what was published, on every replica, within a second of its commit, as it stands in the inbox', async () => {
      const brand = await givenBrand(here);
      const [ana, ben] = [unique('ana'), unique('ben')];
      await givenFollowers(brand, ana, ben);
      const [anas, bens] = [await open(here, ana), await open(there, ben)];
      const { id, at } = await publish(here, brand);
      for (const [stream, sub] of [
        [anas, ana],
        [bens, ben],
      ] as const) {
        const event = await stream.next('broadcast');
        expect(event.at - at).toBeLessThan(1_000);
        expect(event.id).toBe(await sequenceOf(id));
        const inbox = await (
          await givenSubscriber(here, sub)
        ).get<{ items: object[] }>(`/me/inbox/${brand.id}`);
        expect(event.data).toEqual(inbox.body.items[0]);
      }
    });

    it('is not for those who do not follow, mute, or hold other tags', async () => {
      const brand = await givenBrand(here);
      const [vip, plain, muted, stranger] = [
        unique('vip'),
        unique('plain'),
        unique('muted'),
        unique('stranger'),
      ];
      await givenFollowers(brand, vip, plain);
      await follow(there, muted, brand, { muted: true });
      const tag = expectStatus(
        201,
        await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'vip' }),
      );
      expectStatus(204, await brand.owner.put(brand.path(`/tags/${tag.body.id}/members/${vip}`)));
      const [vips, plains, muteds, strangers] = [
        await open(here, vip),
        await open(there, plain),
        await open(here, muted),
        await open(there, stranger),
      ];
      const forVips = await publish(here, brand, { audience: { tags: { any: ['vip'] } } });
      const forOthers = await publish(here, brand, { audience: { tags: { none: ['vip'] } } });
      const forAll = await publish(there, brand);
      await settled();
      // Sent is not yet read.
      for (const stream of [vips, plains]) await stream.until(() => stream.broadcasts.includes(forAll.id));
      expect(vips.broadcasts).toEqual([forVips.id, forAll.id]);
      expect(plains.broadcasts).toEqual([forOthers.id, forAll.id]);
      expect(strangers.events).toEqual([]);
      // What is muted comes silently: the count goes up.
      await muteds.until(() => muteds.of('unread').at(-1)?.data.unread === 2);
      expect(muteds.broadcasts).toEqual([]);
    });

    it('includes the brand that somebody followed a moment before on another replica, and no longer the one they left', async () => {
      const [left, found] = [await givenBrand(here), await givenBrand(here)];
      const ana = unique('ana');
      await givenFollowers(left, ana);
      const stream = await open(here, ana);
      await follow(there, ana, found);
      const person = await givenSubscriber(there, ana);
      expectStatus(204, await person.delete(`/me/follows/${left.id}`));
      const [, { id }] = [await publish(there, left), await publish(there, found)];
      await stream.until(() => stream.broadcasts.length > 0);
      await settled();
      expect(stream.broadcasts).toEqual([id]);
      // And again, for somebody who comes back.
      await follow(there, ana, left);
      const again = await publish(there, left);
      await stream.until(() => stream.broadcasts.length > 1);
      expect(stream.broadcasts).toEqual([id, again.id]);
    });

    it('includes, late but once, what was published while the follow was on its way to the disk', async () => {
      const brand = await givenBrand(here);
      const ana = unique('ana');
      const stream = await open(here, ana);
      const index = here.app.get(FollowIndex);
      let id = '';
      // The follow is dated before the publication and committed after it.
      await withClient(here.url, async (slow) => {
        await slow.query('BEGIN');
        await slow.query(
          'INSERT INTO follows (subscriber_id, account_id, followed_at) SELECT $1, $2, fanfare_now()',
          [subscriberIdOf(ana), brand.id],
        );
        ({ id } = await publish(there, brand));
        await settled();
        expect(stream.broadcasts).toEqual([]);
        await slow.query('COMMIT');
      });
      await here.app.get(Delivery).deliverLate(await index.refresh([subscriberIdOf(ana)]));
      await stream.until(() => stream.broadcasts.length > 0);
      const next = await publish(there, brand);
      await stream.until(() => stream.broadcasts.length > 1);
      expect(stream.broadcasts).toEqual([id, next.id]);
    });

    it('goes on without the hint, and the hint comes back when its connection is lost', async () => {
      const brand = await givenBrand(here, 'subscription');
      const ana = unique('ana');
      await givenFollowers(brand, ana);
      const stream = await open(here, ana);
      const begun = performance.now();
      const silent = await givenPublished(here, brand); // by SQL that notifies nobody
      await stream.until(() => stream.broadcasts.includes(silent));
      expect(performance.now() - begun).toBeLessThan(5_000);

      const listeners = () =>
        here.database.query<{ pid: number }[]>(
          `SELECT pid FROM pg_stat_activity
            WHERE datname = current_database() AND application_name = 'fanfare-stream' AND query LIKE 'LISTEN%'`,
        );
      await eventually(async () => (await listeners()).length > 0);
      const lost = await listeners();
      await here.database.query('SELECT pg_terminate_backend(pid) FROM unnest($1::integer[]) AS pid', [
        lost.map(({ pid }) => pid),
      ]);
      await eventually(async () => (await listeners()).length === lost.length);
      const { id } = await publish(there, brand);
      await stream.until(() => stream.broadcasts.includes(id));
    });

    it('is not lost, nor given twice, while the database refuses or cuts off its connections', async () => {
      const brand = await givenBrand(here, 'subscription');
      const ana = unique('ana');
      await givenFollowers(brand, ana);
      const stream = await open(here, ana);
      await here.database.query('ALTER TABLE taggings RENAME TO gone');
      const first = await publishMore(brand);
      await eventually(async () => {
        await here.app.get(Streams).look('published');
        expect(here.app.get(Delivery).head).toBeLessThan(Number(await sequenceOf(first)));
      });
      expect(stream.events).toEqual([]);
      await here.database.query('ALTER TABLE gone RENAME TO taggings');
      await stream.until(() => stream.broadcasts.length === 1);

      await there.database.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`,
      );
      let second = '';
      await eventually(async () => {
        second = await publishMore(brand);
      });
      await stream.until(() => stream.broadcasts.length === 2);
      expect(stream.broadcasts).toEqual([first, second]);
    });

    it('is told of a recall and of what was read on another device', async () => {
      const brand = await givenBrand(here);
      const ana = unique('ana');
      await givenFollowers(brand, ana);
      const [phone, tablet] = [await open(here, ana), await open(there, ana)];
      const [first, second] = [await publish(here, brand), await publish(here, brand)];
      await tablet.until(() => tablet.broadcasts.length === 2);
      const place = tablet.lastEventId;

      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${first.id}/recall`), {}));
      expect((await tablet.next('recall')).data).toEqual({ id: first.id, accountId: brand.id });
      const person = await givenSubscriber(here, ana);
      expectStatus(200, await person.post(`/me/inbox/${brand.id}/read`, { upTo: second.id }));
      for (const device of [phone, tablet]) {
        expect((await device.next('unread')).data).toEqual({ accountId: brand.id, unread: 0 });
        expect(device.of('recall')).toHaveLength(1);
      }
      expect(tablet.lastEventId).toBe(place);
    });
  });

  describe('coming back', () => {
    it('gets what was missed, each once and in order, while moving between replicas', async () => {
      const brands = [await givenBrand(here), await givenBrand(here), await givenBrand(here, 'subscription')];
      const ana = unique('ana');
      for (const brand of brands) await givenFollowers(brand, ana);
      let lastEventId: string | undefined;
      const published: string[] = [];
      const received: string[] = [];
      for (let round = 0; round < 6; round += 1) {
        const stream = await EventStream.open(
          addresses.get(round % 2 === 0 ? here : there) ?? '',
          await subscriberToken(ana),
          lastEventId === undefined ? {} : { lastEventId },
        );
        streams.push(stream);
        if (round === 0) await stream.until(() => stream.lastEventId !== '');
        // One while it is catching up, or live; one that nobody is there for.
        published.push(await publishMore(brands[round % 3] as Brand));
        await stream.until(() => stream.broadcasts.includes(published.at(-1) ?? ''));
        received.push(...stream.broadcasts);
        lastEventId = stream.lastEventId;
        stream.close();
        published.push(await publishMore(brands[(round + 1) % 3] as Brand));
      }
      const last = await open(here, ana, { lastEventId: lastEventId ?? '' });
      received.push(...last.broadcasts);
      expect(received).toEqual(published);
    });

    it('finds the place of a replica that is ahead of the one it meets', async () => {
      const brand = await givenBrand(here);
      const [ana, ben] = [unique('ana'), unique('ben')];
      await givenFollowers(brand, ana);
      await open(there, ben); // keeps the other replica at work, for somebody else
      const stream = await open(here, ana);
      const { id } = await publish(here, brand);
      await stream.until(() => stream.broadcasts.includes(id));
      const moved = await open(there, ana, { lastEventId: stream.lastEventId });
      expect(moved.events).toEqual([]);
    });

    it('is the same through the query, shows what was read and recalled meanwhile, and counts nothing muted', async () => {
      const [brand, loud] = [await givenBrand(here), await givenBrand(here)];
      const ana = unique('ana');
      await givenFollowers(brand, ana);
      await follow(here, ana, loud, { muted: true });
      const before = await open(here, ana);
      before.close();
      const [first, second] = [await publish(here, brand), await publish(here, brand)];
      await publish(here, loud);
      const person = await givenSubscriber(here, ana);
      expectStatus(200, await person.post(`/me/inbox/${brand.id}/read`, { upTo: first.id }));
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${second.id}/recall`), {}));
      const path = `/v1/me/stream?lastEventId=${before.lastEventId}`;
      const after = await EventStream.open(addresses.get(here) ?? '', await subscriberToken(ana), { path });
      streams.push(after);
      await after.until(() => after.broadcasts.length === 2);
      expect(after.of('broadcast').map(({ data }) => data)).toMatchObject([
        { id: first.id, content: hello, read: true, recalled: false },
        { id: second.id, content: null, read: false, recalled: true },
      ]);
    });

    it('is told to read the inbox anew when the bookmark is foreign, or too much was missed', async () => {
      const brand = await givenBrand(here, 'subscription');
      const ana = unique('ana');
      await givenFollowers(brand, ana);
      const before = await open(here, ana);
      before.close();
      await everybodyGone();
      await givenArchive(here, brand, 500);
      const enough = await EventStream.open(addresses.get(here) ?? '', await subscriberToken(ana), {
        lastEventId: before.lastEventId,
      });
      streams.push(enough);
      await enough.until(() => enough.broadcasts.length === 500);
      expect(new Set(enough.broadcasts).size).toBe(500);
      enough.close();
      await everybodyGone();

      await givenPublished(here, brand);
      for (const [lastEventId, reason] of [
        [before.lastEventId, 'too-many'],
        ['999999999', 'unknown-id'],
        ['not mine', 'unknown-id'],
      ] as const) {
        const stream = await open(there, ana, { lastEventId });
        expect(stream.events).toMatchObject([{ event: 'reset', data: { reason } }]);
        // It goes on from there.
        expect(stream.lastEventId).toBe(await headOf(here));
      }
    });

    it('is told so, too, when what was missed lies more than seven days back', async () => {
      const old = await startTestApp();
      try {
        await old.app.listen(0, '127.0.0.1');
        const address = await old.app.getUrl();
        const brand = await givenBrand(old, 'subscription');
        const ana = unique('ana');
        await old.app
          .get(Follows)
          .follow({ kind: 'subscriber', id: subscriberIdOf(ana), sub: ana }, brand.id);
        await old.database.query(`UPDATE follows SET followed_at = followed_at - interval '30 days'`);
        const longAgo = (days: number) => ({ at: new Date(Date.now() - days * DAYS).toISOString() });
        await givenPublished(old, brand, longAgo(7.1));
        const week = await givenPublished(old, brand, longAgo(6.9));
        const token = await subscriberToken(ana);
        const tooOld = await EventStream.open(address, token, { lastEventId: '0' });
        expect((await tooOld.next('reset')).data).toEqual({ reason: 'too-old' });
        const inTime = await EventStream.open(address, token, { lastEventId: '1' });
        expect((await inTime.next('broadcast')).data.id).toBe(week);
      } finally {
        await old.stop();
      }
    });
  });

  async function headOf(replica: TestApp): Promise<string> {
    const [row] = await replica.database.query<[{ head: string }]>(
      'SELECT max(sequence) AS head FROM broadcasts',
    );
    return row.head;
  }

  describe('its end', () => {
    it('comes to a client that does not read, with a word to it, and holds up nobody; it comes back and lacks nothing', async () => {
      const brand = await givenBrand(here, 'subscription');
      const [slow, quick] = [unique('slow'), unique('quick')];
      await givenFollowers(brand, slow, quick);
      const [slows, quicks] = [await open(here, slow), await open(here, quick)];
      slows.response.pause();
      const articles = Array.from({ length: 8 }, (_, index) => ({
        title: `Loaf ${index}`,
        body: 'knead '.repeat(3_300),
      }));
      const published: string[] = [];
      const index = here.app.get(FollowIndex);
      const isOpen = () => (index.connected.get(subscriberIdOf(slow))?.streams.size ?? 0) > 0;
      const stillReading = () =>
        [...(index.connected.get(subscriberIdOf(slow))?.streams ?? [])].some((stream) => stream.isOpen);
      while (stillReading()) {
        const id = await publishMore(brand, { type: 'articles', articles });
        published.push(id);
        await quicks.until(() => quicks.broadcasts.at(-1) === id);
        expect(published.length).toBeLessThan(100);
      }
      slows.response.resume();
      await slows.ended;
      expect(slows.events.at(-1)).toMatchObject({ event: 'reset', data: { reason: 'slow-reader' } });
      await eventually(() => !isOpen());
      const again = await open(here, slow, { lastEventId: slows.lastEventId });
      expect([...slows.broadcasts, ...again.broadcasts]).toEqual(published);
      expect(quicks.broadcasts).toEqual(published);
    });

    it('comes to the oldest of more than ten streams of one person', async () => {
      const ana = unique('ana');
      const ten = [];
      for (let count = 0; count < 10; count += 1) ten.push(await open(here, ana));
      expect(ten.some(({ hasEnded }) => hasEnded)).toBe(false);
      await open(here, ana);
      await ten[0]?.ended;
      expect(ten[0]?.events).toMatchObject([{ event: 'reset', data: { reason: 'too-many-streams' } }]);
      expect(ten[0]?.retry).toBe(60_000);
      expect(ten.slice(1).some(({ hasEnded }) => hasEnded)).toBe(false);
    });

    it('comes when the token expires', async () => {
      const token = await subscriberToken(unique('ana'), 2);
      const stream = await EventStream.live(addresses.get(here) ?? '', token);
      await stream.ended;
      await expect(EventStream.open(addresses.get(here) ?? '', token)).rejects.toThrow('401');
    });

    it('comes with the end of the server, at once, and the client is told when to come back', async () => {
      const ending = await startTestApp({ databaseUrl: here.url });
      await ending.app.listen(0, '127.0.0.1');
      const stream = await EventStream.live(await ending.app.getUrl(), await subscriberToken(unique('ana')));
      const begun = performance.now();
      await ending.stop();
      await stream.ended;
      expect(performance.now() - begun).toBeLessThan(2_000);
      expect(stream.retry).toBeGreaterThanOrEqual(1_000);
    });
  });

  it('is open to subscribers only, whose token comes in the header', async () => {
    const brand = await givenBrand(here);
    expectStatus(401, await here.api.get('/me/stream'));
    expectStatus(403, await brand.owner.get('/me/stream'));
    expectStatus(403, await here.admin.get('/me/stream'));
    const token = await subscriberToken(unique('ana'));
    expectStatus(400, await here.api.as(token).get(`/me/stream?token=${token}`));
    expectStatus(401, await here.api.get(`/me/stream?access_token=${token}`));
  });

  it('answers HEAD without a stream, and a stream that nobody may keep or pack', async () => {
    const stream = await open(here, unique('ana'));
    expect(stream.response.headers).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
    });
    const answer = await fetch(`${addresses.get(here) ?? ''}/v1/me/stream`, {
      method: 'HEAD',
      headers: { authorization: `Bearer ${await subscriberToken(unique('ana'))}` },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  });
});
