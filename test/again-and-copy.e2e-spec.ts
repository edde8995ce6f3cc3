import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenScheduled,
  hello,
  inHours,
  read,
  schedule,
  type Brand,
  type Broadcast,
} from './support/given';
import { tick } from './support/publishing';

interface Entry {
  readonly action: string;
  readonly facts: Record<string, unknown>;
}

describe('a broadcast that did not go out', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const move = (brand: Brand, id: string, act: string, body: object = {}, headers?: Record<string, string>) =>
    brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/${act}`), body, headers);

  async function givenMissed(brand: Brand): Promise<Broadcast> {
    const { id } = await givenScheduled(brand, { now: true });
    const reason = { reason: 'A test' };
    expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`, reason));
    await tick(app);
    expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/resume`, reason));
    const missed = await read(brand, id);
    expect(missed).toMatchObject({ status: 'missed', missedReason: 'account suspended', period: null });
    return missed;
  }

  async function givenCancelled(brand: Brand): Promise<Broadcast> {
    const { id } = await givenScheduled(brand);
    return expectStatus(200, await move(brand, id, 'cancel')).body;
  }

  it.each([
    ['missed', givenMissed],
    ['cancelled', givenCancelled],
  ])('because it was %s can be edited and scheduled again, with a slot of its own', async (status, given) => {
    const brand = await givenBrand(app);
    const reader = await givenFollower(app, brand);
    const { id, version, scheduledAt, missedReason } = await given(brand);
    const content = { type: 'text', text: 'Said at last' };
    const edited = await brand.owner.patch<Broadcast>(
      brand.path(`/broadcasts/${id}`),
      { content },
      { 'if-match': `"${version}"` },
    );
    expect(expectStatus(200, edited).body).toMatchObject({ status, content });
    const again = expectStatus(200, await move(brand, id, 'schedule', { at: inHours(2) })).body;
    expect(again).toMatchObject({ status: 'scheduled', missedReason: null, version: version + 2 });
    expect(again.period).not.toBeNull();
    expect(expectStatus(200, await move(brand, id, 'schedule', { now: true })).body.status).toBe('scheduled');
    await tick(app);
    expect(await read(brand, id)).toMatchObject({ status: 'published', missedReason: null });
    const { body } = await reader.get<{ items: { id: string }[] }>(`/me/inbox/${brand.id}`);
    expect(body.items).toMatchObject([{ id, content }]);
    const audit = await app.admin.get<{ items: Entry[] }>(`/admin/audit?subject=broadcast:${id}&limit=200`);
    const facts = audit.body.items
      .filter(({ action }) => action === 'broadcast.scheduled')
      .map((entry) => entry.facts);
    expect(facts).toContainEqual(
      expect.objectContaining({
        after: status,
        from: scheduledAt,
        ...(missedReason !== null && { missedReason }),
      }),
    );
    expect(expectStatus(200, await app.admin.get('/admin/quota/check')).body).toMatchObject({ faults: [] });
  });

  it('takes no slot that others have taken meanwhile', async () => {
    const brand = await givenBrand(app, 'subscription');
    const cancelled = await givenCancelled(brand);
    await givenScheduled(brand, { at: cancelled.scheduledAt });
    const answer = await move(brand, cancelled.id, 'schedule', { at: cancelled.scheduledAt });
    expect(expectStatus(409, answer).body).toMatchObject({ type: '/problems/quota-exhausted' });
    expect(await read(brand, cancelled.id)).toEqual(cancelled);
  });

  it.each(['published', 'recalled'])('is not what was %s: that is not scheduled again', async (status) => {
    const brand = await givenBrand(app);
    const { id } = await givenScheduled(brand, { now: true });
    await tick(app);
    if (status === 'recalled') expectStatus(200, await move(brand, id, 'recall'));
    const answer = await move(brand, id, 'schedule', { queue: true });
    expect(expectStatus(409, answer).body).toMatchObject({ broadcastStatus: status });
  });

  describe('or did, when it is copied', () => {
    async function givenEvery(brand: Brand): Promise<readonly Broadcast[]> {
      const { id } = await givenScheduled(brand, { now: true });
      await tick(app);
      const recalled = expectStatus(200, await move(brand, id, 'recall')).body;
      const published = await givenScheduled(brand, { now: true });
      await tick(app);
      return [
        await givenDraft(brand),
        await givenScheduled(brand),
        await givenCancelled(brand),
        await givenMissed(brand),
        await read(brand, published.id),
        recalled,
      ];
    }

    it('gives a draft with the same content and audience, whatever became of it', async () => {
      const brand = await givenBrand(app);
      for (const original of await givenEvery(brand)) {
        const { body } = expectStatus(201, await move(brand, original.id, 'copy'));
        const { content, audience } = original;
        expect(body).toMatchObject({
          status: 'draft',
          scheduledAt: null,
          period: null,
          content,
          audience,
          version: 1,
        });
        expect(body.id).not.toBe(original.id);
        expect(await read(brand, original.id)).toEqual(original);
      }
    });

    it('gives one draft for one Idempotency-Key, and refuses the key for another broadcast', async () => {
      const brand = await givenBrand(app);
      const [one, other] = [await givenDraft(brand), await givenDraft(brand)];
      const key = { 'idempotency-key': 'copy-1' };
      const answers = await Promise.all([1, 2, 3].map(() => move(brand, one.id, 'copy', {}, key)));
      const ids = new Set(answers.map((answer) => expectStatus(201, answer).body.id));
      expect(ids.size).toBe(1);
      expectStatus(422, await move(brand, other.id, 'copy', {}, key));
      const request = { content: hello };
      expectStatus(422, await brand.owner.post(brand.path('/broadcasts'), request, key));
    });

    it('keeps an audience of which a tag was deleted, and says so by name when it is scheduled', async () => {
      const brand = await givenBrand(app);
      const tag = await brand.owner.post<{ id: string }>(brand.path('/tags'), { name: 'vip' });
      const original = await givenDraft(brand, { audience: { tags: { any: ['vip'] } } });
      expectStatus(204, await brand.owner.delete(brand.path(`/tags/${tag.body.id}`)));
      const { body: copy } = expectStatus(201, await move(brand, original.id, 'copy'));
      expect(copy.audience).toEqual({ tags: { any: [tag.body.id] } });
      const refused = expectStatus(422, await move(brand, copy.id, 'schedule', { now: true }));
      expect(refused.body).toMatchObject({ type: '/problems/unknown-tag' });
      expect(refused.text).toContain('vip (deleted)');
    });

    it('is refused to a closed account', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      expectStatus(200, await brand.owner.delete(brand.path()));
      expect((await move(brand, id, 'copy')).status).toBe(409);
    });
  });

  describe('with If-Match', () => {
    it('is neither scheduled nor cancelled by somebody who has read an older version', async () => {
      const brand = await givenBrand(app);
      const draft = await givenDraft(brand);
      const stale = { 'if-match': '"1"' };
      expectStatus(200, await move(brand, draft.id, 'schedule', { at: inHours(1) }, stale));
      for (const [act, body] of [
        ['schedule', { at: inHours(2) }],
        ['cancel', {}],
      ] as const) {
        const answer = await move(brand, draft.id, act, body, stale);
        expect(expectStatus(412, answer).body).toMatchObject({ type: '/problems/version-conflict' });
      }
      expect(await read(brand, draft.id)).toMatchObject({ status: 'scheduled', version: 2 });
      expectStatus(200, await move(brand, draft.id, 'schedule', { at: inHours(2) }, { 'if-match': '"2"' }));
      expectStatus(200, await move(brand, draft.id, 'cancel', {}, { 'if-match': '*' }));
    });

    it('is neither deleted nor recalled by somebody who has read an older version', async () => {
      const brand = await givenBrand(app);
      const draft = await givenDraft(brand);
      const path = brand.path(`/broadcasts/${draft.id}`);
      const content = { type: 'text', text: 'other' };
      expectStatus(200, await brand.owner.patch(path, { content }, { 'if-match': '"1"' }));
      expectStatus(412, await brand.owner.delete(path, { 'if-match': '"1"' }));
      expectStatus(204, await brand.owner.delete(path, { 'if-match': '"2"' }));

      const { id } = await givenScheduled(brand, { now: true });
      await tick(app);
      expectStatus(412, await move(brand, id, 'recall', {}, { 'if-match': '"1"' }));
      expectStatus(200, await move(brand, id, 'recall', {}, { 'if-match': '"2"' }));
    });
  });
});

describe('the queue', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
    await setClock(app.database, '2026-12-01T12:00:00Z');
  });
  afterAll(() => app.stop());

  interface Next {
    readonly next: { readonly at: string; readonly period: string } | null;
    readonly reason: string | null;
  }
  const nextOf = async (brand: Brand, query = '') =>
    expectStatus(200, await brand.owner.get<Next>(brand.path(`/queue${query}`))).body;
  const marketing = { timeZone: 'Europe/Madrid', postingTimes: ['0 9 * * 1', '0 9 * * 4'] };

  it('gives each broadcast a posting time of its own, and says beforehand which', async () => {
    const brand = await givenBrand(app, 'service', marketing);
    const times: (string | null)[] = [];
    for (let n = 0; n < 4; n += 1) {
      const { next, reason } = await nextOf(brand);
      expect(reason).toBeNull();
      const { scheduledAt, period } = await givenScheduled(brand, { queue: true });
      expect(next).toEqual({ at: scheduledAt, period });
      times.push(scheduledAt);
    }
    expect(times).toEqual([
      '2026-12-03T08:00:00.000Z',
      '2026-12-07T08:00:00.000Z',
      '2026-12-10T08:00:00.000Z',
      '2026-12-14T08:00:00.000Z',
    ]);
    expect((await nextOf(brand)).next).toEqual({ at: '2027-01-04T08:00:00.000Z', period: '2027-01' });
  });

  it('passes over a posting time that somebody chose outright, and takes one that has become open again', async () => {
    const brand = await givenBrand(app, 'service', marketing);
    await givenScheduled(brand, { at: '2026-12-03T09:00:00+01:00' });
    const queued = await givenScheduled(brand, { queue: true });
    expect(queued.scheduledAt).toBe('2026-12-07T08:00:00.000Z');
    await givenScheduled(brand, { queue: true });
    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${queued.id}/cancel`)));
    expect((await givenScheduled(brand, { queue: true })).scheduledAt).toBe(queued.scheduledAt);
  });

  it('leaves a broadcast that is queued again where it is, and says so beforehand', async () => {
    const brand = await givenBrand(app, 'service', marketing);
    const { id, scheduledAt } = await givenScheduled(brand, { queue: true });
    expect((await nextOf(brand, `?broadcastId=${id}`)).next?.at).toBe(scheduledAt);
    expect((await nextOf(brand)).next?.at).not.toBe(scheduledAt);
    const again = await brand.owner.post<Broadcast>(brand.path(`/broadcasts/${id}/schedule`), {
      queue: true,
    });
    expect(again.body.scheduledAt).toBe(scheduledAt);
  });

  it('gives twenty who press at once twenty different times', async () => {
    const brand = await givenBrand(app, 'subscription', { postingTimes: ['*/30 8-10 * * *'] });
    const answers = await Promise.all(Array.from({ length: 20 }, () => schedule(brand, { queue: true })));
    const times = answers.map((answer) => expectStatus(201, answer).body.scheduledAt);
    expect(new Set(times).size).toBe(20);
  });

  it('lets two broadcasts go out at one instant when somebody says so', async () => {
    const brand = await givenBrand(app, 'service', marketing);
    const at = '2026-12-03T08:00:00Z';
    for (let n = 0; n < 2; n += 1) expectStatus(201, await schedule(brand, { at }));
  });

  it('says why there is no next time', async () => {
    const none = await givenBrand(app);
    expect(await nextOf(none)).toMatchObject({ next: null, reason: 'no-posting-times' });
    const yearly = await givenBrand(app, 'service', { postingTimes: ['0 8 2 12 *'] });
    expect((await givenScheduled(yearly, { queue: true })).scheduledAt).toBe('2026-12-02T08:00:00.000Z');
    await givenScheduled(yearly, { queue: true });
    expect(await nextOf(yearly)).toMatchObject({ next: null, reason: 'no-free-posting-time' });
    expect((await schedule(yearly, { queue: true })).status).toBe(422);
    expectStatus(200, await app.admin.post(`/admin/accounts/${yearly.id}/suspend`, { reason: 'A test' }));
    expect(await nextOf(yearly)).toMatchObject({ next: null, reason: 'account-not-active' });
  });
});
