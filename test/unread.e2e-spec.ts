import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenFollower, givenScheduled, givenSubscriber } from './support/given';
import { tick } from './support/publishing';

describe('the badge of an inbox', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('counts what is muted apart, in the folder and in the sum', async () => {
    const brands = [
      await givenBrand(app, 'subscription'),
      await givenBrand(app, 'subscription'),
      await givenBrand(app),
    ];
    const ana = await givenSubscriber(app);
    for (const brand of brands) {
      await givenFollower(app, brand, ana.sub);
      await givenScheduled(brand, { now: true });
    }
    await tick(app);
    const counts = async () => expectStatus(200, await ana.get('/me/unread')).body;
    expect(await counts()).toEqual({ total: 3, contacts: 1, subscriptions: 2, conversations: 0, muted: 0 });
    expectStatus(200, await ana.patch(`/me/follows/${brands[0]?.id ?? ''}`, { muted: true }));
    expect(await counts()).toEqual({ total: 2, contacts: 1, subscriptions: 1, conversations: 0, muted: 1 });
    const { body } = await ana.get<{ items: unknown[] }>('/me/inbox');
    expect(body.items).toContainEqual(
      expect.objectContaining({ folder: 'subscriptions', unread: 1, mutedUnread: 1 }),
    );
    expectStatus(200, await ana.post(`/me/inbox/${brands[1]?.id ?? ''}/read`, {}));
    expect(await counts()).toEqual({ total: 1, contacts: 1, subscriptions: 0, conversations: 0, muted: 1 });
  });
});
