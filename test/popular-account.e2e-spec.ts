import { subscriberIdOf } from '../src/auth/subscriber-id';
import { THREADS } from '../src/inbox/inbox.sql';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { givenBrand, givenFollower, type Brand } from './support/given';
import { givenPublished } from './support/published';

const READERS = 50_000;

/** PostgreSQL knows what is true of the average account, and takes a popular one for such. */
describe('an account with many readers, among many with few', () => {
  let app: TestApp;
  let popular: Brand;

  beforeAll(async () => {
    app = await startTestApp();
    popular = await givenBrand(app);
    await givenPublished(app, popular);
    await app.database.query(
      `INSERT INTO reads (subscriber_id, account_id, after_sequence, through_sequence, read_at)
       SELECT gen_random_uuid(), $1, 0, 1, fanfare_now() FROM generate_series(1, $2::integer)
       UNION ALL
       SELECT gen_random_uuid(), gen_random_uuid(), 0, 1, fanfare_now() FROM generate_series(1, $2::integer)`,
      [popular.id, READERS],
    );
    // What tempts PostgreSQL is an index that it need not look behind, once all rows are old enough for everybody to see.
    await eventually(async () => {
      await app.database.query('VACUUM ANALYZE reads');
      const [table] = await app.database.query<[{ visible: boolean }]>(
        `SELECT relallvisible > relpages / 2 AS visible FROM pg_class WHERE oid = 'reads'::regclass`,
      );
      return table.visible;
    });
  });
  afterAll(() => app.stop());

  it('does not make the inbox of one of them dear', async () => {
    const { sub } = await givenFollower(app, popular);
    expect(await pagesRead(THREADS, [subscriberIdOf(sub)])).toBeLessThan(100);
  });

  /** How many pages of the database the statement looked at. */
  async function pagesRead(sql: string, parameters: unknown[]): Promise<number> {
    const [row] = await app.database.query<[{ 'QUERY PLAN': [{ Plan: Record<string, number> }] }]>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`,
      parameters,
    );
    const { Plan } = row['QUERY PLAN'][0];
    return (Plan['Shared Hit Blocks'] ?? 0) + (Plan['Shared Read Blocks'] ?? 0);
  }
});
