import { Webhook } from 'standardwebhooks';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, type Brand } from './support/given';
import { PushService, type Arrived } from './support/push-service';
import {
  givenCrowd,
  givenGateway,
  givenPushed,
  givenPushing,
  makeDue,
  NO_PUSHES,
  pushesOf,
  untilCompleted,
} from './support/pushed';

interface Body {
  readonly type: string;
  readonly timestamp: string;
  readonly data: { readonly batchId: string; readonly recipients: readonly string[] };
}

describe("the operator's push gateway", () => {
  let app: TestApp;
  let gateway: PushService;
  let brand: Brand;
  let secret: string;
  let webhook: string;

  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    gateway = await new PushService().start();
    ({ id: webhook, secret } = await givenGateway(app, `${gateway.origin}/batches`));
  });
  beforeEach(async () => {
    gateway.reply = () => ({ status: 204 });
    gateway.arrived.length = 0;
    brand = await givenBrand(app);
  });
  afterAll(async () => {
    await app.stop();
    await gateway.stop();
  });

  it('is handed everybody who is to be notified, a thousand at a time, in signed requests', async () => {
    const fans = await givenCrowd(app, brand, 5_050);
    await app.database.query('UPDATE follows SET muted = true WHERE subscriber_id = ANY ($1::uuid[])', [
      fans.slice(0, 50).map(subscriberIdOf),
    ]);
    const { id, pushes } = await givenPushed(app, brand);
    const bodies = gateway.arrived.map(verified);
    expect(bodies.map(({ data }) => data.recipients.length)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
    expect(bodies.flatMap(({ data }) => data.recipients).sort()).toEqual(fans.slice(50).sort());
    expect(new Set(bodies.map(({ data }) => data.batchId)).size).toBe(5);
    expect(bodies[0]).toMatchObject({
      type: 'push.batch',
      data: {
        broadcastId: id,
        accountId: brand.id,
        message: { title: 'Sunrise Bakery', text: 'The first rye of the autumn is out of the oven.' },
      },
    });
    expect(pushes).toMatchObject({ status: 'completed', gateway: { ...NO_PUSHES, delivered: 5_000 } });
  });

  it('is asked again with the same id until it has the batch; who left meanwhile is not in it any more', async () => {
    const [ana = '', ben = '', cleo = ''] = await givenCrowd(app, brand, 3);
    gateway.reply = () => ({ status: 503 });
    const id = await givenPushing(app, brand);
    await untilTried(id);
    expect(await pushesOf(brand, id)).toMatchObject({
      status: 'running',
      gateway: { ...NO_PUSHES, pending: 3 },
    });
    await app.database.query('UPDATE follows SET muted = true WHERE subscriber_id = $1', [
      subscriberIdOf(ben),
    ]);
    gateway.reply = () => ({ status: 200 });
    await makeDue(app);
    await untilCompleted(brand, id);
    const [first, second] = gateway.arrived.map(verified);
    expect(first?.data.recipients).toEqual([ana, ben, cleo]);
    expect(second?.data.recipients).toEqual([ana, cleo]);
    expect(new Set(gateway.arrived.map(({ headers }) => headers['webhook-id']))).toEqual(
      new Set([first?.data.batchId]),
    );
    expect((await pushesOf(brand, id)).gateway).toEqual({ ...NO_PUSHES, delivered: 2, skipped: 1 });
    expect(await pushesTo(id, ana)).toMatchObject([
      { channel: 'gateway', status: 'delivered', reason: null },
    ]);
    expect(await pushesTo(id, ben)).toEqual([]);
  });

  it('is left alone once it says that it is gone', async () => {
    await givenCrowd(app, brand, 2_500);
    gateway.reply = () => ({ status: 410 });
    expect((await givenPushed(app, brand)).pushes.gateway).toEqual({ ...NO_PUSHES, gone: 2_500 });
    // Those that were under way together.
    expect(gateway.arrived.length).toBeLessThanOrEqual(3);
    expect((await givenPushed(app, brand)).pushes.gateway).toEqual(NO_PUSHES);
    expectStatus(200, await app.admin.patch(`/admin/webhooks/${webhook}`, { enabled: true }));
    expect((await givenPushed(app, brand)).pushes.gateway).toEqual({ ...NO_PUSHES, gone: 2_500 });
    expectStatus(200, await app.admin.patch(`/admin/webhooks/${webhook}`, { enabled: true }));
  });

  it('is given up when nothing reaches it, for a reason that names no address', async () => {
    expectStatus(200, await app.admin.patch(`/admin/webhooks/${webhook}`, { enabled: false }));
    await givenCrowd(app, brand, 2);
    const closed = await new PushService().start();
    const { origin } = closed;
    await closed.stop();
    const { id: unreachable } = await givenGateway(app, origin);
    const id = await givenPushing(app, brand);
    for (let tries = 1; tries < 6; tries += 1) {
      await untilTried(id, tries);
      await makeDue(app);
    }
    await untilCompleted(brand, id);
    expect((await pushesOf(brand, id)).gateway).toEqual({ ...NO_PUSHES, failed: { unreachable: 2 } });
    expectStatus(204, await app.admin.delete(`/admin/webhooks/${unreachable}`));
    expectStatus(200, await app.admin.patch(`/admin/webhooks/${webhook}`, { enabled: true }));
  });

  it('is given nothing that leads to somebody who was erased', async () => {
    const [ana = '', ben = ''] = await givenCrowd(app, brand, 2);
    const { id, pushes } = await givenPushed(app, brand);
    const { body } = await app.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub: ana });
    expectStatus(204, await app.api.as(body.token).delete('/me'));
    const [batch] = await app.database.query<[{ recipients: string[] }]>(
      'SELECT recipients FROM push_batches WHERE broadcast_id = $1',
      [id],
    );
    expect(batch.recipients).not.toContain(subscriberIdOf(ana));
    expect(batch.recipients).toContain(subscriberIdOf(ben));
    expect(await pushesOf(brand, id)).toEqual(pushes);
    expect(await pushesTo(id, ana)).toEqual([]);
  });

  function verified({ headers, body }: Arrived): Body {
    const signed = {
      'webhook-id': String(headers['webhook-id']),
      'webhook-timestamp': String(headers['webhook-timestamp']),
      'webhook-signature': String(headers['webhook-signature']),
    };
    const read = new Webhook(secret).verify(body.toString('utf8'), signed) as Body;
    expect(read.data.batchId).toBe(headers['webhook-id']);
    return read;
  }

  async function pushesTo(broadcastId: string, sub: string): Promise<unknown> {
    const path = brand.path(`/broadcasts/${broadcastId}/recipients/${sub}`);
    const { body } = await brand.owner.get<{ pushes: unknown }>(path);
    return body.pushes;
  }

  function untilTried(broadcastId: string, tries = 1): Promise<void> {
    const isTried = async () => {
      const rows = await app.database.query<unknown[]>(
        'SELECT FROM push_batches WHERE broadcast_id = $1 AND tries >= $2',
        [broadcastId, tries],
      );
      return rows.length > 0;
    };
    return eventually(isTried, { seconds: 25 });
  }
});
