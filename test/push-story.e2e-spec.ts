import { Jobs } from '../src/jobs/jobs.service';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, hello } from './support/given';
import { tick } from './support/publishing';
import { PushService } from './support/push-service';
import { givenGateway, givenNotified, NO_PUSHES, untilCompleted } from './support/pushed';

/** From the marketer's request to the device, by nothing but what the running platform does. */
describe('a broadcast that is published now', () => {
  let app: TestApp;
  let outside: PushService;

  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    outside = await new PushService().start();
    app.app.get(Jobs).start();
  });
  afterAll(async () => {
    await app.stop();
    await outside.stop();
  });

  it('tells webhooks that it is completed, also where nobody can be pushed to', async () => {
    const brand = await givenBrand(app);
    const hook = { url: `${outside.origin}/alone`, events: ['broadcast.completed'] };
    expectStatus(201, await brand.owner.post(brand.path('/webhooks'), hook));
    const { id } = expectStatus(201, await publishNow(brand)).body;
    await tick(app);
    await eventually(() => outside.at(hook.url).length > 0, { seconds: 25 });
    expect(eventAt(hook.url)).toMatchObject({
      type: 'broadcast.completed',
      data: { broadcastId: id, pushes: { status: 'completed', webPush: NO_PUSHES, gateway: NO_PUSHES } },
    });
  });

  it('reaches the device, the gateway and the webhook, and the report says so', async () => {
    const brand = await givenBrand(app);
    const { browser } = await givenNotified(app, brand, outside);
    await givenGateway(app, `${outside.origin}/batches`);
    const hook = { url: `${outside.origin}/hook`, events: ['broadcast.published', 'broadcast.completed'] };
    expectStatus(201, await brand.owner.post(brand.path('/webhooks'), hook));
    const { id } = expectStatus(201, await publishNow(brand)).body;
    await tick(app);
    await untilCompleted(brand, id);

    const [pushed] = outside.at(browser.endpoint);
    expect(pushed && browser.read(pushed)).toMatchObject({ broadcastId: id, text: hello.text });
    expect(eventAt(`${outside.origin}/batches`)).toMatchObject({ data: { broadcastId: id } });
    await eventually(() => outside.at(hook.url).length === 2, { seconds: 25 });
    const report = await brand.owner.get(brand.path(`/broadcasts/${id}/report`));
    expect(report.body).toMatchObject({
      pushes: { status: 'completed', webPush: { delivered: 1 }, gateway: { delivered: 1 } },
    });
  });

  function publishNow(brand: Awaited<ReturnType<typeof givenBrand>>) {
    const request = { content: hello, schedule: { now: true } };
    return brand.owner.post<{ id: string }>(brand.path('/broadcasts'), request);
  }

  function eventAt(url: string): unknown {
    return JSON.parse(outside.at(url)[0]?.body.toString() ?? '');
  }
});
