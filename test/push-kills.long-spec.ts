import { Jobs } from '../src/jobs/jobs.service';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { FanfareProcess } from './support/fanfare-process';
import { givenBrand, type Brand } from './support/given';
import { givenPublished } from './support/published';
import { Browser, PushService } from './support/push-service';
import { givenCrowd, pushesOf, registerAll, untilCompleted } from './support/pushed';
import { SECRETS } from './support/secrets';

const KILLS = 50;
const DEVICES = 5_000;

describe('a process that is killed while it pushes', () => {
  let app: TestApp;
  let service: PushService;
  let brand: Brand;
  let pusher: FanfareProcess | undefined;

  beforeAll(async () => {
    app = await startTestApp();
    service = await new PushService().start();
    brand = await givenBrand(app);
  });
  afterAll(async () => {
    await pusher?.kill();
    await app.stop();
    await service.stop();
  });

  it(`${KILLS} times over, leaves nobody out, and tells every device of one message only`, async () => {
    const browsers = await givenDevices(DEVICES);
    // Busy, refused and gone ones among them, so that every kind of outcome is written down across the kills.
    service.reply = async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const place = Number(path.split('/').at(-1));
      return { status: place % 50 === 0 ? 410 : place % 50 === 1 ? 400 : 201 };
    };
    const broadcastId = await givenPublished(app, brand);
    await app.database.transaction((manager) =>
      app.app.get(Jobs).send(manager, 'published', [{ data: { broadcastId } }]),
    );

    for (let kill = 0; kill < KILLS; kill += 1) {
      pusher = startPusher();
      const before = service.arrived.length;
      await pusher.address();
      // Somewhere in the middle of it: after the first requests of this life, or some more.
      await eventually(() => service.arrived.length > before + (kill % 10) * 8, { seconds: 120 });
      await pusher.kill();
      expect(await pushesOf(brand, broadcastId)).toMatchObject({ status: 'running' });
    }
    pusher = startPusher();
    await untilCompleted(brand, broadcastId, { seconds: 120 });

    const messages = new Map<string, Set<string>>();
    for (const [endpoint, browser] of browsers) {
      const ids = service.at(endpoint).map((arrived) => browser.read(arrived).id ?? '');
      messages.set(endpoint, new Set(ids));
    }
    expect([...messages.values()].filter((ids) => ids.size !== 1)).toEqual([]);
    expect(new Set([...messages.values()].flatMap((ids) => [...ids])).size).toBe(DEVICES);
    process.stdout.write(`${KILLS} kills, ${DEVICES} devices, ${service.arrived.length} requests\n`);
    const few = DEVICES / 50;
    expect(await pushesOf(brand, broadcastId)).toMatchObject({
      webPush: {
        pending: 0,
        delivered: DEVICES - 2 * few,
        gone: few,
        skipped: 0,
        failed: { 'status-400': few },
      },
    });
  }, 3_000_000);

  async function givenDevices(count: number): Promise<Map<string, Browser>> {
    const fans = await givenCrowd(app, brand, count);
    const browsers = fans.map((_, index) => new Browser(`${service.origin}/device/${index}`));
    await registerAll(app, fans, browsers);
    return new Map(browsers.map((browser) => [browser.endpoint, browser]));
  }

  function startPusher(): FanfareProcess {
    return new FanfareProcess({
      DATABASE_URL: app.url,
      OUTBOUND_ALLOW: '127.0.0.0/8',
      OUTBOUND_ALLOW_BRANDS: '127.0.0.0/8',
      ...SECRETS,
    });
  }
});
