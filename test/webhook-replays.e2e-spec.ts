import { Jobs } from '../src/jobs/jobs.service';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenFollower, unique, type Brand } from './support/given';
import { verify, WebhookReceiver, type Received } from './support/webhook-receiver';

interface Hook {
  readonly id: string;
  readonly brand: Brand;
  readonly secret: string;
  readonly path: string;
}
interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly status: string;
    readonly disabledReason: string;
  }[];
}

const EVERYTHING = { since: '2020-01-01T00:00:00Z' };

describe('a replay to a webhook', () => {
  let test: TestApp;
  let receiver: WebhookReceiver;
  /** Another host, to which the webhook comes to point. */
  let stranger: WebhookReceiver;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    test.app.get(Jobs).start();
    receiver = await WebhookReceiver.start();
    stranger = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await test.stop();
    await receiver.stop();
    await stranger.stop();
  });

  const givenHook = async () => givenHookOf(await givenBrand(test));

  async function givenHookOf(brand: Brand): Promise<Hook> {
    const path = `/${unique('hook')}`;
    const request = { url: receiver.url(path), events: ['follow.created', 'webhook.disabled'] };
    const { body } = expectStatus(201, await brand.owner.post<Hook>(brand.path('/webhooks'), request));
    return { ...body, brand, path };
  }

  const at = ({ brand, id }: Hook, rest = '') => brand.path(`/webhooks/${id}${rest}`);
  const replay = (hook: Hook, request: object = EVERYTHING) =>
    hook.brand.owner.post<Record<string, unknown>>(at(hook, '/replay'), request);
  const pointTo = async (hook: Hook, url: string) =>
    expectStatus(200, await hook.brand.owner.patch(at(hook), { url }));
  const deliveries = async (hook: Hook, query = '') =>
    expectStatus(200, await hook.brand.owner.get<Listed>(at(hook, `/deliveries${query}`))).body.items;
  const audited = async (hook: Hook) => {
    const rows = await test.database.query<{ action: string }[]>(
      'SELECT action FROM audit_entries WHERE subject = $1 ORDER BY at, id',
      [`webhook:${hook.id}`],
    );
    return rows.map(({ action }) => action);
  };
  /** Instead of waiting between two challenges. */
  const forgetChallenge = (hook: Hook) =>
    test.database.query('UPDATE webhook_endpoints SET challenged_at = NULL WHERE id = $1', [hook.id]);

  /** Two events of the webhook that its first host has taken. */
  async function givenDelivered(): Promise<Hook> {
    const hook = await givenHook();
    for (let count = 1; count <= 2; count += 1) await givenFollower(test, hook.brand);
    await eventually(async () => (await deliveries(hook, '?status=delivered')).length === 2);
    return hook;
  }

  const answerWith = (path: string, write: (challenge: string) => string) => {
    stranger.answer(path, (reply) => {
      const { body } = stranger.at(path).at(-1) as Received;
      reply.writeHead(200).end(write(String(body.data.challenge)));
    });
  };

  it('goes to another path of the host that the deliveries were first sent to, without a challenge', async () => {
    const hook = await givenDelivered();
    const path = `/${unique('moved')}`;
    await pointTo(hook, receiver.url(path));
    expect(expectStatus(202, await replay(hook)).body).toEqual({ replayed: 2, nextSince: null });
    const messages = await receiver.messages(path, 2);
    expect(messages.map(({ body }) => body.type)).toEqual(['follow.created', 'follow.created']);
  });

  it.each([
    ['answers 204 to everything', () => undefined],
    [
      'answers 200 with something else',
      (path: string) => {
        answerWith(path, () => '{"challenge":"guess"}');
      },
    ],
    [
      'says that there is no such page',
      (path: string) => {
        stranger.answer(path, (reply) => reply.writeHead(404).end());
      },
    ],
    [
      'hangs up',
      (path: string) => {
        stranger.answer(path, (_, request) => request.socket.destroy());
      },
    ],
  ])('sends another host that %s one challenge and nothing else', async (_, behave) => {
    const hook = await givenDelivered();
    const path = `/${unique('stranger')}`;
    behave(path);
    await pointTo(hook, stranger.url(path));
    const refused = expectStatus(422, await replay(hook)).body;
    expect(refused).toMatchObject({ type: '/problems/webhook-challenge-failed' });
    expect(refused.detail).toContain('data.challenge');
    const [single] = await deliveries(hook);
    expectStatus(429, await replay(hook, { deliveryId: single?.id }));
    expect((await deliveries(hook)).map(({ status }) => status)).toEqual(['delivered', 'delivered']);
    // An event of now goes there, and nothing of what was before.
    await givenFollower(test, hook.brand);
    await stranger.messages(path, 2);
    expect(stranger.at(path).map(({ body }) => body.type)).toEqual(['webhook.challenge', 'follow.created']);
    verify(hook.secret, stranger.at(path)[0] as Received);
  });

  it.each([
    ['as JSON', (challenge: string) => JSON.stringify({ challenge })],
    ['as text', (challenge: string) => `${challenge}\n`],
  ])(
    'goes to another host once that has repeated the challenge %s, and only to that one',
    async (_, write) => {
      const hook = await givenDelivered();
      const path = `/${unique('new')}`;
      await pointTo(hook, stranger.url(path));
      answerWith(path, write);
      expect(expectStatus(202, await replay(hook)).body).toEqual({ replayed: 2, nextSince: null });
      await stranger.messages(path, 3);
      expectStatus(202, await replay(hook));
      await stranger.messages(path, 5);
      const types = stranger.at(path).map(({ body }) => body.type);
      expect(types.filter((type) => type === 'webhook.challenge')).toHaveLength(1);
      expect(await audited(hook)).toEqual([
        'webhook.created',
        'webhook.changed',
        'webhook.proven',
        'webhook.replayed',
        'webhook.replayed',
      ]);
      // The same port of another address is somebody else.
      await pointTo(hook, stranger.url(path).replace('127.0.0.1', '127.0.0.2'));
      await forgetChallenge(hook);
      expectStatus(422, await replay(hook));
    },
  );

  it('that is under way is given up when the webhook comes to point to another host', async () => {
    const hook = await givenDelivered();
    receiver.answer(hook.path, (reply) => reply.writeHead(500).end());
    expectStatus(202, await replay(hook));
    await receiver.messages(hook.path, 3);
    const path = `/${unique('stranger')}`;
    await pointTo(hook, stranger.url(path));
    expect((await deliveries(hook)).map(({ status }) => status)).toEqual(['failed', 'failed']);
    await test.database.query(`UPDATE pgboss.job SET start_after = now() WHERE group_id = $1`, [hook.id]);
    test.app.get(Jobs).wake('webhooks-slow');
    await eventually(async () => {
      const rows = await test.database.query<unknown[]>('SELECT FROM pgboss.job WHERE group_id = $1', [
        hook.id,
      ]);
      return rows.length === 0;
    });
    expect(stranger.at(path)).toEqual([]);
  });

  it('takes from a budget of 20,000 an hour, also when many are asked for at the same time', async () => {
    const hook = await givenDelivered();
    await test.database.query(
      'UPDATE webhook_endpoints SET replayed = 19995, replayed_since = fanfare_now() WHERE id = $1',
      [hook.id],
    );
    const answers = await Promise.all(Array.from({ length: 6 }, () => replay(hook)));
    const replayed = answers.filter(({ status }) => status === 202).map(({ body }) => body.replayed);
    expect(replayed.sort()).toEqual([1, 2, 2]);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({
      type: '/problems/replay-limit-reached',
      limit: 20_000,
      nextAvailableAt: expect.any(String) as string,
    });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(3_000);
    await expect(
      test.database.query('UPDATE webhook_endpoints SET replayed = replayed + 1 WHERE id = $1', [hook.id]),
    ).rejects.toThrow('webhook_endpoints_replayed_bounded');
    await test.database.query(
      `UPDATE webhook_endpoints SET replayed_since = fanfare_now() - interval '61 minutes' WHERE id = $1`,
      [hook.id],
    );
    expect(expectStatus(202, await replay(hook)).body).toMatchObject({ replayed: 2 });
  });

  it('is not needed for a webhook whose queue stays below its bound; beyond it the webhook is disabled, and others hear of it', async () => {
    const hook = await givenHook();
    const other = `/${unique('other')}`;
    const request = { url: receiver.url(other), events: ['webhook.disabled'] };
    expectStatus(201, await hook.brand.owner.post(hook.brand.path('/webhooks'), request));
    const fill = (count: number) =>
      test.database.query(
        `WITH made AS (
           INSERT INTO events (id, type, account_id, at, data)
           SELECT gen_random_uuid(), 'follow.created', $2, now(), '{}' FROM generate_series(1, $3) RETURNING id)
         INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_try_at, created_at)
         SELECT gen_random_uuid(), $1, id, 'pending', now(), now() FROM made`,
        [hook.id, hook.brand.id, count],
      );
    await fill(49_999);
    await givenFollower(test, hook.brand);
    await receiver.messages(hook.path);
    expect(await audited(hook)).toEqual(['webhook.created']);
    await fill(2);
    await givenFollower(test, hook.brand);
    const [told] = await receiver.messages(other);
    expect(told.body).toMatchObject({
      type: 'webhook.disabled',
      data: {
        webhookId: hook.id,
        accountId: hook.brand.id,
        reason: expect.stringContaining('50000') as string,
      },
    });
    expect(await audited(hook)).toEqual(['webhook.created', 'webhook.disabled']);
    expect(await deliveries(hook, '?status=pending')).toEqual([]);
  });

  it('is not needed for the webhooks of an account while all that waits for them is within its bound; beyond it the fullest is disabled', async () => {
    const hook = await givenHook();
    const second = await givenHookOf(hook.brand);
    const third = await givenHookOf(hook.brand);
    const fill = (endpoints: Readonly<Record<string, number>>) =>
      test.database.query(
        `WITH made AS (
           INSERT INTO events (id, type, account_id, at, data)
           SELECT gen_random_uuid(), 'follow.created', $1, now(), '{}' FROM generate_series(1, $4) RETURNING id)
         INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_try_at, created_at)
         SELECT gen_random_uuid(), endpoint.id, made.id, 'pending', now(), now()
           FROM (SELECT id, row_number() OVER () AS n FROM made) AS made
           JOIN unnest($2::uuid[], $3::integer[]) AS endpoint (id, wanted) ON made.n <= endpoint.wanted`,
        [
          hook.brand.id,
          Object.keys(endpoints),
          Object.values(endpoints),
          Math.max(...Object.values(endpoints)),
        ],
      );
    await fill({ [hook.id]: 30_000, [second.id]: 40_000, [third.id]: 29_997 });
    await givenFollower(test, hook.brand);
    await receiver.messages(third.path);
    expect(await audited(second)).toEqual(['webhook.created']);
    await fill({ [third.id]: 4 });
    await givenFollower(test, hook.brand);
    const [told] = (await receiver.messages(hook.path, 3)).slice(-1);
    expect(told?.body).toMatchObject({
      type: 'webhook.disabled',
      data: { webhookId: second.id, reason: expect.stringContaining('100000') as string },
    });
    expect(await audited(second)).toEqual(['webhook.created', 'webhook.disabled']);
    expect(await audited(hook)).toEqual(['webhook.created']);
    expect(await audited(third)).toEqual(['webhook.created']);
  });
});
