import { EventRetention } from '../src/events/event-retention.service';
import { Jobs } from '../src/jobs/jobs.service';
import { WebhookState } from '../src/webhooks/webhook-state.service';
import type { Answer, Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenMarketer,
  givenScheduled,
  inHours,
  schedule,
  unique,
  type Brand,
} from './support/given';
import { eventually } from './support/eventually';
import { allPages } from './support/pages';
import { tick } from './support/publishing';
import { innerUrls } from './support/inner-addresses';
import { someoneWaits } from './support/waiting';
import { verify, WebhookReceiver } from './support/webhook-receiver';

interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: string[];
  readonly enabled: boolean;
  readonly disabledReason: string | null;
  readonly secret: string;
}

describe('webhooks', () => {
  let test: TestApp;
  /** Without a network that is allowed, and without any webhook unless a story adds one. */
  let strict: TestApp;
  let receiver: WebhookReceiver;
  let brand: Brand;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    strict = await startTestApp();
    test.app.get(Jobs).start();
    receiver = await WebhookReceiver.start();
    brand = await givenBrand(test);
  });
  afterAll(async () => {
    await test.stop();
    await strict.stop();
    await receiver.stop();
  });

  function post(of: Brand, request: object, as: Api = of.owner): Promise<Answer<Webhook>> {
    return as.post<Webhook>(of.path('/webhooks'), request);
  }

  /** A webhook of the brand, and the path at which its receiver listens. */
  async function givenWebhook(
    events?: string[],
    of: Brand = brand,
  ): Promise<Webhook & { readonly path: string }> {
    const path = `/${unique('hook')}`;
    const { body } = expectStatus(
      201,
      await post(of, { url: receiver.url(path), ...(events && { events }) }),
    );
    return { ...body, path };
  }

  async function givenPlatformWebhook(events?: string[]): Promise<Webhook & { readonly path: string }> {
    const path = `/${unique('hook')}`;
    const request = { url: receiver.url(path), ...(events && { events }) };
    return { ...expectStatus(201, await test.admin.post<Webhook>('/admin/webhooks', request)).body, path };
  }

  describe('of an account', () => {
    it('show their secret once', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['follow.*'], own);
      expect(webhook).toMatchObject({ events: ['follow.*'], enabled: true, disabledReason: null });
      expect(webhook.secret).toMatch(/^whsec_/);
      const { body, text } = expectStatus(
        200,
        await own.owner.get<{ items: Webhook[] }>(own.path('/webhooks')),
      );
      expect(body.items).toEqual([expect.objectContaining({ id: webhook.id, url: webhook.url })]);
      expect(text).not.toContain('whsec_');
      const [{ facts }] = await test.database.query<[{ facts: object }]>(
        'SELECT facts FROM audit_entries WHERE subject = $1',
        [`webhook:${webhook.id}`],
      );
      expect(facts).toEqual({ host: new URL(webhook.url).host, events: ['follow.*'] });
    });

    it('are for owners to change, for editors to read, and for nobody else', async () => {
      const { id } = await givenWebhook();
      const as = async (role: string) => {
        const key = await brand.owner.post<{ secret: string }>(brand.path('/api-keys'), { name: role, role });
        return test.api.as(key.body.secret);
      };
      const [editor, viewer, stranger] = [
        await as('editor'),
        await as('viewer'),
        (await givenMarketer(test)).api,
      ];
      for (const [api, list, change] of [
        [editor, 200, 403],
        [viewer, 403, 403],
        [stranger, 404, 404],
      ] as const) {
        expectStatus(list, await api.get(brand.path('/webhooks')));
        expectStatus(list, await api.get(brand.path(`/webhooks/${id}/deliveries`)));
        expectStatus(change, await post(brand, { url: receiver.url() }, api));
        for (const act of ['rotate', 'test', 'replay']) {
          expectStatus(change, await api.post(brand.path(`/webhooks/${id}/${act}`), {}));
        }
        expectStatus(change, await api.patch(brand.path(`/webhooks/${id}`), { enabled: false }));
        expectStatus(change, await api.delete(brand.path(`/webhooks/${id}`)));
      }
      const other = await givenBrand(test);
      expectStatus(404, await other.owner.patch(other.path(`/webhooks/${id}`), { enabled: false }));
      expectStatus(404, await other.owner.get(other.path(`/webhooks/${id}/deliveries`)));
      expectStatus(404, await test.admin.patch(`/admin/webhooks/${id}`, { enabled: false }));
      expectStatus(403, await brand.owner.get('/admin/webhooks'));
    });

    it('lead to no inner address', async () => {
      const own = await givenBrand(strict);
      const refused = innerUrls(9000).filter(
        (url) => !url.includes('.example') && !/nip|sslip|\.me|internal/.test(url),
      );
      for (const url of refused) {
        const { status, body } = await post(own, { url });
        const answer = JSON.stringify(body);
        expect([url, [400, 422].includes(status), answer]).toEqual([url, true, answer]);
      }
      const { id } = expectStatus(201, await post(own, { url: 'https://93.184.215.14/' })).body;
      const moved = await own.owner.patch(own.path(`/webhooks/${id}`), {
        url: 'http://169.254.169.254/latest',
      });
      expect(expectStatus(422, moved).body).toMatchObject({ type: '/problems/address-not-allowed' });
      expectStatus(204, await own.owner.delete(own.path(`/webhooks/${id}`)));
    });

    it('take filters that exist, and only the platform the one for its gateway', async () => {
      const url = receiver.url();
      for (const events of [
        ['broadcast.eaten'],
        ['*'],
        ['push.batch'],
        ['broadcast.*', 'broadcast.*'],
        'broadcast.*',
        null,
      ]) {
        expectStatus(400, await post(brand, { url, events }));
      }
      const gateway = await givenPlatformWebhook(['push.batch']);
      expect(gateway.events).toEqual(['push.batch']);
    });

    it('are at most ten, also when they are added at the same time', async () => {
      const own = await givenBrand(test);
      const answers = await Promise.all(Array.from({ length: 13 }, () => post(own, { url: receiver.url() })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
      expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
      const pages = await allPages<Webhook>(own.owner, own.path('/webhooks?limit=3'));
      expect(new Set(pages.map(({ id }) => id)).size).toBe(10);
    });

    it('are told nothing after they are deleted', async () => {
      const webhook = await givenWebhook(['follow.*']);
      const witness = await givenWebhook(['follow.*']);
      expectStatus(204, await brand.owner.delete(brand.path(`/webhooks/${webhook.id}`)));
      await givenFollower(test, brand);
      await receiver.messages(witness.path);
      expect(receiver.at(webhook.path)).toEqual([]);
      expectStatus(404, await brand.owner.get(brand.path(`/webhooks/${webhook.id}/deliveries`)));
    });
  });

  describe('are told', () => {
    it('of a broadcast that was published, signed, and without its long parts', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['broadcast.published'], own);
      const content = {
        type: 'articles',
        articles: [{ title: 'Rye', body: `<p>${'long '.repeat(3_000)}</p>` }],
      };
      const { id } = expectStatus(201, await schedule(own, { now: true }, { content })).body;
      await tick(test);
      const [message] = await receiver.messages(webhook.path);
      expect(verify(webhook.secret, message)).toEqual({
        type: 'broadcast.published',
        timestamp: expect.any(String) as string,
        data: expect.objectContaining({
          id,
          accountId: own.id,
          status: 'published',
          content: { type: 'articles', articles: [{ title: 'Rye' }] },
        }) as object,
      });
      expect(message.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'Fanfare' });
      expect(Math.abs(Date.parse(message.body.timestamp) - Date.now())).toBeLessThan(30_000);
    });

    it('of what was missed and of what was recalled', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['broadcast.missed', 'broadcast.recalled'], own);
      const late = await givenScheduled(own);
      await test.database.query(
        `UPDATE broadcasts SET scheduled_at = now() - interval '2 hours' WHERE id = $1`,
        [late.id],
      );
      const recalled = expectStatus(201, await schedule(own, { now: true })).body;
      await tick(test);
      expectStatus(200, await own.owner.post(own.path(`/broadcasts/${recalled.id}/recall`), {}));
      const messages = await receiver.messages(webhook.path, 2);
      const told = messages.map(({ body }) => ({ type: body.type, ...body.data }));
      expect(told).toContainEqual(
        expect.objectContaining({ type: 'broadcast.missed', id: late.id, missedReason: 'too late' }),
      );
      expect(told).toContainEqual(
        expect.objectContaining({ type: 'broadcast.recalled', id: recalled.id, status: 'recalled' }),
      );
    });

    it('of followers who come, go and report, the report without who it was', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['follow.*', 'report.created'], own);
      const ana = await givenFollower(test, own);
      expectStatus(200, await ana.put(`/me/follows/${own.id}`));
      const { id } = expectStatus(201, await schedule(own, { now: true })).body;
      await tick(test);
      for (const reason of ['It smells.', 'It smells of smoke.']) {
        expectStatus(201, await ana.post('/me/reports', { broadcastId: id, reason }));
      }
      for (let times = 0; times < 2; times += 1) expectStatus(204, await ana.delete(`/me/follows/${own.id}`));
      await receiver.messages(webhook.path, 3);
      const told = Object.fromEntries(receiver.at(webhook.path).map(({ body }) => [body.type, body.data]));
      expect(receiver.at(webhook.path)).toHaveLength(3);
      expect(told['follow.created']).toMatchObject({ accountId: own.id, subscriber: ana.sub });
      expect(told['follow.ended']).toMatchObject({
        accountId: own.id,
        subscriber: ana.sub,
        reason: 'unfollowed',
      });
      expect(told['report.created']).toEqual({
        accountId: own.id,
        broadcastId: id,
        reportedAt: expect.any(String) as string,
      });
    });

    it('that a person is gone for good, and then nothing is kept of what was told of them before', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['follow.*'], own);
      const ana = await givenFollower(test, own);
      await receiver.messages(webhook.path);
      expectStatus(204, await ana.delete('/me'));
      const [, farewell] = await receiver.messages(webhook.path, 2);
      expect(farewell?.body).toMatchObject({
        type: 'follow.ended',
        data: { subscriber: ana.sub, reason: 'erased' },
      });
      const kept = await test.database.query<{ type: string }[]>(
        `SELECT type FROM events WHERE data ->> 'subscriber' = $1`,
        [ana.sub],
      );
      expect(kept).toEqual([{ type: 'follow.ended' }]);
    });

    it('of quota that ran out, also when nothing was left behind of the request that met it', async () => {
      const own = await givenBrand(test, 'subscription');
      const webhook = await givenWebhook(['quota.exhausted'], own);
      const at = inHours(24);
      await givenScheduled(own, { at });
      const second = expectStatus(409, await schedule(own, { at }));
      const draft = await own.owner.post<{ id: string }>(own.path('/broadcasts'), {
        content: { type: 'text', text: 'Rye' },
      });
      expectStatus(409, await own.owner.post(own.path(`/broadcasts/${draft.body.id}/schedule`), { at }));
      const messages = await receiver.messages(webhook.path, 2);
      const { period, allowance, nextAvailableAt } = second.body as unknown as Record<string, unknown>;
      for (const { body } of messages) {
        expect(body.data).toMatchObject({
          accountId: own.id,
          period,
          allowance,
          reserved: 1,
          used: 0,
          nextAvailableAt,
        });
      }
    });

    it('of everything of all accounts, at an endpoint of the platform that asks for it', async () => {
      const all = await givenPlatformWebhook();
      const accounts = await givenPlatformWebhook(['account.*']);
      const own = await givenBrand(test);
      expectStatus(200, await own.owner.patch(own.path(), { name: 'Moonrise Bakery' }));
      for (const move of ['suspend', 'resume']) {
        expectStatus(200, await test.admin.post(`/admin/accounts/${own.id}/${move}`, { reason: 'because' }));
      }
      await givenFollower(test, own);
      expectStatus(200, await own.owner.delete(own.path()));
      await receiver.messages(accounts.path, 5);
      await receiver.messages(all.path, 6);
      const types = (path: string) =>
        receiver
          .at(path)
          .filter(({ body }) => [body.data.id, body.data.accountId].includes(own.id))
          .map(({ body }) => body.type)
          .sort();
      const moves = ['changed', 'closed', 'registered', 'resumed', 'suspended'].map(
        (done) => `account.${done}`,
      );
      expect(types(accounts.path)).toEqual(moves);
      expect(types(all.path)).toEqual([...moves, 'follow.created']);
      const suspended = receiver.at(accounts.path).find(({ body }) => body.type === 'account.suspended');
      expect(suspended?.body.data).toMatchObject({
        handle: own.handle,
        status: 'suspended',
        reason: 'because',
      });
      for (const { id } of [all, accounts])
        expectStatus(204, await test.admin.delete(`/admin/webhooks/${id}`));
    });

    it('nothing of other accounts, and nothing that happened before they were there', async () => {
      const [own, other] = [await givenBrand(test), await givenBrand(test)];
      await givenFollower(test, own);
      const webhook = await givenWebhook([], own);
      await givenFollower(test, other);
      const ana = await givenFollower(test, own);
      await receiver.messages(webhook.path);
      expect(receiver.at(webhook.path).map(({ body }) => body.data.subscriber)).toEqual([ana.sub]);
    });

    it('what they ask for now, no longer what they asked for before', async () => {
      const own = await givenBrand(test);
      const webhook = await givenWebhook(['follow.created'], own);
      const path = `/${unique('hook')}`;
      const request = { url: receiver.url(path), events: ['follow.ended'] };
      const { body } = expectStatus(200, await own.owner.patch(own.path(`/webhooks/${webhook.id}`), request));
      expect(body).toMatchObject(request);
      const ana = await givenFollower(test, own);
      await ana.delete(`/me/follows/${own.id}`);
      await receiver.messages(path);
      expect(receiver.at(path).map(({ body: { type } }) => type)).toEqual(['follow.ended']);
      expect(receiver.at(webhook.path)).toEqual([]);
    });
  });

  it('make no delivery for an endpoint that is being disabled, which nobody would ever send', async () => {
    const own = await givenBrand(test);
    const { id } = await givenWebhook(['follow.created'], own);
    await test.database.transaction(async (manager) => {
      await test.app.get(WebhookState).disable(manager, 'system', { id, accountId: own.id }, 'as a test');
      await givenFollower(test, own);
      await eventually(() => someoneWaits(test.database, '%webhook_endpoints%'));
    });
    await eventually(async () => {
      expect(await test.database.query(`SELECT FROM pgboss.job WHERE name = 'events'`)).toEqual([]);
    });
    const made = await test.database.query<unknown[]>(
      'SELECT FROM webhook_deliveries WHERE endpoint_id = $1',
      [id],
    );
    expect(made).toEqual([]);
  });

  it('are kept for thirty days, and what is about the erased for four', async () => {
    const { database } = strict;
    const insert = (days: number, subscriberId: string | null) =>
      database.query(
        `INSERT INTO events (id, type, subscriber_id, at, data)
         VALUES (gen_random_uuid(), 'follow.ended', $2, now() - make_interval(days => $1), '{}')`,
        [days, subscriberId],
      );
    const [{ id: alive }] = await database.query<[{ id: string }]>(
      `INSERT INTO subscribers (id, sub, created_at) VALUES (gen_random_uuid(), 'ana', now()) RETURNING id`,
    );
    const erased = '0197f000-0000-4000-8000-000000000001';
    for (const days of [3, 5, 29, 31]) for (const who of [null, alive, erased]) await insert(days, who);
    await strict.app.get(EventRetention).deleteOld();
    const rows = await database.query<{ days: number; who: string | null }[]>(
      'SELECT extract(day FROM now() - at)::integer AS days, subscriber_id AS who FROM events ORDER BY at DESC',
    );
    const left = (who: string | null) => rows.filter((row) => row.who === who).map(({ days }) => days);
    expect([left(null), left(alive), left(erased)]).toEqual([[3, 5, 29], [3, 5, 29], [3]]);
    await database.query('DELETE FROM events');
  });

  it('cost nothing but a question where nobody listens', async () => {
    const own = await givenBrand(strict);
    const ana = await givenFollower(strict, own);
    expectStatus(201, await schedule(own, { now: true }));
    await tick(strict);
    await ana.delete(`/me/follows/${own.id}`);
    const [left] = await strict.database.query<unknown[]>(
      `SELECT (SELECT count(*) FROM events) + (SELECT count(*) FROM pgboss.job) AS rows`,
    );
    expect(left).toEqual({ rows: '0' });
  });
});
