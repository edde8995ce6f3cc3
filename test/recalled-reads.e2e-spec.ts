import fc from 'fast-check';
import { isReadOf, readOfSql } from '../src/audience/reads';
import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenFollower, givenScheduled, type Brand } from './support/given';
import { tick } from './support/publishing';

describe('the reads of a broadcast', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  async function readsOf(brand: Brand, id: string) {
    const path = brand.path(`/broadcasts/${id}/report`);
    const { body: report } = expectStatus(200, await brand.owner.get<{ reads: number }>(path));
    const { body: timeline } = expectStatus(
      200,
      await brand.owner.get<{ items: { reads: number }[] }>(`${path}/timeline`),
    );
    const total = timeline.items.reduce((sum, { reads }) => sum + reads, 0);
    return { report: report.reads, timeline: total };
  }

  it('do not grow once it is recalled, neither in the report nor in its timeline', async () => {
    const brand = await givenBrand(app);
    const [ana, ben] = [await givenFollower(app, brand), await givenFollower(app, brand)];
    const { id } = await givenScheduled(brand, { now: true });
    await tick(app);
    expectStatus(200, await ana.post(`/me/inbox/${brand.id}/read`, {}));
    expect(await readsOf(brand, id)).toEqual({ report: 1, timeline: 1 });
    expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/recall`)));
    expectStatus(200, await ben.post(`/me/inbox/${brand.id}/read`, {}));
    expect(await readsOf(brand, id)).toEqual({ report: 1, timeline: 1 });
    const later = await givenScheduled(brand, { now: true });
    await tick(app);
    expectStatus(200, await ben.post(`/me/inbox/${brand.id}/read`, {}));
    expect(await readsOf(brand, id)).toEqual({ report: 1, timeline: 1 });
    expect(await readsOf(brand, later.id)).toEqual({ report: 1, timeline: 1 });
  });

  it('are the same by the rule and by its SQL', async () => {
    const range = fc.record({ after: fc.nat(4), length: fc.integer({ min: 1, max: 4 }), at: fc.nat(5) });
    const target = fc.record({ sequence: fc.nat(6), recalledAt: fc.option(fc.nat(5)) });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(range, target), { minLength: 20, maxLength: 40 }), async (cases) => {
        const rows = cases.map(([{ after, length, at }, { sequence, recalledAt }]) => ({
          ...{ after_sequence: after, through_sequence: after + length, read_at: instant(at) },
          ...{ sequence, recalled_at: recalledAt === null ? null : instant(recalledAt) },
        }));
        const found = await app.database.query<{ is_read: boolean }[]>(
          `SELECT ${readOfSql('r', 'r.sequence', 'r.recalled_at')} AS is_read
             FROM jsonb_to_recordset($1) AS r (after_sequence bigint, through_sequence bigint, read_at timestamptz,
                                               sequence bigint, recalled_at timestamptz)`,
          [JSON.stringify(rows)],
        );
        expect(found.map(({ is_read }) => is_read)).toEqual(
          cases.map(([{ after, length, at }, broadcast]) =>
            isReadOf({ after, through: after + length, at }, broadcast),
          ),
        );
      }),
      { numRuns: 30 },
    );
  });
});

function instant(second: number): string {
  return `2026-01-05T10:00:0${second}Z`;
}
