import { awaitDatabase } from '../src/await-database';
import { inTransaction } from '../src/database';
import { migrate } from '../src/migrate';
import { startTestApp } from './support/app';
import { cloneDatabase, type TestDatabase, withClient } from './support/database';
import { expectStatus, givenBrand, givenDraft, givenFollower } from './support/given';
import { PGBOUNCER, Pooler } from './support/pooler';

const OF_THE_DATABASE = {
  DateStyle: 'German, DMY',
  TimeZone: 'Asia/Kolkata',
  IntervalStyle: 'sql_standard',
  idle_in_transaction_session_timeout: '77s',
};

// Its package is installed by .ci/tools; a server that is reached by TCP would need a password file of the pooler's.
const program = process.env.TEST_DATABASE_URL === undefined ? PGBOUNCER : undefined;
const suite = program === undefined ? describe.skip : describe;
if (program === undefined) console.warn('SKIPPED: PgBouncer is not installed (or TEST_DATABASE_URL is set).');

suite('behind PgBouncer in transaction mode, as it is installed', () => {
  let clone: TestDatabase;
  let pooler: Pooler;
  beforeAll(async () => {
    clone = await cloneDatabase();
    await withClient(clone.url, async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
      for (const [name, value] of Object.entries(OF_THE_DATABASE)) {
        await client.query(`ALTER DATABASE "${rows[0]?.name ?? ''}" SET ${name} = '${value}'`);
      }
    });
    pooler = await Pooler.start(program ?? '', clone.url, 2);
    await awaitDatabase(pooler.url);
  }, 60_000);
  afterAll(async () => {
    await pooler.stop();
    await clone.drop();
  });

  /** As another application of the same user, which says nothing of its wishes. */
  const asAnother = () =>
    withClient(pooler.url, async (client) => {
      const names = Object.keys(OF_THE_DATABASE).map((name) => `current_setting('${name}') AS "${name}"`);
      return (await client.query<object>(`SELECT ${names.join(', ')}`)).rows[0];
    });

  it('an installation finds the settings that it relies on, and leaves none of them behind', async () => {
    const test = await startTestApp({ databaseUrl: pooler.url });
    try {
      const brand = await givenBrand(test);
      await givenFollower(test, brand);
      const { id } = await givenDraft(brand);
      const draft = await brand.owner.get<{ createdAt: string }>(brand.path(`/broadcasts/${id}`));
      expect(Math.abs(Date.parse(expectStatus(200, draft).body.createdAt) - Date.now())).toBeLessThan(
        600_000,
      );
      const inside = await inTransaction(test.database, (manager) =>
        manager.query<object[]>(
          `SELECT current_setting('DateStyle') AS date, current_setting('IntervalStyle') AS interval,
                  current_setting('idle_in_transaction_session_timeout') AS idle`,
        ),
      );
      expect(inside).toEqual([{ date: 'ISO, MDY', interval: 'postgres', idle: '15s' }]);
      for (let each = 0; each < 4; each += 1) expect(await asAnother()).toEqual(OF_THE_DATABASE);
    } finally {
      await test.stop();
    }
    expect(await asAnother()).toEqual(OF_THE_DATABASE);
  }, 60_000);

  it('an installation is migrated', async () => {
    expect(await migrate(pooler.url)).toBe('pgboss');
  }, 60_000);

  it('options in the URL are refused, with the way out', async () => {
    await expect(awaitDatabase(`${pooler.url}?options=-c%20search_path%3Dapp`)).rejects.toThrow('ALTER ROLE');
  }, 60_000);
});
