import { subscriberIdOf } from '../src/auth/subscriber-id';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenFollower, givenSubscriber, type Brand } from './support/given';
import { Browser, PushService, vapidClaims } from './support/push-service';
import {
  givenNotified,
  givenPushed,
  givenPushing,
  makeDue,
  NO_PUSHES,
  pushesOf,
  untilCompleted,
} from './support/pushed';

describe('web push', () => {
  let app: TestApp;
  let service: PushService;
  let bakery: Brand;
  let key: string;
  const logLines: string[] = [];

  beforeAll(async () => {
    const networks = ['127.0.0.0/8'];
    app = await startTestApp({ outboundAllow: networks, outboundAllowBrands: networks, logLines });
    service = await new PushService().start();
    const answer = await app.api.get<{ publicKey: string }>('/push/vapid-key');
    key = expectStatus(200, answer).body.publicKey;
  });
  beforeEach(async () => {
    service.reply = () => ({ status: 201 });
    bakery = await givenBrand(app);
  });
  afterAll(async () => {
    await app.stop();
    await service.stop();
  });

  describe('a device', () => {
    const { endpoint, keys } = new Browser('http://127.0.0.1:9999/send/x').subscription;
    const standard = (text: string) => text.replaceAll('-', '+').replaceAll('_', '/');
    it.each<[string, object]>([
      ['as browsers write it', { endpoint, expirationTime: null, keys }],
      ['that expires', { endpoint, expirationTime: 1_796_079_000_000, keys }],
      ['that expires between two milliseconds', { endpoint, expirationTime: 1_796_079_000_000.5, keys }],
      ['with more keys than are known', { endpoint, expirationTime: null, keys: { ...keys, later: 'x' } }],
      ['with padded keys', { endpoint, keys: { p256dh: `${keys.p256dh}=`, auth: `${keys.auth}==` } }],
      ['with plain base64', { endpoint, keys: { p256dh: standard(keys.p256dh), auth: standard(keys.auth) } }],
    ])('%s is registered', async (_, subscription) => {
      const person = await givenSubscriber(app);
      expectStatus(200, await person.put('/me/push-endpoints', subscription));
    });

    it.each<[string, object, string]>([
      ['a time that is text', { endpoint, expirationTime: 'soon', keys }, 'expirationTime'],
      ['no keys', { endpoint, expirationTime: null }, 'keys'],
      ['keys that are text', { endpoint, keys: 'p256dh' }, 'keys'],
      ['half of the keys', { endpoint, keys: { auth: keys.auth, later: 'x' } }, 'keys.p256dh'],
      ['a member that no browser has', { endpoint, keys, subscriber: 'ana' }, 'subscriber'],
    ])('with %s is refused, and what is wrong is named', async (_, subscription, field) => {
      const person = await givenSubscriber(app);
      const answer = await person.put<{ detail: string }>('/me/push-endpoints', subscription);
      expect(expectStatus(400, answer).body.detail).toContain(field);
    });
  });

  it("a push service's refusal of this platform is in the log, with the beginning of what it said", async () => {
    service.reply = () => ({ status: 403, body: `{"reason":\n"BadJwtToken"}${'x'.repeat(1_000)}` });
    const { browser } = await givenNotified(app, bakery, service);
    await givenPushed(app, bakery);
    const [line = ''] = logLines.filter((text) => text.includes('push service'));
    expect(line).toContain(`${service.origin} refuses this platform's messages with 403`);
    expect(line).toContain('BadJwtToken');
    expect(line).toContain('PUSH_CONTACT is mailto:');
    expect(line).not.toContain(browser.endpoint);
    expect(line.length).toBeLessThan(700);
  });

  describe('the message', () => {
    it('can be read by the device alone, and comes from this platform', async () => {
      const { browser } = await givenNotified(app, bakery, service);
      const { id } = await givenPushed(app, bakery);
      const [arrived, ...more] = service.at(browser.endpoint);
      expect(more).toEqual([]);
      if (!arrived) throw new Error('Nothing arrived.');
      expect(browser.read(arrived)).toEqual({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        title: 'Sunrise Bakery',
        text: 'The first rye of the autumn is out of the oven.',
        broadcastId: id,
        accountId: bakery.id,
      });
      const claims = await vapidClaims(arrived, key, service.origin);
      expect(claims.sub).toMatch(/^mailto:/);
      expect((claims.exp ?? 0) - Date.now() / 1000).toBeLessThan(86_400);
      expect(arrived.headers).toMatchObject({ topic: id.replaceAll('-', ''), urgency: 'normal' });
      expect(Number(arrived.headers.ttl)).toBeGreaterThan(86_300);
      expect(Number(arrived.headers.ttl)).toBeLessThanOrEqual(86_400);
    });

    it('fits whatever the broadcast says, in any script', async () => {
      const contents = [
        { type: 'text', text: '👨‍👩‍👧‍👦'.repeat(600) },
        { type: 'text', text: `Z${'\u0301'.repeat(15_000)}` },
        { type: 'text', text: '\u0001"\\'.repeat(5_000) },
        { type: 'image', url: 'https://bakery.example/rye.jpg' },
        { type: 'articles', articles: [{ title: '黑麦面包 '.repeat(40), body: '<p>Rye</p>' }] },
      ];
      for (const content of contents) {
        const brand = await givenBrand(app);
        const { browser } = await givenNotified(app, brand, service);
        await givenPushed(app, brand, { content });
        const [arrived] = service.at(browser.endpoint);
        if (!arrived) throw new Error('Nothing arrived.');
        expect(arrived.body.length).toBeLessThanOrEqual(4_096);
        expect(browser.read(arrived)).toMatchObject({ title: 'Sunrise Bakery' });
      }
    });
  });

  describe('who is notified', () => {
    const pushedTo = async (brand: Brand, browser: Browser) => {
      const before = service.at(browser.endpoint).length;
      await givenPushed(app, brand);
      return service.at(browser.endpoint).length - before;
    };

    it('of service accounts whoever follows, and never who has muted them', async () => {
      const { person, browser } = await givenNotified(app, bakery, service);
      expect(await pushedTo(bakery, browser)).toBe(1);
      expectStatus(200, await person.patch(`/me/follows/${bakery.id}`, { notify: false }));
      expect(await pushedTo(bakery, browser)).toBe(0);
      expectStatus(200, await person.patch(`/me/follows/${bakery.id}`, { notify: true, muted: true }));
      expect(await pushedTo(bakery, browser)).toBe(0);
      const back = await person.patch(`/me/follows/${bakery.id}`, { notify: null, muted: false });
      expect(expectStatus(200, back).body).toMatchObject({ notify: null, muted: false });
      expect(await pushedTo(bakery, browser)).toBe(1);
    });

    it('of subscription accounts, which are folded, only who asks for it', async () => {
      const library = await givenBrand(app, 'subscription');
      const { person, browser } = await givenNotified(app, library, service);
      expect(await pushedTo(library, browser)).toBe(0);
      const asked = await person.patch(`/me/follows/${library.id}`, { notify: true });
      expect(expectStatus(200, asked).body).toMatchObject({ notify: true });
      expect(await pushedTo(library, browser)).toBe(1);
      expect(service.at(browser.endpoint)[0]?.headers.urgency).toBe('low');
    });

    it('on each of their devices, until they take it back', async () => {
      const { person, browser } = await givenNotified(app, bakery, service);
      const second = new Browser(`${service.origin}/second-device`);
      expectStatus(200, await person.put('/me/push-endpoints', second.subscription));
      expect(await pushedTo(bakery, second)).toBe(1);
      const remove = () => person.send('DELETE', '/me/push-endpoints', { endpoint: second.endpoint });
      expectStatus(204, await remove());
      expectStatus(204, await remove());
      expect(await pushedTo(bakery, second)).toBe(0);
      expect(service.at(browser.endpoint)).toHaveLength(2);
    });

    it('not on a device that somebody else uses by now', async () => {
      const { browser } = await givenNotified(app, bakery, service);
      const other = await givenSubscriber(app);
      expectStatus(200, await other.put('/me/push-endpoints', browser.subscription));
      expect(await pushedTo(bakery, browser)).toBe(0);
    });

    it('not who leaves or mutes before the message is sent', async () => {
      const leaving = await givenNotified(app, bakery, service);
      const muting = await givenNotified(app, bakery, service);
      service.reply = () => ({ status: 503 });
      const id = await givenPushing(app, bakery);
      await untilWaiting(id, 2);
      expectStatus(204, await leaving.person.delete(`/me/follows/${bakery.id}`));
      expectStatus(200, await muting.person.patch(`/me/follows/${bakery.id}`, { muted: true }));
      await makeDue(app);
      await untilCompleted(bakery, id);
      for (const { browser } of [leaving, muting]) expect(service.at(browser.endpoint)).toHaveLength(1);
      expect((await pushesOf(bakery, id)).webPush).toEqual({ ...NO_PUSHES, skipped: 2 });
      const { body } = await bakery.owner.get(
        bakery.path(`/broadcasts/${id}/recipients/${muting.person.sub}`),
      );
      expect(body).toMatchObject({ received: true, pushes: [{ status: 'skipped', reason: 'muted' }] });
    });

    it('nobody once it is recalled', async () => {
      const { browser } = await givenNotified(app, bakery, service);
      service.reply = () => ({ status: 503 });
      const id = await givenPushing(app, bakery);
      await untilWaiting(id, 1);
      expectStatus(200, await bakery.owner.post(bakery.path(`/broadcasts/${id}/recall`)));
      await makeDue(app);
      await untilCompleted(bakery, id);
      expect(service.at(browser.endpoint)).toHaveLength(1);
      expect((await pushesOf(bakery, id)).webPush).toEqual({ ...NO_PUSHES, skipped: 1 });
    });
  });

  describe('a push service that does not take it', () => {
    it('is tried again with the same message, when it is ready', async () => {
      const { person, browser } = await givenNotified(app, bakery, service);
      service.reply = (_, count) => ({
        status: count % 2 === 0 ? 503 : 429,
        headers: { 'retry-after': '3000' },
      });
      const id = await givenPushing(app, bakery);
      await untilWaiting(id, 1);
      const [{ wait }] = await app.database.query<[{ wait: number }]>(
        `SELECT extract(epoch FROM due_at - at)::float8 AS wait FROM push_deliveries WHERE broadcast_id = $1`,
        [id],
      );
      expect(wait).toBeGreaterThanOrEqual(3_000);
      expect(await pushesOf(bakery, id)).toMatchObject({ status: 'running', webPush: { pending: 1 } });
      service.reply = () => ({ status: 201 });
      await makeDue(app);
      await untilCompleted(bakery, id);
      const messages = service.at(browser.endpoint).map((arrived) => browser.read(arrived));
      expect(messages).toHaveLength(2);
      expect(messages[0]).toEqual(messages[1]);
      const { body } = await bakery.owner.get(bakery.path(`/broadcasts/${id}/recipients/${person.sub}`));
      const at = expect.any(String) as string;
      expect(body).toMatchObject({
        received: true,
        pushes: [{ channel: 'webPush', status: 'delivered', at, reason: null }],
      });
    });

    it('is given up after six tries', async () => {
      await givenNotified(app, bakery, service);
      service.reply = () => ({ status: 500 });
      const id = await givenPushing(app, bakery);
      for (let tries = 1; tries < 6; tries += 1) {
        await untilWaiting(id, 1, tries);
        await makeDue(app);
      }
      await untilCompleted(bakery, id);
      expect((await pushesOf(bakery, id)).webPush).toEqual({ ...NO_PUSHES, failed: { 'status-500': 1 } });
    });

    it.each([404, 410])('is not asked again when the device is gone (%i)', async (status) => {
      const { person, browser } = await givenNotified(app, bakery, service);
      service.reply = () => ({ status });
      const { pushes } = await givenPushed(app, bakery);
      expect(pushes.webPush).toEqual({ ...NO_PUSHES, gone: 1 });
      const left = await app.database.query<unknown[]>(
        'SELECT FROM push_endpoints WHERE subscriber_id = $1',
        [subscriberIdOf(person.sub)],
      );
      expect(left).toEqual([]);
      await givenPushed(app, bakery);
      expect(service.at(browser.endpoint)).toHaveLength(1);
    });

    it.each([400, 413, 302])('is not asked again when it refuses the message (%i)', async (status) => {
      const { browser } = await givenNotified(app, bakery, service);
      service.reply = () => ({ status, headers: { location: `${service.origin}/elsewhere` } });
      const { pushes } = await givenPushed(app, bakery);
      expect(pushes.webPush).toEqual({ ...NO_PUSHES, failed: { [`status-${status}`]: 1 } });
      expect(service.at(browser.endpoint)).toHaveLength(1);
      expect(service.at(`${service.origin}/elsewhere`)).toEqual([]);
    });
  });

  describe('the device', () => {
    it('gives an address that is public, and keys that can encrypt', async () => {
      const person = await givenSubscriber(app);
      const { endpoint, keys } = new Browser(`${service.origin}/keys`).subscription;
      const put = (body: object) => person.put<{ type: string }>('/me/push-endpoints', body);
      for (const address of [
        'http://10.0.0.1/x',
        'http://[::1]:8080/x',
        'http://169.254.169.254/x',
        'ftp://push.example',
      ]) {
        const refused = expectStatus(422, await put({ endpoint: address, keys }));
        expect(refused.body.type).toBe('/problems/address-not-allowed');
      }
      const offCurve = Buffer.alloc(65, 4).toString('base64url');
      expectStatus(400, await put({ endpoint, keys: { ...keys, p256dh: offCurve } }));
      expectStatus(400, await put({ endpoint, keys: { ...keys, auth: 'c2hvcnQ' } }));
      expectStatus(400, await put({ endpoint }));
      expectStatus(200, await put({ endpoint, keys }));
      expectStatus(401, await app.api.put('/me/push-endpoints', { endpoint, keys }));
      expectStatus(403, await bakery.owner.put('/me/push-endpoints', { endpoint, keys }));
    });

    it('is one of at most twenty, the first of which are forgotten', async () => {
      const person = await givenSubscriber(app);
      for (let device = 0; device < 21; device += 1) {
        const { subscription } = new Browser(`${service.origin}/many/${device}`);
        expectStatus(200, await person.put('/me/push-endpoints', subscription));
      }
      const { body } = await person.get<{ pushEndpoints: { endpoint: string }[] }>('/me/export');
      expect(body.pushEndpoints).toHaveLength(20);
      expect(body.pushEndpoints[0]?.endpoint).toBe(`${service.origin}/many/1`);
    });

    it('goes with the person who is erased; that it was notified goes on counting', async () => {
      const { person } = await givenNotified(app, bakery, service);
      const { id, pushes } = await givenPushed(app, bakery);
      expectStatus(204, await person.delete('/me'));
      expect(await pushesOf(bakery, id)).toEqual(pushes);
      for (const table of ['push_endpoints', 'push_deliveries']) {
        const who = [subscriberIdOf(person.sub)];
        expect(await app.database.query(`SELECT FROM ${table} WHERE subscriber_id = $1`, who)).toEqual([]);
      }
    });
  });

  it('has keys that are made once, by whichever replica is first, and shows but the public one', async () => {
    await app.database.query('DELETE FROM push_keys');
    const replicas = await Promise.all([1, 2, 3].map(() => startTestApp({ databaseUrl: app.url })));
    const answers = await Promise.all(
      replicas.map(({ api }) => api.get<{ publicKey: string }>('/push/vapid-key')),
    );
    await Promise.all(replicas.map((replica) => replica.stop()));
    expect(new Set(answers.map(({ body }) => body.publicKey)).size).toBe(1);
    expect(Object.keys(answers[0]?.body ?? {})).toEqual(['publicKey']);
  });

  it('tells webhooks when all of it is done', async () => {
    await givenNotified(app, bakery, service);
    const hook = { url: `${service.origin}/hook`, events: ['broadcast.completed'] };
    expectStatus(201, await bakery.owner.post(bakery.path('/webhooks'), hook));
    const { id, pushes } = await givenPushed(app, bakery);
    await eventually(() => service.at(hook.url).length > 0, { seconds: 25 });
    const event = JSON.parse(service.at(hook.url)[0]?.body.toString() ?? '') as unknown;
    const { completedAt } = pushes;
    expect(event).toMatchObject({
      type: 'broadcast.completed',
      data: {
        broadcastId: id,
        accountId: bakery.id,
        completedAt,
        pushes: { webPush: { ...NO_PUSHES, delivered: 1 } },
      },
    });
  });

  it('is over at once when nobody is to be notified', async () => {
    await givenFollower(app, bakery);
    expect((await givenPushed(app, bakery)).pushes).toMatchObject({
      status: 'completed',
      webPush: NO_PUSHES,
    });
  });

  /** Until so many messages have been tried so often and wait for the next time. */
  function untilWaiting(broadcastId: string, count: number, tries = 1): Promise<void> {
    const areWaiting = async () => {
      const rows = await app.database.query<unknown[]>(
        `SELECT FROM push_deliveries WHERE broadcast_id = $1 AND due_at IS NOT NULL AND status = 'pending' AND tries = $2`,
        [broadcastId, tries],
      );
      return rows.length === count;
    };
    return eventually(areWaiting, { seconds: 25 });
  }
});
