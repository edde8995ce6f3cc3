import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenScheduled, inHours, schedule, type Brand } from './support/given';
import { tick } from './support/publishing';

interface Usage {
  readonly accountId: string;
  readonly handle: string;
  readonly period: string;
  readonly allowance: number;
  readonly granted: number;
  readonly reserved: number;
  readonly used: number;
  readonly remaining: number;
}
interface Move {
  readonly kind: string;
  readonly slot: number;
  readonly period: string;
  readonly broadcastId: string | null;
  readonly actor: string;
  readonly reason: string | null;
}
interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

describe('the audit of quotas', () => {
  let app: TestApp;
  const month = () => new Date().toISOString().slice(0, 7);

  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  async function usageOf(brand: Brand): Promise<Usage | undefined> {
    const { body } = expectStatus(200, await app.admin.get<Page<Usage>>('/admin/quota?limit=200'));
    return body.items.find(({ accountId }) => accountId === brand.id);
  }

  it('shows what an account has reserved and used, and what is left', async () => {
    const brand = await givenBrand(app);
    await givenScheduled(brand, { now: true });
    await tick(app);
    await givenScheduled(brand, { now: true });
    const counts = { allowance: 4, granted: 0, reserved: 1, used: 1, remaining: 2 };
    expect(await usageOf(brand)).toMatchObject({ period: month(), ...counts });
    const { body } = await brand.owner.get<Page<Usage> & { nextAvailableAt: string }>(brand.path('/quota'));
    expect(body.items).toHaveLength(2);
    expect(body.items[0]).toMatchObject({ period: month(), ...counts });
    expect(Date.parse(body.nextAvailableAt)).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  it('tells every reserve, use, release and grant, by whom and why', async () => {
    const brand = await givenBrand(app);
    const published = await givenScheduled(brand, { now: true });
    await tick(app);
    const cancelled = await givenScheduled(brand, { now: true });
    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${cancelled.id}/cancel`)));
    const grant = { period: month(), slots: 2, reason: 'Flood warning' };
    expectStatus(201, await app.admin.post(`/admin/quota/${brand.id}/grants`, grant));
    const { body } = expectStatus(200, await app.admin.get<Page<Move>>(`/admin/quota/${brand.id}/history`));
    expect(body.items.map(({ kind, slot, broadcastId }) => ({ kind, slot, broadcastId })).reverse()).toEqual([
      { kind: 'reserve', slot: 1, broadcastId: published.id },
      { kind: 'use', slot: 1, broadcastId: published.id },
      { kind: 'reserve', slot: 2, broadcastId: cancelled.id },
      { kind: 'release', slot: 2, broadcastId: cancelled.id },
      { kind: 'grant', slot: 5, broadcastId: null },
      { kind: 'grant', slot: 6, broadcastId: null },
    ]);
    expect(body.items[0]).toMatchObject({ reason: 'Flood warning', period: month() });
    expect(body.items.at(-1)).toMatchObject({ actor: `user:${brand.ownerId}` });
    const own = await brand.owner.get<Page<Move>>(brand.path('/quota/history?limit=2'));
    const rest = await brand.owner.get<Page<Move>>(
      brand.path(`/quota/history?limit=200&cursor=${String(own.body.nextCursor)}`),
    );
    expect([...own.body.items, ...rest.body.items]).toEqual(body.items);
  });

  it.each(['2027-13', '2027-00', '2027-02-30', '0000-01', '9999-12'])(
    'is told of no period that there is not: %s',
    async (period) => {
      const brand = await givenBrand(app);
      for (const answer of [
        await brand.owner.get(brand.path(`/quota/history?period=${period}`)),
        await app.admin.get(`/admin/quota/${brand.id}/history?period=${period}`),
        await app.admin.get(`/admin/quota?period=${period}`),
      ]) {
        expect(expectStatus(422, answer).body).toMatchObject({ type: '/problems/invalid-period' });
      }
    },
  );

  it('lets an account use the slots that were granted, and not one more', async () => {
    const brand = await givenBrand(app);
    for (let n = 0; n < 4; n += 1) await givenScheduled(brand, { now: true });
    expectStatus(409, await schedule(brand, { now: true }));
    expectStatus(
      201,
      await app.admin.post(`/admin/quota/${brand.id}/grants`, { period: month(), slots: 1, reason: 'x' }),
    );
    expectStatus(
      201,
      await app.admin.post(`/admin/quota/${brand.id}/grants`, { period: month(), slots: 1, reason: 'y' }),
    );
    await givenScheduled(brand, { now: true });
    await givenScheduled(brand, { now: true });
    expectStatus(409, await schedule(brand, { now: true }));
    expect(await usageOf(brand)).toMatchObject({ allowance: 4, granted: 2, reserved: 6, remaining: 0 });
  });

  it.each(['2026-1', '2026-13', '2020-01', '2026-11-22'])('grants nothing for %s', async (period) => {
    const brand = await givenBrand(app);
    const { status } = await app.admin.post(`/admin/quota/${brand.id}/grants`, {
      period,
      slots: 1,
      reason: 'x',
    });
    expect([400, 422]).toContain(status);
  });

  it('sorts, filters and pages through all accounts without losing or repeating one', async () => {
    const busy = await givenBrand(app, 'subscription');
    await givenScheduled(busy, { at: inHours(0.01) });
    for (const timeZone of ['Asia/Tokyo', 'Pacific/Auckland', 'America/Lima']) {
      await givenBrand(app, 'subscription', { timeZone });
      await givenBrand(app, 'service', { timeZone });
    }
    for (const sort of ['handle', '-handle', 'used', '-used', 'remaining', '-reserved']) {
      const seen: string[] = [];
      let cursor = '';
      do {
        const path = `/admin/quota?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`;
        const { body } = expectStatus(200, await app.admin.get<Page<Usage>>(path));
        seen.push(...body.items.map(({ accountId }) => accountId));
        cursor = body.nextCursor ?? '';
      } while (cursor !== '');
      const [{ count }] = await app.database.query<[{ count: string }]>('SELECT count(*) FROM accounts');
      expect(seen).toHaveLength(Number(count));
      expect(new Set(seen).size).toBe(seen.length);
    }
    const { body } = await app.admin.get<Page<Usage & { type: string }>>('/admin/quota?type=subscription');
    expect(new Set(body.items.map(({ type }) => type))).toEqual(new Set(['subscription']));
  });

  it('shows the accounts that count by months, when it is asked for a month', async () => {
    await givenBrand(app, 'subscription');
    const { body } = await app.admin.get<Page<Usage & { type: string }>>(
      `/admin/quota?period=${month()}&limit=2`,
    );
    expect(body.items.map(({ type }) => type)).toEqual(['service', 'service']);
    expect(body.nextCursor).not.toBeNull();
  });

  it('is a table that no spreadsheet takes for formulas', async () => {
    const name = '=HYPERLINK("https://evil.example")';
    const brand = await givenBrand(app, 'service', { name });
    const { text, headers } = await app.admin.get('/admin/quota', { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const lines = text.split('\r\n');
    expect(lines[0]).toMatch(/^handle,name,type,status,timeZone,period,startsAt,endsAt,allowance,/);
    expect(lines.find((line) => line.startsWith(`"${brand.handle}"`))).toContain(
      `"'=HYPERLINK(""https://evil.example"")"`,
    );
    const marked = await app.admin.get('/admin/quota?bom=true', { accept: 'text/csv' });
    expect(marked.text).toBe(`\uFEFF${text}`);
  });

  it('finds nothing to complain of, however much went on', async () => {
    const { body } = expectStatus(200, await app.admin.get<Record<string, unknown>>('/admin/quota/check'));
    expect(body).toMatchObject({ consistent: true, faultCount: 0, faults: [] });
    expect(body.slots).toBe(Number(body.scheduled) + Number(body.published));
  });

  it('finds a publication that was smuggled past the rules', async () => {
    const brand = await givenBrand(app);
    const broadcast = await givenScheduled(brand, { now: true });
    await tick(app);
    await app.database.query(
      `UPDATE quota_slots SET starts_at = '2020-01-01', ends_at = '2020-02-01' WHERE broadcast_id = $1`,
      [broadcast.id],
    );
    const { body } = await app.admin.get<{ faults: object[] }>('/admin/quota/check');
    expect(body.faults).toEqual([
      expect.objectContaining({
        kind: 'published outside the period of its slot',
        broadcastId: broadcast.id,
      }),
    ]);
  });
});
