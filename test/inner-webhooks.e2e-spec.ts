import { Jobs } from '../src/jobs/jobs.service';
import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenSubscriber, unique } from './support/given';
import { WebhookReceiver } from './support/webhook-receiver';

interface Attempt {
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

interface Delivery {
  readonly attempts: readonly Attempt[];
}

describe('a network that the operator has opened with OUTBOUND_ALLOW', () => {
  let test: TestApp;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'] });
    test.app.get(Jobs).start();
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await test.stop();
    await receiver.stop();
  });

  async function firstAttempt(api: Api, webhook: string): Promise<Attempt | undefined> {
    let attempts: readonly Attempt[] = [];
    await eventually(async () => {
      const { body } = await api.get<{ items: Delivery[] }>(`${webhook}/deliveries`);
      attempts = body.items[0]?.attempts ?? [];
      return attempts.length > 0;
    });
    return attempts[0];
  }

  it('is closed to the webhooks of brands, and to devices of people', async () => {
    const brand = await givenBrand(test);
    const url = receiver.url('/admin');
    const refused = await brand.owner.post(brand.path('/webhooks'), { url });
    expect(expectStatus(422, refused).body).toMatchObject({
      type: '/problems/address-not-allowed',
      detail: expect.stringContaining('OUTBOUND_ALLOW_BRANDS') as string,
    });
    const person = await givenSubscriber(test);
    const keys = { p256dh: `BN${'c'.repeat(85)}`, auth: 'k8JV6sjdbhAi1n3_LDBLvA' };
    const device = await person.put('/me/push-endpoints', { endpoint: url, keys });
    expect([400, 422]).toContain(device.status);
    expect(receiver.at('/admin')).toEqual([]);
  });

  it('is closed to a webhook that a brand has from before: nothing is sent, and nothing of the address is told', async () => {
    const brand = await givenBrand(test);
    const webhooks = brand.path('/webhooks');
    const url = 'https://1.1.1.1/hook';
    const { id } = expectStatus(201, await brand.owner.post<{ id: string }>(webhooks, { url })).body;
    const inner = receiver.url('/from-before');
    await test.database.query('UPDATE webhook_endpoints SET url = $2 WHERE id = $1', [id, inner]);
    expectStatus(202, await brand.owner.post(`${webhooks}/${id}/test`, {}));
    const attempt = await firstAttempt(brand.owner, `${webhooks}/${id}`);
    expect(attempt).toMatchObject({ status: null, answer: null });
    expect(attempt?.error).toMatch(/not public$/);
    expect(receiver.at('/from-before')).toEqual([]);
  });

  it("is open to the platform's own webhooks, whose answers are shown up to a kilobyte", async () => {
    const path = `/${unique('hook')}`;
    receiver.answer(path, (reply) => {
      reply.writeHead(200);
      reply.write(Buffer.concat([Buffer.from([0, 255, 254, 0]), Buffer.alloc(5_000, 'ж')]));
      // and it never ends
    });
    const hook = await test.admin.post<{ id: string }>('/admin/webhooks', { url: receiver.url(path) });
    const { id } = expectStatus(201, hook).body;
    expectStatus(202, await test.admin.post(`/admin/webhooks/${id}/test`, {}));
    const attempt = await firstAttempt(test.admin, `/admin/webhooks/${id}`);
    expect(attempt).toMatchObject({ status: 200, error: null });
    expect(attempt?.answer?.length).toBeGreaterThan(100);
    expect(attempt?.answer?.length).toBeLessThanOrEqual(1_024);
  });
});
