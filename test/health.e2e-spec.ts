import { DataSource } from 'typeorm';
import { databaseOptions } from '../src/database';
import { PROBLEMS } from '../src/errors/problems';
import { Readiness } from '../src/health/readiness.service';
import { PublishingReport } from '../src/publishing/publishing-report.service';
import { SETTINGS, type Settings } from '../src/settings';
import { startTestApp, type TestApp } from './support/app';
import { withClient } from './support/database';
import { EventStream, subscriberToken } from './support/event-stream';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenScheduled } from './support/given';
import { tick } from './support/publishing';

interface Ready {
  readonly status: string;
  readonly checks: Readonly<
    Record<'database' | 'scheduler', { readonly ok: boolean; readonly detail: string }>
  >;
}

const aTick = { at: new Date(), durationMs: 12, published: [], missed: [] };

describe('what machines ask', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp({ rateLimit: 40 });
  });
  afterAll(() => test.stop());

  const metrics = async (app = test): Promise<string> =>
    expectStatus(200, await app.api.get('//metrics')).text;
  const ready = (app = test) => app.api.get<Ready>('//health/ready');

  /** The figure of one series, as Prometheus would read it. */
  async function figure(series: string, app = test): Promise<number> {
    const line = (await metrics(app)).split('\n').find((text) => text.startsWith(`${series} `));
    return line === undefined ? NaN : Number(line.slice(series.length));
  }

  it('is answered without a token, as often as they like', async () => {
    for (let count = 0; count < 15; count += 1) {
      for (const path of ['//health/live', '//health/ready', '//metrics']) {
        expectStatus(200, await test.api.get(path));
      }
    }
  });

  it('is not under the prefix of the API', async () => {
    for (const path of ['/health/live', '/health/ready', '/metrics', '/problems/not-found']) {
      expectStatus(404, await test.api.get(path));
    }
  });

  describe('ready', () => {
    it('waits for the first tick of the scheduler, and ends when the last one is five seconds old', async () => {
      const report = new PublishingReport();
      const settings = { ...test.app.get<Settings>(SETTINGS), scheduler: true };
      const readiness = new Readiness(test.database, report, settings);
      const notReady = { status: 'not-ready', checks: { scheduler: { ok: false }, database: { ok: true } } };
      expect(await readiness.check()).toMatchObject(notReady);
      report.emit(aTick);
      expect(await readiness.check()).toMatchObject({ status: 'ready', checks: { scheduler: { ok: true } } });

      const later = performance.now() + 5_000;
      const clock = jest.spyOn(performance, 'now').mockImplementation(() => later);
      expect(await readiness.check()).toMatchObject(notReady);
      clock.mockRestore();
    });

    it('ends while the database is away, and begins again by itself; live goes on', async () => {
      const name = new URL(test.url).pathname.slice(1);
      const server = process.env.FANFARE_TEST_SERVER ?? '';
      await withClient(server, async (client) => {
        await client.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
          name,
        ]);
        const { body, headers } = expectStatus(503, await ready());
        expect(body).toMatchObject({
          status: 'not-ready',
          checks: { database: { ok: false, detail: 'cannot be reached' } },
        });
        expect(headers['retry-after']).toBe('2');
        expectStatus(200, await test.api.get('//health/live'));
        await client.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
      });
      expectStatus(200, await ready());
    });

    it('ends while the database has no space left to write', async () => {
      const limited = new URL(test.url);
      limited.searchParams.set('options', '-c temp_file_limit=0');
      const database = await new DataSource(databaseOptions(limited.href)).initialize();
      const settings = { ...test.app.get<Settings>(SETTINGS), scheduler: false };
      const readiness = new Readiness(database, new PublishingReport(), settings);
      expect(await readiness.check()).toMatchObject({
        status: 'not-ready',
        checks: { database: { ok: false, detail: 'has no space left on its disk' } },
      });
      await database.destroy();
    });

    it('ends within two seconds when the database does not answer', async () => {
      const busy = Array.from({ length: 20 }, () => test.database.createQueryRunner());
      for (const runner of busy) await runner.connect();
      const begun = Date.now();
      // However many ask, one question waits.
      const answers = await Promise.all(Array.from({ length: 30 }, () => ready()));
      expect(Date.now() - begun).toBeLessThan(2_500);
      for (const { status, body } of answers) {
        expect(status).toBe(503);
        expect(body.checks.database.detail).toMatch(/no answer/);
      }
      for (const runner of busy) await runner.release();
      expectStatus(200, await ready());
    });
  });

  describe('the metrics', () => {
    it('count what the scheduler publishes, and how late', async () => {
      const brand = await givenBrand(test);
      const before = await figure('fanfare_broadcasts_published_total');
      await givenScheduled(brand, { now: true });
      await tick(test);
      expect(await figure('fanfare_broadcasts_published_total')).toBe(before + 1);
      expect(await figure('fanfare_publish_lateness_seconds_count')).toBe(before + 1);
      expect(await figure('fanfare_publish_lateness_seconds_bucket{le="10"}')).toBe(before + 1);
      expect(await figure('fanfare_tick_duration_seconds_count')).toBeGreaterThan(0);
      expect(await figure('fanfare_tick_age_seconds')).toBeLessThan(5);
    });

    it('count what it misses, by reason', async () => {
      const missed = [{ reason: 'too-late' }, { reason: 'too-late' }, { reason: 'account-suspended' }];
      test.app.get(PublishingReport).emit({ ...aTick, published: [{ latenessMs: 90_000 }], missed });
      expect(await figure('fanfare_broadcasts_missed_total{reason="too-late"}')).toBe(2);
      expect(await figure('fanfare_broadcasts_missed_total{reason="account-suspended"}')).toBe(1);
      const late = await figure('fanfare_publish_lateness_seconds_bucket{le="300"}');
      expect(late - (await figure('fanfare_publish_lateness_seconds_bucket{le="60"}'))).toBe(1);
    });

    it('time requests by the pattern of their route', async () => {
      const brand = await givenBrand(test);
      await test.admin.get(brand.path());
      const count = 'fanfare_http_request_duration_seconds_count';
      const nowhere = await figure(`${count}{method="GET",route="none",status="404"}`);
      await test.api.get('//no/such/path');
      expect(await figure(`${count}{method="GET",route="/v1/accounts/:accountId",status="200"}`)).toBe(1);
      expect(await figure(`${count}{method="GET",route="none",status="404"}`)).toBe(nowhere + 1);
      expect(await metrics()).not.toContain(brand.id);
    });

    it('count the live streams that are open', async () => {
      expect(await figure('fanfare_open_streams')).toBe(0);
      await test.app.listen(0, '127.0.0.1');
      const stream = await EventStream.live(await test.app.getUrl(), await subscriberToken('ana'));
      expect(await figure('fanfare_open_streams')).toBe(1);
      stream.close();
      await eventually(async () => (await figure('fanfare_open_streams')) === 0);
    });

    it('are those of one application, in a form that Prometheus reads', async () => {
      const other = await startTestApp({ databaseUrl: test.url });
      expect(await figure('fanfare_broadcasts_published_total', other)).toBe(0);
      const { headers, text } = await other.api.get('//metrics');
      expect(headers['content-type']).toMatch(/^text\/plain; version=0.0.4/);
      expect(text).toContain('# TYPE process_cpu_user_seconds_total counter');
      await other.stop();
    });
  });

  describe('the page of a problem', () => {
    it('explains every code, and no other', async () => {
      for (const [code, { title, status }] of Object.entries(PROBLEMS)) {
        const { body } = expectStatus(200, await test.api.get(`//problems/${code}`));
        expect(body).toEqual({ type: `/problems/${code}`, title, status });
      }
      for (const code of ['out-of-bread', 'constructor', '__proto__', 'not-found/']) {
        expectStatus(404, await test.api.get(`//problems/${code}`));
      }
    });
  });
});
