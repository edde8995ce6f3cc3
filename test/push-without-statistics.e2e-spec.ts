import { startTestApp, type TestApp } from './support/app';
import { withClient } from './support/database';
import { eventually } from './support/eventually';
import { givenBrand } from './support/given';
import { PushService } from './support/push-service';
import { givenCrowd, givenGateway, givenPushing, pushesOf } from './support/pushed';

const FOLLOWERS = 12_000;

/** How often a table's rows were read, by index or in a scan of the whole. */
const READS = `
  SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) AS reads
    FROM pg_stat_user_tables WHERE relname IN ('follows', 'subscribers')`;

describe('a push on tables that PostgreSQL has no statistics of, as right after an import', () => {
  let app: TestApp;
  let gateway: PushService;

  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    gateway = await new PushService().start();
    for (const table of ['follows', 'subscribers', 'push_batches', 'push_deliveries', 'taggings']) {
      await app.database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    }
  });
  afterAll(async () => {
    await app.stop();
    await gateway.stop();
  });

  it('reads each follower a few times, not once for each batch', async () => {
    await givenGateway(app, `${gateway.origin}/batches`);
    const brand = await givenBrand(app);
    await givenCrowd(app, brand, FOLLOWERS);
    const completed = async (id: string) => {
      const rows = await app.database.query<{ completed_at: Date | null }[]>(
        'SELECT completed_at FROM push_runs WHERE broadcast_id = $1',
        [id],
      );
      return rows[0]?.completed_at ?? null;
    };
    const reads = () =>
      withClient(app.url, async (client) => {
        const { rows } = await client.query<{ relname: string; reads: string }>(READS);
        return Object.fromEntries(rows.map(({ relname, reads: count }) => [relname, Number(count)]));
      });
    // Sessions report what they read when they end, at the latest.
    const settled = async () => {
      await withClient(app.url, (client) =>
        client.query(
          `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE datname = current_database() AND state = 'idle' AND pid <> pg_backend_pid()`,
        ),
      );
      return reads();
    };
    const before = await settled();
    const id = await givenPushing(app, brand);
    // Not by the report, which counts all followers each time that it is asked.
    await eventually(async () => (await completed(id)) !== null, { seconds: 60 });
    const after = await settled();
    expect((await pushesOf(brand, id)).gateway.delivered).toBe(FOLLOWERS);
    const perFollower = (table: string) => ((after[table] ?? 0) - (before[table] ?? 0)) / FOLLOWERS;
    expect(perFollower('follows')).toBeLessThan(4);
    expect(perFollower('subscribers')).toBeLessThan(4);
  });
});
