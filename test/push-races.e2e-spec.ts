import type { EntityManager } from 'typeorm';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import { Jobs } from '../src/jobs/jobs.service';
import { JobLost } from '../src/jobs/queue-worker.service';
import { PushRuns } from '../src/push/push-runs.service';
import type { Answer } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, type Brand } from './support/given';
import { givenPublished } from './support/published';
import { givenCrowd, givenGateway, givenNotified, givenPushing, untilCompleted } from './support/pushed';
import { PushService } from './support/push-service';
import { someoneWaits } from './support/waiting';

describe('while pushes are made and sent', () => {
  let app: TestApp;
  let service: PushService;
  let gateway: string;
  let brand: Brand;

  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    service = await new PushService().start();
    ({ id: gateway } = await givenGateway(app, `${service.origin}/batches`));
  });
  beforeEach(async () => {
    service.reply = () => ({ status: 204 });
    brand = await givenBrand(app);
  });
  afterAll(async () => {
    await app.stop();
    await service.stop();
  });

  it('an erasure waits for the page that names the person, and then takes them out of it', async () => {
    const [ana = '', ben = ''] = await givenCrowd(app, brand, 2);
    const id = await givenPublished(app, brand);
    const { expanding, erasing } = await whileRunIsHeld(id, async () => {
      const expanding = expand(id);
      await eventually(() => someoneWaits(app.database, '%UPDATE push_runs%'));
      const erasing = erase(ana);
      // Without the lock it would be over at this point.
      await Promise.race([erasing, eventually(() => someoneWaits(app.database, '%advisory%'))]);
      return { expanding, erasing };
    });
    await expanding;
    expectStatus(204, await erasing);
    expect(await namedIn(id)).not.toContain(subscriberIdOf(ana));
    expect(await namedIn(id)).toContain(subscriberIdOf(ben));
  });

  it('whoever was erased while a batch was on its way is not written into it again', async () => {
    const [ana = '', ben = '', cleo = ''] = await givenCrowd(app, brand, 3);
    const id = await givenPublished(app, brand);
    await expand(id);
    await app.database.query('UPDATE follows SET muted = true WHERE subscriber_id = $1', [
      subscriberIdOf(ben),
    ]);
    service.reply = async () => {
      expectStatus(204, await erase(ana));
      return { status: 204 };
    };
    const worker = await givenWorker();
    worker.app.get(Jobs).start();
    await untilCompleted(brand, id);
    await worker.stop();
    expect(await namedIn(id)).toEqual([subscriberIdOf(cleo)]);
  });

  it('a page that somebody else has made meanwhile is not made twice', async () => {
    const [ana = ''] = await givenCrowd(app, brand, 2);
    const id = await givenPublished(app, brand);
    const { lost } = await whileRunIsHeld(id, async (manager) => {
      const lost = expect(expand(id)).rejects.toThrow(JobLost);
      await eventually(() => someoneWaits(app.database, '%UPDATE push_runs%'));
      await manager.query(
        `UPDATE push_runs SET through_subscriber = $2,
                through_at = (SELECT followed_at FROM follows WHERE subscriber_id = $2) WHERE broadcast_id = $1`,
        [id, subscriberIdOf(ana)],
      );
      return { lost };
    });
    await lost;
    expect(await namedIn(id)).toEqual([]);
  });

  it('a message that is broken off by the end of the process is not counted as a try', async () => {
    const worker = await givenWorker();
    await givenNotified(app, brand, service);
    const arrived = new Promise<void>((resolve) => {
      service.reply = ({ path }) => {
        if (!path.startsWith('/device')) return { status: 204 };
        resolve();
        return new Promise<never>(() => undefined);
      };
    });
    const id = await givenPushing(worker, brand);
    await arrived;
    await worker.stop();
    const deliveries = await app.database.query<unknown[]>(
      'SELECT status, tries, due_at FROM push_deliveries WHERE broadcast_id = $1',
      [id],
    );
    expect(deliveries).toEqual([{ status: 'pending', tries: 0, due_at: null }]);
  });

  /** Another process, as it were, that does the jobs. */
  function givenWorker(): Promise<TestApp> {
    return startTestApp({
      databaseUrl: app.url,
      outboundAllow: ['127.0.0.0/8'],
      outboundAllowBrands: ['127.0.0.0/8'],
    });
  }

  function expand(broadcastId: string): Promise<void> {
    const job = { id: broadcastId, data: { broadcastId }, signal: new AbortController().signal };
    return app.app.get(PushRuns).expand({ ...job, finish: () => Promise.resolve() });
  }

  /** What goes through the followers has to wait before it can write down how far it has come. */
  async function whileRunIsHeld<T>(id: string, action: (manager: EntityManager) => Promise<T>): Promise<T> {
    await app.database.query(
      'INSERT INTO push_runs (broadcast_id, gateways, started_at) VALUES ($1, ARRAY[$2::uuid], fanfare_now())',
      [id, gateway],
    );
    return app.database.transaction(async (manager) => {
      await manager.query('SELECT FROM push_runs WHERE broadcast_id = $1 FOR NO KEY UPDATE', [id]);
      return action(manager);
    });
  }

  async function erase(sub: string): Promise<Answer<unknown>> {
    const { body } = await app.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub });
    return app.api.as(body.token).delete('/me');
  }

  /** Whom the batches of a broadcast name. */
  async function namedIn(broadcastId: string): Promise<string[]> {
    const batches = await app.database.query<{ recipients: string[] }[]>(
      'SELECT recipients FROM push_batches WHERE broadcast_id = $1',
      [broadcastId],
    );
    return batches.flatMap(({ recipients }) => recipients);
  }
});
