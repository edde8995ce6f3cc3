import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Webhook } from 'standardwebhooks';
import { Agent, request } from 'undici';
import { generateRequestDetails, generateVAPIDKeys, getVapidHeaders } from 'web-push';
import { batchBody } from '../src/gateway/batch-body';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { givenBrand, type Brand } from './support/given';
import { Browser } from './support/push-service';
import { givenCrowd, givenGateway, givenPushing, pushesOf, registerAll } from './support/pushed';

const DEVICES = 5_000;
const FANS = 200_000;
const BATCH = 1_000;

/** Reads what it is sent and says 201, in a thread of its own, so that both sides of a comparison have theirs. */
const SINK = `
  const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(201).end());
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

/** Figures, not promises: only what would be a fault of another kind fails. */
describe('pushing, beside a bare loop that sends the same requests', () => {
  let app: TestApp;
  let sink: Worker;
  let origin: string;
  const figures: Record<string, string> = {};

  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    sink = new Worker(SINK, { eval: true });
    const [port] = (await once(sink, 'message')) as [number];
    origin = `http://127.0.0.1:${port}`;
  });
  afterAll(async () => {
    await sink.terminate();
    await app.stop();
    process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  });

  it('to devices', async () => {
    const brand = await givenBrand(app);
    const fans = await givenCrowd(app, brand, DEVICES);
    const browsers = fans.map((_, index) => new Browser(`${origin}/device/${index}`));
    await registerAll(app, fans, browsers);
    const agent = new Agent();
    const { publicKey, privateKey } = generateVAPIDKeys();
    const { Authorization } = getVapidHeaders(
      origin,
      'mailto:a@b.example',
      publicKey,
      privateKey,
      'aes128gcm',
    );
    const payload = JSON.stringify({
      title: brand.handle,
      text: 'The first rye of the autumn is out of the oven.',
    });
    const bare = await timed(DEVICES, 64, async (index) => {
      const { subscription } = browsers[index] ?? new Browser(origin);
      const details = generateRequestDetails(subscription, payload, { TTL: 60, headers: { Authorization } });
      const answer = await request(subscription.endpoint, {
        method: 'POST',
        headers: { ...details.headers },
        body: details.body,
        dispatcher: agent,
      });
      await answer.body.dump();
    });
    await agent.destroy();
    const before = memory();
    const { seconds, result } = await stopwatch(() => push(brand));
    expect((await pushesOf(brand, result)).webPush).toMatchObject({ pending: 0, delivered: DEVICES });
    note('web push', DEVICES, seconds, bare, before);
  }, 120_000);

  it('to a gateway', async () => {
    const brand = await givenBrand(app);
    const fans = await givenCrowd(app, brand, FANS);
    const { secret } = await givenGateway(app, `${origin}/batches`);
    await app.database.query('ANALYZE follows, subscribers');
    const agent = new Agent();
    const signer = new Webhook(secret);
    const bare = await timed(FANS / BATCH, 4, async (index) => {
      const body = batchBody({
        batchId: brand.id,
        broadcastId: brand.id,
        accountId: brand.id,
        publishedAt: new Date(),
        timeToLive: 60,
        title: brand.handle,
        text: 'The first rye of the autumn is out of the oven.',
        recipients: fans.slice(index * BATCH, (index + 1) * BATCH),
      });
      const now = new Date();
      const headers = {
        'content-type': 'application/json',
        'webhook-id': brand.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': signer.sign(brand.id, now, body),
      };
      const answer = await request(`${origin}/batches`, { method: 'POST', headers, body, dispatcher: agent });
      await answer.body.dump();
    });
    await agent.destroy();
    const before = memory();
    const { seconds, result } = await stopwatch(() => push(brand));
    expect((await pushesOf(brand, result)).gateway).toMatchObject({ pending: 0, delivered: FANS });
    note('push.batch', FANS, seconds, bare, before);
  }, 120_000);

  /** Waits without asking for the report, which counts the audience anew each time. */
  async function push(brand: Brand): Promise<string> {
    const id = await givenPushing(app, brand);
    const isDone = async () => {
      await delay(40);
      const done = 'SELECT FROM push_runs WHERE broadcast_id = $1 AND completed_at IS NOT NULL';
      return (await app.database.query<unknown[]>(done, [id])).length > 0;
    };
    await eventually(isDone, { seconds: 100 });
    return id;
  }

  function note(what: string, recipients: number, seconds: number, bare: number, before: number): void {
    const rate = (time: number) => `${Math.round(recipients / time)}/s`;
    figures[what] =
      `${recipients} recipients: ${rate(seconds)}, bare loop ${rate(bare)}, ratio ${(bare / seconds).toFixed(2)}, ` +
      `memory ${before} MB before, ${memory()} MB after`;
  }
});

/** Seconds that it takes to do it so many times, `atOnce` at a time. */
async function timed(times: number, atOnce: number, once: (index: number) => Promise<void>): Promise<number> {
  let next = 0;
  const loop = async () => {
    while (next < times) {
      next += 1;
      await once(next - 1);
    }
  };
  const { seconds } = await stopwatch(() => Promise.all(Array.from({ length: atOnce }, loop)));
  return seconds;
}

async function stopwatch<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const begun = performance.now();
  const result = await work();
  return { seconds: (performance.now() - begun) / 1000, result };
}

function memory(): number {
  return Math.round(process.memoryUsage().rss / 1_048_576);
}
