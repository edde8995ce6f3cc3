import { createServer, type Server } from 'node:http';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import { DEFAULT_LANES, PUSH_LANES, type PushLanes } from '../src/web-push/push-lanes';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { givenBrand, type Brand } from './support/given';
import { closeNow, listenLocally, originOf } from './support/local-server';
import { Browser, PushService } from './support/push-service';
import { givenCrowd, givenPushing, registerAll, untilCompleted } from './support/pushed';

const [DEAD, HEALTHY] = [70, 20];
const LONG_MS = 60_000;

describe('devices that never answer', () => {
  let app: TestApp;
  let service: PushService;
  let silent: Server;
  let brand: Brand;
  /** Requests at the silent server; and whether it answers by now. */
  const asked = { begun: 0, ended: 0, answers: false };

  beforeAll(async () => {
    const networks = ['127.0.0.0/8'];
    app = await startTestApp({ outboundAllow: networks, outboundAllowBrands: networks });
    service = await new PushService().start();
    silent = createServer((request, response) => {
      asked.begun += 1;
      request.resume();
      response.on('close', () => (asked.ended += 1));
      if (asked.answers) response.writeHead(201).end();
    });
    await listenLocally(silent);
    brand = await givenBrand(app);
    // The dead ones are registered among the healthy ones, each by somebody else.
    const subs = await givenCrowd(app, brand, DEAD + HEALTHY);
    const browsers = subs.map((sub, place) => {
      const origin = place % 9 < 2 ? service.origin : originOf(silent);
      return new Browser(`${origin}/device/${subscriberIdOf(sub)}`);
    });
    expect(browsers.filter(({ endpoint }) => endpoint.startsWith(service.origin))).toHaveLength(HEALTHY);
    await registerAll(app, subs, browsers);
  });
  afterAll(async () => {
    await app.stop();
    await service.stop();
    await closeNow(silent);
  });

  function useLanes(quickMs: number, slowMs: number): void {
    const { quick, slow } = DEFAULT_LANES;
    const lanes: PushLanes = {
      quick: { ...quick, patienceMs: quickMs, slots: { ...quick.slots, youngMs: 20 } },
      slow: { ...slow, patienceMs: slowMs },
    };
    Object.assign(app.app.get<PushLanes>(PUSH_LANES), lanes);
  }

  const healthyTold = (times: number) => eventually(() => service.arrived.length === times * HEALTHY);

  const slowDevices = async () => {
    const [{ count }] = await app.database.query<[{ count: number }]>(
      'SELECT count(*)::integer AS count FROM push_endpoints WHERE slow',
    );
    return count;
  };

  it('hold up none of the others: these are told while not one of the dead has been given up', async () => {
    useLanes(LONG_MS, LONG_MS);
    const id = await givenPushing(app, brand);
    await healthyTold(1);
    await eventually(() => asked.begun === DEAD);
    expect(asked).toEqual({ begun: DEAD, ended: 0, answers: false });
    // Their connections are cut, which is an answer of sorts, and they wait for their next try.
    silent.closeAllConnections();
    await eventually(async () => {
      const rows = await app.database.query<unknown[]>(
        `SELECT FROM push_deliveries WHERE broadcast_id = $1 AND tries = 1 AND status = 'pending'`,
        [id],
      );
      return rows.length === DEAD;
    });
    await app.database.query('DELETE FROM pgboss.job');
  });

  it('are moved into a lane of their own, and with the next broadcast they are there from the start', async () => {
    Object.assign(asked, { begun: 0, ended: 0 });
    useLanes(300, LONG_MS);
    await givenPushing(app, brand);
    await healthyTold(2);
    const inSlowLane = (id: string) =>
      app.database.query<unknown[]>('SELECT FROM push_deliveries WHERE broadcast_id = $1 AND chunk < 0', [
        id,
      ]);
    const second = await givenPushing(app, brand);
    await healthyTold(3);
    await eventually(async () => (await inSlowLane(second)).length === DEAD);
  });

  it('come back when they answer quickly, each of them told once', async () => {
    await app.database.query('UPDATE push_endpoints SET slow = true WHERE url LIKE $1', [
      `${originOf(silent)}%`,
    ]);
    expect(await slowDevices()).toBe(DEAD);
    asked.answers = true;
    silent.closeAllConnections();
    await app.database.query('DELETE FROM pgboss.job');
    useLanes(LONG_MS, LONG_MS);
    const id = await givenPushing(app, brand);
    await untilCompleted(brand, id);
    expect(await slowDevices()).toBe(0);
    const [told] = await app.database.query<unknown[]>(
      `SELECT count(*)::integer AS told, max(tries) AS tries FROM push_deliveries
        WHERE broadcast_id = $1 AND status = 'delivered'`,
      [id],
    );
    expect(told).toEqual({ told: DEAD + HEALTHY, tries: 1 });
  });
});
