import { startTestApp, type TestApp } from '../support/app';
import { setClock } from '../support/clock';
import { givenManyScheduled, tick } from '../support/publishing';
import { labelAt } from './rig/calendar';
import { millisecondsOf } from './rig/checked-rows';
import { findFaults } from './rig/checker';
import { ALL_MATCHED, matchDue, readDue } from './rig/due-matching';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** What a broadcast may be late by default. */
const LATE_LIMIT = HOUR;
/** So near to a limit the moment of the tick decides. */
const NEAR = 20 * SECOND;

const OUTAGES = [0.5 * MINUTE, 5 * MINUTE, HOUR, 2 * HOUR, 25 * HOUR, 40 * 24 * HOUR];
const ROUNDS = size(6, 60);
const BACKLOG = size(1_500, 5_000);

const seed = seedOf('outages');
const random = prng(seed);
const journal = new Journal('outages', seed);

describe('when nobody has published for a while, what came due meanwhile', () => {
  let one: TestApp;
  let two: TestApp;
  /** Where the clock of the database stands, near enough. */
  let now: number;
  beforeAll(async () => {
    one = await startTestApp();
    two = await startTestApp({ databaseUrl: one.url });
    now = Date.parse('2027-01-20T22:30:00Z');
  });
  afterAll(() => two.stop());
  afterAll(() => one.stop());
  afterAll(() => {
    journal.print();
  });

  it('goes out once, or is missed once and for a reason, as late as it is and where its month has not ended', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const outage = OUTAGES[round % OUTAGES.length] ?? HOUR;
      await moveTo(now);
      const ids = await givenDueWithin(outage, 12);
      await moveTo(now + outage);
      await tickTogether();
      await expectVerdicts(ids);
      journal.did('outages');
      // Now and then to just before the end of a month.
      now += random.next() < 0.4 ? untilMonthEnds() - random.int(outage / 2 + 1) : random.int(3 * HOUR);
    }
    await expectOneOutcomeEach();
  });

  it(`goes out in one go, ${BACKLOG} of it`, async () => {
    await moveTo(now);
    const ids = await givenManyScheduled(one.database, BACKLOG, new Date(now + MINUTE).toISOString());
    await moveTo(now + 10 * MINUTE);
    const begun = performance.now();
    await tickTogether();
    journal.measured(`a backlog of ${BACKLOG} published in, s`, (performance.now() - begun) / SECOND);
    await expectVerdicts(ids);
    await expectOneOutcomeEach();
  });

  async function moveTo(instant: number): Promise<void> {
    now = instant;
    await setClock(one.database, new Date(instant).toISOString());
  }

  async function givenDueWithin(outage: number, count: number): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const at = new Date(now + SECOND + random.int(outage - SECOND)).toISOString();
      ids.push(...(await givenManyScheduled(one.database, 1 + random.int(3), at)));
    }
    journal.did('broadcasts due in an outage', ids.length);
    return ids;
  }

  /** Until both have found nothing more to do: a tick that finds the other at work leaves. */
  async function tickTogether(): Promise<void> {
    await Promise.all([tick(one), tick(two)]);
    await tick(one);
  }

  async function expectVerdicts(ids: readonly string[]): Promise<void> {
    const rows = await one.database.query<{ at: number; status: string; reason: string | null }[]>(
      `SELECT ${millisecondsOf('scheduled_at')} AS at, status, missed_reason AS reason
         FROM broadcasts WHERE id = ANY ($1)`,
      [ids],
    );
    for (const { at, status, reason } of rows) {
      const late = now - at;
      if (Math.abs(late - LATE_LIMIT) < NEAR) continue;
      expect({ late, status, reason }).toEqual({ late, ...verdict(at) });
      journal.checked(reason === null ? 'published late' : `missed: ${reason}`);
    }
  }

  function verdict(at: number): { status: string; reason: string | null } {
    const months = { type: 'service', timeZone: 'UTC' };
    if (labelAt(at, months) !== labelAt(now, months)) return { status: 'missed', reason: 'period ended' };
    if (now - at > LATE_LIMIT) return { status: 'missed', reason: 'too late' };
    return { status: 'published', reason: null };
  }

  function untilMonthEnds(): number {
    const date = new Date(now);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1) - now;
  }

  async function expectOneOutcomeEach(): Promise<void> {
    const { targets, published, missed } = await readDue(one.database, Infinity);
    expect(matchDue(targets, [...published, ...missed])).toEqual(ALL_MATCHED);
    expect(await findFaults(one.database)).toEqual([]);
  }
});
