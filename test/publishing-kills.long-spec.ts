import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus } from './support/given';
import { countOf, givenManyScheduled, tick } from './support/publishing';
import { type Moment, MOMENTS, Replicas, slowDownBatches } from './support/replicas';

const ROUNDS = 15;
const DUE = 60;

/** A moment ahead, so that what is published too early would show. */
const soon = () => new Date(Date.now() + 300).toISOString();

describe('an instance that publishes beside others', () => {
  let test: TestApp;
  let replicas: Replicas;
  const scheduled: string[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    replicas = new Replicas(test.database, test.url);
    await slowDownBatches(test.database);
  });
  afterAll(async () => {
    await replicas.killAll();
    await test.stop();
  });

  it(`may be killed in mid-batch, ${ROUNDS} times: each broadcast is published once, none early, none lost`, async () => {
    const moments = Object.keys(MOMENTS) as Moment[];
    const waiting = [replicas.start(), replicas.start()];
    for (let round = 0; round < ROUNDS; round += 1) {
      await waiting.shift()?.address();
      const due = await givenScheduled(DUE);
      const victim = await replicas.at(moments[round % moments.length] as Moment);
      const publishing = tickUntilPublished(due);
      await victim.kill();
      waiting.push(replicas.start());
      await publishing;
    }
    await expectEachPublishedOnce();
  }, 180_000);

  it('may be frozen in mid-batch: another takes over, and when it wakes up it commits nothing', async () => {
    await replicas.killAll();
    const frozen = replicas.start();
    const address = await frozen.address();
    const due = await givenScheduled(DUE);
    expect(await replicas.at('while it marks the broadcasts')).toBe(frozen);
    frozen.signal('SIGSTOP');
    await tickUntilPublished(due);
    await expectEachPublishedOnce();

    const before = await everything();
    frozen.signal('SIGCONT');
    await untilReady(address);
    expect(await everything()).toEqual(before);
    // It has not been hurt, either.
    const later = await givenScheduled(3);
    await untilPublished(later, () => delay(20));
    await expectEachPublishedOnce();
  }, 90_000);

  it('leaves a whole audit log, however it ended', async () => {
    const verified = await test.admin.get<{ valid: boolean; sealed: number }>('/admin/audit/verify');
    const { body } = expectStatus(200, verified);
    expect(body).toMatchObject({ valid: true });
    expect(body.sealed).toBeGreaterThan(ROUNDS * DUE);
  });

  async function givenScheduled(count: number): Promise<string[]> {
    const due = await givenManyScheduled(test.database, count, soon());
    scheduled.push(...due);
    return due;
  }

  function tickUntilPublished(ids: readonly string[]): Promise<void> {
    return untilPublished(ids, () => tick(test));
  }

  async function untilPublished(ids: readonly string[], meanwhile: () => Promise<void>): Promise<void> {
    while ((await countOf(test.database, ids, 'published')) < ids.length) await meanwhile();
  }

  async function expectEachPublishedOnce(): Promise<void> {
    const rows = await everything();
    expect(rows.map(({ id }) => id).sort()).toEqual([...scheduled].sort());
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => String(index + 1)));
    for (const row of rows) expect(row).toMatchObject({ published: 1, slots: 1, isEarly: false });
    const instants = rows.map(({ at }) => at);
    expect(instants).toEqual([...instants].sort());
  }

  /** Every broadcast with what has become of it, in the order of the sequence. */
  function everything() {
    return test.database.query<
      { id: string; sequence: string; at: string; isEarly: boolean; published: number; slots: number }[]
    >(
      `SELECT id, sequence, to_char(published_at, 'YYYY-MM-DD HH24:MI:SS.US') AS at, published_at < scheduled_at AS "isEarly",
              (SELECT count(*)::integer FROM audit_entries
                WHERE subject = 'broadcast:' || b.id AND action = 'broadcast.published') AS published,
              (SELECT count(*)::integer FROM quota_slots WHERE broadcast_id = b.id) AS slots
         FROM broadcasts b ORDER BY sequence`,
    );
  }
});

/** Ready means that its database answers and that it has ticked a moment ago. */
async function untilReady(address: string): Promise<void> {
  await eventually(async () => (await fetch(`${address}/health/ready`)).ok, { seconds: 30 });
}
