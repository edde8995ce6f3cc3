import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { Jobs } from '../src/jobs/jobs.service';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenFollower, unique, type Brand } from './support/given';
import { allPages } from './support/pages';
import { verify, WebhookReceiver } from './support/webhook-receiver';

interface Attempt {
  readonly at: string;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}
interface Delivery {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly createdAt: string;
  readonly nextTryAt: string | null;
  readonly deliveredAt: string | null;
  readonly attempts: readonly Attempt[];
}
interface Hook {
  readonly id: string;
  readonly brand: Brand;
  readonly secret: string;
  readonly path: string;
}

describe('deliveries to webhooks', () => {
  let test: TestApp;
  let jobs: Jobs;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    jobs = test.app.get(Jobs);
    jobs.start();
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await test.stop();
    await receiver.stop();
  });

  async function givenHook(brand?: Brand, path = `/${unique('hook')}`): Promise<Hook> {
    const own = brand ?? (await givenBrand(test));
    const request = { url: receiver.url(path), events: ['follow.created'] };
    const { body } = expectStatus(201, await own.owner.post<Hook>(own.path('/webhooks'), request));
    return { ...body, brand: own, path };
  }

  const act = (hook: Hook, what: string, request: object = {}) =>
    hook.brand.owner.post<Record<string, unknown>>(hook.brand.path(`/webhooks/${hook.id}/${what}`), request);

  const shown = async (hook: Hook) => {
    const { body } = await hook.brand.owner.get<{ items: Record<string, unknown>[] }>(
      hook.brand.path('/webhooks'),
    );
    return body.items.find(({ id }) => id === hook.id);
  };

  const log = (hook: Hook, query = '') =>
    allPages<Delivery>(hook.brand.owner, hook.brand.path(`/webhooks/${hook.id}/deliveries${query}`));

  /** The only delivery, once it has been tried so many times. */
  async function tried(hook: Hook, times: number): Promise<Delivery> {
    let delivery: Delivery | undefined;
    await eventually(async () => {
      [delivery] = await log(hook);
      return (delivery?.attempts.length ?? 0) >= times;
    });
    return delivery as Delivery;
  }

  /** Instead of waiting for hours. */
  async function makeDue(): Promise<void> {
    await test.database.query(`UPDATE pgboss.job SET start_after = now() WHERE state < 'active'`);
    jobs.wake('webhooks');
    jobs.wake('webhooks-slow');
  }

  async function auditOf(hook: Hook): Promise<string[]> {
    const rows = await test.database.query<{ action: string }[]>(
      'SELECT action FROM audit_entries WHERE subject = $1 ORDER BY at, id',
      [`webhook:${hook.id}`],
    );
    return rows.map(({ action }) => action);
  }

  it('can be tested, and the log tells what came of it', async () => {
    const hook = await givenHook();
    const told = expectStatus(202, await act(hook, 'test')).body;
    const [message] = await receiver.messages(hook.path);
    expect(verify(hook.secret, message)).toMatchObject({
      type: 'webhook.test',
      data: { webhookId: hook.id },
    });
    expect(message.headers['webhook-id']).toBe(told.id);
    const delivery = await tried(hook, 1);
    expect(delivery).toMatchObject({
      id: told.id,
      type: 'webhook.test',
      status: 'delivered',
      nextTryAt: null,
      attempts: [{ status: 204, error: null, answer: null }],
    });
  });

  it('are tried ten times, under one id and each time freshly signed, and then given up', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end('out of flour'));
    await givenFollower(test, hook.brand);
    for (let times = 1; times <= 10; times += 1) {
      const delivery = await tried(hook, times);
      expect(delivery.attempts[0]).toMatchObject({ status: 500, answer: null });
      expect(delivery.status).toBe(times < 10 ? 'pending' : 'failed');
      await makeDue();
    }
    const messages = receiver.at(hook.path);
    expect(messages).toHaveLength(10);
    expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(messages.map(({ raw }) => raw)).size).toBe(1);
    for (const message of messages) verify(hook.secret, message);
    expect(await shown(hook)).toMatchObject({ enabled: true, failingSince: expect.any(String) as string });
  });

  it('wait for longer and longer, and for as long as the receiver asks', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(503, { 'retry-after': '7200' }).end());
    await givenFollower(test, hook.brand);
    const { nextTryAt, attempts } = await tried(hook, 1);
    const pause = Date.parse(nextTryAt ?? '') - Date.parse(attempts[0]?.at ?? '');
    expect(pause / 1000).toBeGreaterThanOrEqual(7_200);
    expect(pause / 1000).toBeLessThan(7_200 * 1.2 + 10);
    const [{ later }] = await test.database.query<[{ later: boolean }]>(
      `SELECT bool_and(start_after > now() + interval '119 minutes') AS later FROM pgboss.job WHERE group_id = $1`,
      [hook.id],
    );
    expect(later).toBe(true);
  });

  it.each<[string, number, (reply: ServerResponse) => unknown]>([
    [
      'sends early hints first',
      204,
      (reply) => {
        reply.writeEarlyHints({ link: '</x>; rel=preload' });
        reply.writeHead(204).end();
      },
    ],
    [
      'packs its answer',
      200,
      (reply) => reply.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('thanks')),
    ],
    [
      'sends its answer in pieces',
      202,
      (reply) => {
        reply.writeHead(202).write('tha');
        reply.end('nks');
      },
    ],
    ['says more than is kept', 200, (reply) => reply.writeHead(200).end('x'.repeat(100_000))],
  ])('succeed at a receiver that %s', async (_, status, manner) => {
    const hook = await givenHook();
    receiver.answer(hook.path, manner);
    await givenFollower(test, hook.brand);
    const delivery = await tried(hook, 1);
    expect(delivery).toMatchObject({ status: 'delivered', attempts: [{ status, error: null }] });
    expect(receiver.at(hook.path)).toHaveLength(1);
  });

  it('go to no URL with a name and a password: it is refused in words that repeat neither', async () => {
    const hook = await givenHook();
    const url = receiver.url(hook.path).replace('//', '//fan:s%40lt@');
    const refused = await hook.brand.owner.patch(hook.brand.path(`/webhooks/${hook.id}`), { url });
    expect(expectStatus(422, refused).body).toMatchObject({ type: '/problems/address-not-allowed' });
    expect(refused.text).toContain('may not hold a user name or password');
    expect(refused.text).not.toContain('s%40lt');
  });

  it.each([
    // What goes wrong at an inner address is not told in other words than these.
    ['a redirect', 302, null],
    ['a client error', 404, null],
    ['too many requests', 429, null],
    ['a bad gateway', 502, null],
    ['a reset connection', null, 'it could not be reached'],
    ['an answer that is none', null, 'it could not be reached'],
  ])('fail upon %s and are tried again', async (name, status, error) => {
    const hook = await givenHook();
    const elsewhere = `/${unique('elsewhere')}`;
    receiver.answer(hook.path, (reply, request) => {
      if (status !== null) reply.writeHead(status, { location: receiver.url(elsewhere) }).end();
      else if (name.startsWith('an answer')) request.socket.end('ICY 200 OK\r\n\r\n');
      else request.socket.destroy();
    });
    await givenFollower(test, hook.brand);
    const { status: delivered, attempts } = await tried(hook, 1);
    expect(delivered).toBe('pending');
    expect(attempts[0]).toMatchObject({ status, error, answer: null });
    receiver.answer(hook.path, (reply) => reply.writeHead(200).end());
    // On a slow machine the second try has come by itself, and failed too: then it is the third that arrives.
    await eventually(async () => {
      await makeDue();
      return (await log(hook))[0]?.status === 'delivered';
    });
    expect(receiver.at(elsewhere)).toEqual([]);
    expect(await shown(hook)).toMatchObject({ failingSince: null });
  });

  it('end at once, and the webhook with them, when the receiver says that it is gone', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end());
    await givenFollower(test, hook.brand);
    await tried(hook, 1);
    receiver.answer(hook.path, (reply) => reply.writeHead(410).end());
    await givenFollower(test, hook.brand);
    await eventually(async () => (await shown(hook))?.enabled === false);
    expect(await shown(hook)).toMatchObject({ disabledReason: 'it answered 410 Gone' });
    expect((await log(hook)).map(({ status }) => status)).toEqual(['failed', 'failed']);
    expect(await auditOf(hook)).toEqual(['webhook.created', 'webhook.disabled']);

    const before = receiver.at(hook.path).length;
    await givenFollower(test, hook.brand);
    await makeDue();
    for (const what of ['test', 'replay']) {
      const request = what === 'test' ? {} : { since: '2020-01-01T00:00:00Z' };
      expect(expectStatus(409, await act(hook, what, request)).body).toMatchObject({
        type: '/problems/webhook-disabled',
      });
    }
    receiver.answer(hook.path, (reply) => reply.writeHead(204).end());
    const patched = await hook.brand.owner.patch(hook.brand.path(`/webhooks/${hook.id}`), { enabled: true });
    expect(expectStatus(200, patched).body).toMatchObject({
      enabled: true,
      disabledAt: null,
      failingSince: null,
    });
    const ana = await givenFollower(test, hook.brand);
    await receiver.messages(hook.path, before + 1);
    expect(receiver.at(hook.path).slice(before)).toMatchObject([{ body: { data: { subscriber: ana.sub } } }]);
  });

  it('end the webhook after five days of nothing but failures, and not a day earlier', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end());
    await givenFollower(test, hook.brand);
    await tried(hook, 1);
    const failFor = async (days: number, times: number) => {
      await test.database.query(
        `UPDATE webhook_endpoints SET failing_since = fanfare_now() - make_interval(days => $2) WHERE id = $1`,
        [hook.id, days],
      );
      await makeDue();
      await tried(hook, times);
    };
    await failFor(4, 2);
    expect(await shown(hook)).toMatchObject({ enabled: true });
    await failFor(5, 3);
    expect(await shown(hook)).toMatchObject({
      enabled: false,
      disabledReason: 'nothing reached it for 5 days',
    });
    expect(await auditOf(hook)).toEqual(['webhook.created', 'webhook.disabled']);
    expect((await log(hook))[0]?.status).toBe('failed');
  });

  it('are signed with both secrets while one replaces the other', async () => {
    const hook = await givenHook();
    const { secret, previousSecretUntil } = expectStatus(200, await act(hook, 'rotate')).body as Record<
      string,
      string
    >;
    expect(Date.parse(previousSecretUntil ?? '') - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    await act(hook, 'test');
    const [during] = await receiver.messages(hook.path);
    for (const key of [secret ?? '', hook.secret]) verify(key, during);

    await test.database.query(`UPDATE webhook_endpoints SET previous_secret_until = now() WHERE id = $1`, [
      hook.id,
    ]);
    await act(hook, 'test');
    const [, after] = await receiver.messages(hook.path, 2);
    if (!after) throw new Error('Nothing came.');
    verify(secret ?? '', after);
    expect(() => verify(hook.secret, after)).toThrow();
  });

  it('can be replayed one by one, and since a time, under the same ids', async () => {
    const hook = await givenHook();
    for (let count = 1; count <= 3; count += 1) {
      await givenFollower(test, hook.brand);
      await eventually(async () => (await log(hook, '?status=delivered')).length === count);
    }
    const [newest, middle, oldest] = (await log(hook)) as [Delivery, Delivery, Delivery];

    expect(expectStatus(202, await act(hook, 'replay', { deliveryId: middle.id })).body).toEqual({
      replayed: 1,
      nextSince: null,
    });
    await receiver.messages(hook.path, 4);
    expect(receiver.at(hook.path)[3]?.headers['webhook-id']).toBe(middle.id);

    expectStatus(202, await act(hook, 'replay', { since: middle.createdAt }));
    await receiver.messages(hook.path, 6);
    const again = receiver.at(hook.path).slice(4);
    expect(new Set(again.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([newest.id, middle.id]),
    );
    expect(again.map(({ headers }) => headers['webhook-id'])).not.toContain(oldest.id);

    for (const request of [{}, { deliveryId: middle.id, since: middle.createdAt }, { since: 'yesterday' }]) {
      expectStatus(400, await act(hook, 'replay', request));
    }
    expectStatus(404, await act(hook, 'replay', { deliveryId: hook.id }));
    const other = await givenHook();
    expectStatus(404, await act(other, 'replay', { deliveryId: middle.id }));
  });

  it('that are still being tried are tried at once when they are replayed, and only by the replay', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end());
    await givenFollower(test, hook.brand);
    await tried(hook, 1);
    receiver.answer(hook.path, (reply) => reply.writeHead(200).end());
    expectStatus(202, await act(hook, 'replay', { since: '2020-01-01T00:00:00Z' }));
    expect((await tried(hook, 2)).status).toBe('delivered');
    await makeDue();
    await eventually(async () => {
      const rows = await test.database.query<unknown[]>('SELECT FROM pgboss.job WHERE group_id = $1', [
        hook.id,
      ]);
      return rows.length === 0;
    });
    expect(receiver.at(hook.path)).toHaveLength(2);
  });

  it('that are on their way when the webhook is disabled by hand are given up', async () => {
    const hook = await givenHook();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end());
    await givenFollower(test, hook.brand);
    await tried(hook, 1);
    const patched = await hook.brand.owner.patch(hook.brand.path(`/webhooks/${hook.id}`), { enabled: false });
    expect(expectStatus(200, patched).body).toMatchObject({ enabled: false, disabledReason: 'by hand' });
    expect((await log(hook))[0]).toMatchObject({ status: 'failed', nextTryAt: null });
  });

  it('to slow and dead receivers hold up nobody else', async () => {
    const silent = await Promise.all(Array.from({ length: 12 }, () => givenHook()));
    for (const { path } of silent) receiver.answer(path, () => undefined);
    const good = await givenHook();
    // More than one webhook may have at a time, for each of them.
    await Promise.all(silent.map((hook) => Promise.all(Array.from({ length: 8 }, () => act(hook, 'test')))));
    await eventually(() => silent.every(({ path }) => receiver.at(path).length > 0));
    const begun = performance.now();
    await Promise.all(Array.from({ length: 20 }, () => act(good, 'test')));
    await receiver.messages(good.path, 20);
    expect(performance.now() - begun).toBeLessThan(4_000);
    for (const { path } of silent) expect(receiver.at(path).length).toBeLessThanOrEqual(4);
    // Not to wait for them at the end.
    for (const { brand, id } of silent)
      expectStatus(204, await brand.owner.delete(brand.path(`/webhooks/${id}`)));
  });
});
