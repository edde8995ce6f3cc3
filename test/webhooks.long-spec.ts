import { performance } from 'node:perf_hooks';
import { Agent, request } from 'undici';
import { Jobs } from '../src/jobs/jobs.service';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { FanfareProcess } from './support/fanfare-process';
import { expectStatus, givenBrand, givenFollower, unique, type Brand } from './support/given';
import { SECRETS } from './support/secrets';
import { WebhookReceiver } from './support/webhook-receiver';

const KILLS = 6;
const EVENTS = 400;

describe('webhooks in the long run', () => {
  let test: TestApp;
  let receiver: WebhookReceiver;

  beforeEach(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    receiver = await WebhookReceiver.start();
  });
  afterEach(async () => {
    await test.stop();
    await receiver.stop();
  });

  async function givenHook(path: string): Promise<Brand & { readonly hookId: string }> {
    const brand = await givenBrand(test);
    const wanted = { url: receiver.url(path), events: ['follow.created'] };
    const { body } = expectStatus(
      201,
      await brand.owner.post<{ id: string }>(brand.path('/webhooks'), wanted),
    );
    return { ...brand, hookId: body.id };
  }

  async function givenFollowers(brand: Brand, count: number): Promise<void> {
    for (let made = 0; made < count; made += 20) {
      await Promise.all(Array.from({ length: Math.min(20, count - made) }, () => givenFollower(test, brand)));
    }
  }

  it(`tell everything, under one id each, although the process is killed ${KILLS} times`, async () => {
    const path = `/${unique('hook')}`;
    const brand = await givenHook(path);
    receiver.answer(path, (reply) => setTimeout(() => reply.writeHead(204).end(), 20));
    await givenFollowers(brand, EVENTS);
    const run = () =>
      new FanfareProcess({
        DATABASE_URL: test.url,
        OUTBOUND_ALLOW: '127.0.0.0/8',
        OUTBOUND_ALLOW_BRANDS: '127.0.0.0/8',
        ...SECRETS,
      });
    for (let kill = 0; kill < KILLS; kill += 1) {
      const before = receiver.received.length;
      const worker = run();
      await eventually(() => receiver.received.length > before + (kill % 7), { seconds: 90 });
      await worker.kill();
    }
    const last = run();
    const told = () =>
      new Map(receiver.at(path).map(({ headers, body }) => [headers['webhook-id'], body.data.subscriber]));
    await eventually(() => told().size === EVENTS, { seconds: 120 });
    expect(new Set(told().values()).size).toBe(EVENTS);
    await eventually(
      async () => (await test.database.query<unknown[]>('SELECT FROM pgboss.job')).length === 0,
      {
        seconds: 120,
      },
    );
    const statuses = await test.database.query<unknown[]>('SELECT DISTINCT status FROM webhook_deliveries');
    expect(statuses).toEqual([{ status: 'delivered' }]);
    await last.kill();
  }, 900_000);

  it('give a receiver fifteen seconds, and no more', async () => {
    const path = `/${unique('hook')}`;
    const brand = await givenHook(path);
    receiver.answer(path, () => undefined);
    test.app.get(Jobs).start();
    await givenFollower(test, brand);
    const attempts = () =>
      test.database.query<{ error: string; ms: number }[]>(
        'SELECT error, duration_ms AS ms FROM webhook_attempts',
      );
    await eventually(async () => (await attempts()).length > 0, { seconds: 25 });
    const [attempt] = await attempts();
    expect(attempt?.error).toBe('no answer within 15 s');
    expect(attempt?.ms).toBeGreaterThanOrEqual(14_900);
    expect(attempt?.ms).toBeLessThan(16_000);
  }, 60_000);

  it('are on time for everybody, although fifty receivers with a thousand deliveries each are dead', async () => {
    for (let n = 0; n < 50; n += 1) {
      receiver.answer(`/dead-${n}`, () => undefined);
      await givenHook(`/dead-${n}`);
    }
    const good = await givenHook('/good');
    await test.database.query(
      `WITH made AS (
         INSERT INTO events (id, type, account_id, at, data)
         SELECT gen_random_uuid(), 'follow.created', w.account_id, clock_timestamp(), jsonb_build_object('n', n)
           FROM webhook_endpoints w, generate_series(1, 1000) AS n WHERE w.id <> $1
         RETURNING id, data)
       INSERT INTO pgboss.job (name, data) SELECT 'events', jsonb_build_object('eventIds', jsonb_agg(id)) FROM made GROUP BY data`,
      [good.hookId],
    );
    const allOnTheirWay = async () => {
      const [row] = await test.database.query<{ count: string }[]>('SELECT count(*) FROM webhook_deliveries');
      return Number(row?.count) >= 50_000;
    };
    test.app.get(Jobs).start();
    const waits: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      if (round === 10) await eventually(allOnTheirWay, { seconds: 120 });
      const begun = performance.now();
      expectStatus(202, await good.owner.post(good.path(`/webhooks/${good.hookId}/test`), {}));
      await eventually(() => receiver.at('/good').length > round, { seconds: 30 });
      waits.push(Math.round(performance.now() - begun));
    }
    console.log(`a delivery beside 50 dead receivers took ${waits.join(', ')} ms`);
    expect(waits.toSorted((a, b) => a - b)[18]).toBeLessThan(3_000);
  }, 300_000);

  it('are delivered at a speed worth comparing with a bare loop', async () => {
    const count = 3_000;
    const brands = await Promise.all(Array.from({ length: 16 }, (_, index) => givenHook(`/fast-${index}`)));
    for (let n = 0; n < 16; n += 1) receiver.answer(`/fast-${n}`, (reply) => reply.writeHead(204).end());
    await test.database.query(
      `WITH made AS (
         INSERT INTO events (id, type, account_id, at, data)
         SELECT gen_random_uuid(), 'follow.created', ($1::uuid[])[1 + n % 16], clock_timestamp(), '{"subscriber": "ana"}'
           FROM generate_series(1, $2::integer) AS n
         RETURNING id)
       INSERT INTO pgboss.job (name, data) SELECT 'events', jsonb_build_object('eventIds', jsonb_agg(id)) FROM made`,
      [brands.map(({ id }) => id), count],
    );
    const begun = performance.now();
    test.app.get(Jobs).start();
    await eventually(() => receiver.received.length >= count, { seconds: 120 });
    const ours = (count * 1000) / (performance.now() - begun);

    const agent = new Agent();
    const loopBegun = performance.now();
    const sample = receiver.received[0]?.raw ?? '';
    await Promise.all(
      Array.from({ length: 64 }, async () => {
        for (let n = 0; n < count / 64; n += 1) {
          const { body } = await request(receiver.url('/bare'), {
            method: 'POST',
            body: sample,
            dispatcher: agent,
          });
          await body.dump();
        }
      }),
    );
    const bare = (count * 1000) / (performance.now() - loopBegun);
    await agent.close();
    console.log(`${Math.round(ours)} deliveries a second; a bare loop: ${Math.round(bare)}`);
    expect(ours).toBeGreaterThan(20);
  }, 300_000);
});
