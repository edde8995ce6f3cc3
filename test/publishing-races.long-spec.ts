import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenMarketer,
  givenScheduled,
  read,
  unique,
  type Brand,
  type Broadcast,
} from './support/given';
import { tick } from './support/publishing';

const ROUNDS = 200;
jest.setTimeout(90_000);
const NOON = '2027-03-10T12:00:00.000Z';
const LATER = '2027-03-20T09:00:00.000Z';
const NEWS = { type: 'text', text: 'Sold out, but the ovens are hot again.' };

/**
 * Somebody acts at the moment at which the scheduler publishes. What they are told must be what happened, whoever was
 * first; that each is first in some rounds is checked too, else the race would have been none.
 */
describe('at the instant of publication', () => {
  let test: TestApp;
  let brands: Brand[];
  beforeAll(async () => {
    test = await startTestApp();
    await setClock(test.database, NOON);
    brands = await givenBrands(ROUNDS);
  });
  afterAll(() => test.stop());

  it('nothing is published after a suspension', async () => {
    const races = await race(async (brand, { id }) => {
      expectStatus(200, await test.admin.post(`/admin/accounts/${brand.id}/suspend`, {}));
      return (await read(brand, id)).status;
    });
    for (const { told: statusAtAnswer, after } of races) {
      expect(after.status).toBe(statusAtAnswer === 'published' ? 'published' : 'missed');
      expect(after.slots).toBe(after.status === 'published' ? 1 : 0);
      const [published, suspended] = ['broadcast.published', 'account.suspended'].map(
        (what) => after.at[what],
      );
      expect(published === undefined || suspended === undefined || published < suspended).toBe(true);
    }
    expectOutcomes(races, 'missed', 'published');
    for (const { id } of brands) expectStatus(200, await test.admin.post(`/admin/accounts/${id}/resume`, {}));
  });

  it('a broadcast is cancelled or published, and its slot is free exactly when it is cancelled', async () => {
    const races = await race((brand, { id }) => brand.owner.post(brand.path(`/broadcasts/${id}/cancel`)));
    for (const { told, after } of races) {
      expect(after.status).toBe(refusedAsPublished(told) ? 'published' : 'cancelled');
      expect(after.slots).toBe(after.status === 'published' ? 1 : 0);
      expect('broadcast.published' in after.at).toBe(after.status === 'published');
      expect('broadcast.cancelled' in after.at).toBe(after.status === 'cancelled');
    }
    expectOutcomes(races, 'cancelled', 'published');
  });

  it('a broadcast is moved or published, and holds one slot', async () => {
    const races = await race((brand, { id }) =>
      brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { at: LATER }),
    );
    for (const { told, before, after } of races) {
      const isPublished = refusedAsPublished(told);
      expect(after.status).toBe(isPublished ? 'published' : 'scheduled');
      expect(after.scheduledAt.toISOString()).toBe(isPublished ? before.scheduledAt : LATER);
      expect(after.slots).toBe(1);
    }
    expectOutcomes(races, 'published', 'scheduled');
  });

  it('what is published is what the last answered edit has said', async () => {
    const races = await race((brand, { id, version }) =>
      brand.owner.patch(brand.path(`/broadcasts/${id}`), { content: NEWS }, { 'if-match': `"${version}"` }),
    );
    for (const { told, before, after } of races) {
      const isTooLate = refusedAsPublished(told);
      expect(after).toMatchObject({ status: 'published', content: isTooLate ? before.content : NEWS });
      expect(after.version).toBe(before.version + (isTooLate ? 1 : 2));
    }
    expect(new Set(races.map(({ told }) => told.status))).toEqual(new Set([200, 409]));
  });

  interface Race<Told> {
    readonly before: Broadcast;
    /** What the one who acted was told. */
    readonly told: Told;
    readonly after: Outcome;
  }

  interface Outcome {
    readonly id: string;
    readonly status: string;
    readonly content: unknown;
    readonly scheduledAt: Date;
    readonly version: number;
    readonly slots: number;
    /** When each thing happened, to it or to its account, by what happened. */
    readonly at: Readonly<Record<string, string | undefined>>;
  }

  /** Each brand once: it has one broadcast due, and `act` begins up to eight milliseconds before or after the tick. */
  async function race<Told>(
    act: (brand: Brand, broadcast: Broadcast) => Promise<Told>,
  ): Promise<Race<Told>[]> {
    const races: Omit<Race<Told>, 'after'>[] = [];
    for (const [round, brand] of brands.entries()) {
      const before = await givenScheduled(brand, { now: true });
      const head = (round % 17) - 8;
      const acting = delay(Math.max(0, head)).then(() => act(brand, before));
      const ticking = delay(Math.max(0, -head)).then(() => tick(test));
      const [told] = await Promise.all([acting, ticking]);
      races.push({ before, told });
    }
    await tick(test); // what ticks have left because it was locked
    const outcomes = await outcomesOf(races.map(({ before }) => before.id));
    return races.map(({ before, told }) => {
      const after = outcomes.find(({ id }) => id === before.id);
      if (!after) throw new Error(`Broadcast ${before.id} is lost`);
      return { before, told, after };
    });
  }

  function outcomesOf(ids: readonly string[]): Promise<Outcome[]> {
    return test.database.query(
      `SELECT id, status, content, scheduled_at AS "scheduledAt", version,
              (SELECT count(*)::integer FROM quota_slots WHERE broadcast_id = b.id) AS slots,
              (SELECT jsonb_object_agg(e.action, e.at) FROM audit_entries e
                WHERE e.subject IN ('broadcast:' || b.id, 'account:' || b.account_id)) AS at
         FROM broadcasts b WHERE id = ANY ($1)`,
      [ids],
    );
  }

  /** All of one owner, since each sign-up takes the time that hashing a password takes. */
  async function givenBrands(count: number): Promise<Brand[]> {
    const { api: owner, id: ownerId } = await givenMarketer(test);
    const made: Brand[] = [];
    while (made.length < count) {
      const handle = unique('race');
      const request = { handle, name: 'Sunrise Bakery', type: 'service', timeZone: 'UTC' };
      const { id } = expectStatus(201, await owner.post<{ id: string }>('/accounts', request)).body;
      made.push({ id, handle, owner, ownerId, path: (rest = '') => `/accounts/${id}${rest}` });
    }
    return made;
  }
});

/** 200, or 409 because the broadcast was published. */
function refusedAsPublished(answer: Answer<unknown>): boolean {
  if (answer.status === 200) return false;
  expect(expectStatus(409, answer).body).toMatchObject({ broadcastStatus: 'published' });
  return true;
}

function expectOutcomes(
  races: readonly { readonly after: { readonly status: string } }[],
  ...statuses: string[]
): void {
  expect([...new Set(races.map(({ after }) => after.status))].sort()).toEqual(statuses);
}
