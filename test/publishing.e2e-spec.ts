import { getTasks } from 'node-cron';
import { startTestApp, type TestApp } from './support/app';
import { databaseNow, setClock, stopClock } from './support/clock';
import { withClient } from './support/database';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenScheduled, read, schedule, type Brand } from './support/given';
import { countOf, givenManyScheduled, slotsOf, storyOf, tick } from './support/publishing';

/** Every test begins then, in the middle of a month and of a day. */
const NOON = '2027-03-10T12:00:00.000Z';
const EARLIER = '2027-03-10T11:55:00.000Z';
const ONE = '2027-03-10T13:00:00.000Z';

describe('the scheduler', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());
  beforeEach(() => setClock(test.database, NOON));
  afterEach(() => tick(test)); // so that no test finds due what another one has left

  const stopClockAt = (instant: string) => stopClock(test.database, instant);
  const changeAccount = async (brand: Brand, move: 'suspend' | 'resume') => {
    expectStatus(200, await test.admin.post(`/admin/accounts/${brand.id}/${move}`, { reason: 'A test' }));
  };

  it('publishes a broadcast at its instant, not a millisecond before, and once', async () => {
    const brand = await givenBrand(test);
    const { id } = await givenScheduled(brand, { at: ONE });
    await stopClockAt('2027-03-10T12:59:59.999Z');
    await tick(test);
    expect(await read(brand, id)).toMatchObject({ status: 'scheduled', publishedAt: null });

    await stopClockAt(ONE);
    await tick(test);
    const published = await read(brand, id);
    expect(published).toMatchObject({ status: 'published', publishedAt: ONE });

    await setClock(test.database, '2027-03-10T13:01:00Z');
    await tick(test);
    expect(await read(brand, id)).toEqual(published);
    expect(await storyOf(test.database, id)).toEqual([
      'broadcast.created',
      'broadcast.scheduled',
      'broadcast.published',
    ]);
    expect(await slotsOf(test.database, id)).toHaveLength(1);
  });

  it('does not make up for what is more than an hour late: it is missed, and its slot is free again', async () => {
    const brand = await givenBrand(test, 'service');
    for (let slot = 1; slot <= 4; slot += 1) await givenScheduled(brand, { at: ONE });
    expectStatus(409, await schedule(brand, { at: ONE }));
    await stopClockAt('2027-03-10T14:00:00.001Z');
    await tick(test);
    const { body } = await brand.owner.get<{ items: { id: string }[] }>(
      brand.path('/broadcasts?status=missed'),
    );
    expect(body.items).toHaveLength(4);
    for (const item of body.items) expect(item).toMatchObject({ missedReason: 'too late', period: null });
    expectStatus(201, await schedule(brand, { now: true }));
  });

  it('publishes what is an hour late and no more', async () => {
    const brand = await givenBrand(test);
    const { id } = await givenScheduled(brand, { at: ONE });
    await stopClockAt('2027-03-10T14:00:00.000Z');
    await tick(test);
    expect(await read(brand, id)).toMatchObject({ status: 'published', scheduledAt: ONE });
  });

  it('misses what was scheduled for the last second of a day, when it looks only after midnight', async () => {
    const brand = await givenBrand(test, 'subscription', { timeZone: 'Asia/Kathmandu' });
    const { id } = await givenScheduled(brand, { at: '2027-03-10T23:59:59+05:45' });
    await stopClockAt('2027-03-11T00:00:00+05:45');
    await tick(test);
    expect(await read(brand, id)).toMatchObject({ status: 'missed', missedReason: 'period ended' });
    expect(await slotsOf(test.database, id)).toEqual([]);
    expect((await storyOf(test.database, id)).at(-1)).toBe('broadcast.missed');
    // The new day is whole.
    expectStatus(201, await schedule(brand, { now: true }));
    expectStatus(409, await schedule(brand, { now: true }));
  });

  it('publishes nothing of a suspended account, and makes nothing up when it is resumed', async () => {
    const brand = await givenBrand(test);
    const ids: string[] = [];
    for (let slot = 1; slot <= 4; slot += 1) ids.push((await givenScheduled(brand, { now: true })).id);
    await changeAccount(brand, 'suspend');
    await tick(test);
    await changeAccount(brand, 'resume');
    await tick(test);
    for (const id of ids) {
      expect(await read(brand, id)).toMatchObject({ status: 'missed', missedReason: 'account suspended' });
    }
    const { id } = await givenScheduled(brand, { now: true });
    await tick(test);
    expect(await read(brand, id)).toMatchObject({ status: 'published' });
  });

  it('publishes what comes due after a suspension that is over', async () => {
    const brand = await givenBrand(test);
    const { id } = await givenScheduled(brand, { at: ONE });
    await changeAccount(brand, 'suspend');
    await tick(test);
    await changeAccount(brand, 'resume');
    await stopClockAt(ONE);
    await tick(test);
    expect(await read(brand, id)).toMatchObject({ status: 'published' });
  });

  it('publishes nothing of an account that was closed, not even what closing has left behind', async () => {
    const brand = await givenBrand(test);
    const { id } = await givenScheduled(brand, { now: true });
    await test.database.query(`UPDATE accounts SET status = 'closed' WHERE id = $1`, [brand.id]);
    await tick(test);
    const [row] = await test.database.query<object[]>(
      'SELECT status, missed_reason FROM broadcasts WHERE id = $1',
      [id],
    );
    expect(row).toEqual({ status: 'missed', missed_reason: 'account closed' });
    expect(await slotsOf(test.database, id)).toEqual([]);
  });

  it('publishes what the broadcast says at that moment, and lets nobody change it afterwards', async () => {
    const brand = await givenBrand(test);
    const { id, version } = await givenScheduled(brand, { at: ONE });
    const path = brand.path(`/broadcasts/${id}`);
    const say = (text: string, read: number) =>
      brand.owner.patch(path, { content: { type: 'text', text } }, { 'if-match': `"${read}"` });
    await stopClockAt(ONE); // due, and not yet looked at
    expectStatus(200, await say('Rye, and it is still warm.', version));
    await tick(test);
    const content = { type: 'text', text: 'Rye, and it is still warm.' };
    expect(await read(brand, id)).toMatchObject({ status: 'published', content });
    expectStatus(409, await say('Rye, sold out.', version + 2));
    expect(await read(brand, id)).toMatchObject({ content });
  });

  it('is not held up by a broadcast that cannot be published, and publishes it when it can be', async () => {
    const [poison = '', ...others] = await givenManyScheduled(test.database, 1_201, EARLIER);
    await test.database.query(`
      CREATE FUNCTION refuse_this_one() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'not this one'; END $$`);
    await test.database.query(`
      CREATE TRIGGER refuse_this_one BEFORE UPDATE ON broadcasts
        FOR EACH ROW WHEN (NEW.id = '${poison}') EXECUTE FUNCTION refuse_this_one()`);
    await tick(test);
    expect(await countOf(test.database, others, 'published')).toBe(1_200);
    expect(await countOf(test.database, [poison], 'scheduled')).toBe(1);

    // This process leaves it alone for a while, and works on; another one has never heard of it.
    const [another = ''] = await givenManyScheduled(test.database, 1, EARLIER);
    await tick(test);
    expect(await countOf(test.database, [another], 'published')).toBe(1);
    await test.database.query('DROP FUNCTION refuse_this_one CASCADE');
    const replica = await startTestApp({ databaseUrl: test.url });
    await tick(replica);
    await replica.stop();
    expect(await countOf(test.database, [poison], 'published')).toBe(1);
    expect(await slotsOf(test.database, poison)).toHaveLength(1);
  });

  it.each([
    ['the broadcast', 'SELECT FROM broadcasts WHERE id = $1 FOR UPDATE'],
    [
      'its account',
      'SELECT FROM accounts WHERE id = (SELECT account_id FROM broadcasts WHERE id = $1) FOR UPDATE',
    ],
    [
      'every row that it needs',
      'SELECT FROM broadcasts b JOIN accounts a ON a.id = b.account_id WHERE b.id = $1 FOR UPDATE',
    ],
  ])('does not wait for whoever holds %s, and does not forget it', async (_, lock) => {
    const [held = '', ...others] = await givenManyScheduled(test.database, 9, EARLIER);
    await withClient(test.url, async (client) => {
      await client.query('BEGIN');
      await client.query(lock, [held]);
      await tick(test);
    });
    const ofOtherAccounts = others.slice(3);
    expect(await countOf(test.database, ofOtherAccounts, 'published')).toBe(5);
    expect(await countOf(test.database, [held], 'scheduled')).toBe(1);
    await tick(test);
    expect(await countOf(test.database, [held, ...others], 'published')).toBe(9);
  });

  it('numbers publications in the order in which they happened, without a gap', async () => {
    const before = await lastSequence();
    for (const count of [3, 1_100, 1, 7]) {
      await givenManyScheduled(test.database, count, EARLIER);
      await tick(test);
    }
    const rows = await test.database.query<{ sequence: string; at: Date }[]>(
      'SELECT sequence, published_at AS at FROM broadcasts WHERE sequence > $1 ORDER BY published_at, sequence',
      [before],
    );
    expect(rows.map(({ sequence }) => Number(sequence) - before)).toEqual(rows.map((_, index) => index + 1));
    expect(rows).toHaveLength(1_111);
  });

  async function lastSequence(): Promise<number> {
    const [{ last }] = await test.database.query<[{ last: string }]>(
      'SELECT max(sequence) AS last FROM broadcasts',
    );
    return Number(last);
  }
});

describe('"now"', () => {
  it('does not wait for the second to come round', async () => {
    const test = await startTestApp({ scheduler: true });
    const lateness: number[] = [];
    for (let round = 1; round <= 3; round += 1) {
      const brand = await givenBrand(test);
      // Each begins when the one before has just gone out: waiting for a tick of the clock would take a second.
      const { id } = await givenScheduled(brand, { now: true });
      let { publishedAt, scheduledAt } = await read(brand, id);
      while (publishedAt === null) ({ publishedAt, scheduledAt } = await read(brand, id));
      lateness.push(Date.parse(publishedAt) - Date.parse(scheduledAt ?? ''));
    }
    await test.stop();
    expect(Math.min(...lateness.slice(1))).toBeLessThan(250);
    expect(Math.max(...lateness)).toBeLessThan(1_000);
  });
});

describe('a running scheduler', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ scheduler: true });
    // Only what wakes the scheduler between two ticks is left.
    for (const task of getTasks().values()) await task.stop();
  });
  afterAll(() => test.stop());

  const published = async (brand: Brand, id: string) => {
    await eventually(async () => (await read(brand, id)).status === 'published', { seconds: 20 });
    const { publishedAt, scheduledAt } = await read(brand, id);
    return Date.parse(publishedAt ?? '') - Date.parse(scheduledAt ?? '');
  };

  it('publishes at an instant between two ticks what was scheduled long before it', async () => {
    const first = await givenBrand(test);
    const second = await givenBrand(test);
    const now = await databaseNow(test.database);
    const { id } = await givenScheduled(first, { at: new Date(now + 900).toISOString() });
    const later = await givenScheduled(second, { at: new Date(now + 1_700).toISOString() });
    // The one at which it wakes up for the first shows it the second.
    expect(await published(first, id)).toBeLessThan(700);
    expect(await published(second, later.id)).toBeLessThan(700);
  });
});
