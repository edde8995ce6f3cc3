import { DataSource } from 'typeorm';
import { AuditSealing } from '../src/audit/audit-sealing.service';
import { databaseOptions, inTransaction, LONGEST_SILENCE } from '../src/database';
import { toProblem } from '../src/errors/problem-document';
import { startTestApp } from './support/app';
import { cloneDatabase, type TestDatabase, withClient } from './support/database';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenFollower, unique } from './support/given';
import { tick } from './support/publishing';

/** What databases and roles are found to be set to. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  German: { DateStyle: 'German, DMY', TimeZone: 'Europe/Berlin', IntervalStyle: 'sql_standard' },
  'by SQL, in Asia': { DateStyle: 'SQL, DMY', TimeZone: 'Asia/Kolkata', bytea_output: 'escape' },
  'as PostgreSQL once was': {
    DateStyle: 'Postgres, MDY',
    TimeZone: 'America/New_York',
    IntervalStyle: 'postgres_verbose',
    standard_conforming_strings: 'off',
    array_nulls: 'off',
  },
  strict: {
    default_transaction_isolation: 'serializable',
    extra_float_digits: '-15',
    transform_null_equals: 'on',
    client_encoding: 'LATIN1',
    row_security: 'off',
  },
};

describe('a database that is not set as ours', () => {
  let clone: TestDatabase;
  beforeEach(async () => {
    clone = await cloneDatabase();
  });
  afterEach(() => clone.drop());

  const set = (settings: Readonly<Record<string, string>>) =>
    withClient(clone.url, async (client) => {
      const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
      for (const [name, value] of Object.entries(settings)) {
        await client.query(`ALTER DATABASE "${rows[0]?.name ?? ''}" SET ${name} = '${value}'`);
      }
    });

  it.each(Object.entries(SETTINGS))('serves the whole of a short story: %s', async (_, settings) => {
    await set(settings);
    const test = await startTestApp({ databaseUrl: clone.url });
    try {
      const brand = await givenBrand(test, 'service', { name: '潮の博物館 “Tide” 😀' });
      const fan = await givenFollower(test, brand);
      const text = "It's a \\ 潮 😀";
      const draft = expectStatus(
        201,
        await brand.owner.post<{ id: string; createdAt: string }>(brand.path('/broadcasts'), {
          content: { type: 'text', text },
        }),
      ).body;
      expect(Math.abs(Date.parse(draft.createdAt) - Date.now())).toBeLessThan(600_000);
      expectStatus(
        200,
        await brand.owner.post(brand.path(`/broadcasts/${draft.id}/schedule`), { now: true }),
      );
      await tick(test);
      const inbox = await fan.get<{ data: unknown[] }>('/me/inbox');
      expect(JSON.stringify(expectStatus(200, inbox).body)).toContain('潮 😀');
      await test.app.get(AuditSealing).sealAll();
      const verdict = await test.admin.get<{ valid: boolean }>('/admin/audit/verify');
      expect(expectStatus(200, verdict).body).toMatchObject({ valid: true });
    } finally {
      await test.stop();
    }
  });

  it('gives back its sessions that can only read, as soon as it can be written to', async () => {
    const test = await startTestApp({ databaseUrl: clone.url });
    const write = () =>
      test.api.post('/signup', {
        email: `${unique('writer')}@example.org`,
        password: 'seven slow ovens',
        name: 'A',
      });
    try {
      await set({ default_transaction_read_only: 'on' });
      await withClient(clone.url, (client) =>
        client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                       WHERE datname = current_database() AND pid <> pg_backend_pid()`),
      );
      await eventually(async () => (await write()).status === 503);
      await withClient(clone.url, async (client) => {
        await client.query('SET default_transaction_read_only = off');
        const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
        await client.query(`ALTER DATABASE "${rows[0]?.name ?? ''}" SET default_transaction_read_only = off`);
      });
      // The sessions are left alone: each is closed at the first statement that it refuses.
      await eventually(async () => (await write()).status === 201);
    } finally {
      await test.stop();
    }
  });

  it('ends sessions that stand idle: the next requests get others, and none of them fails', async () => {
    await set({ idle_session_timeout: '200ms' });
    const test = await startTestApp({ databaseUrl: clone.url });
    const ask = () => Promise.all(Array.from({ length: 20 }, () => test.api.get('/directory')));
    const ended = (pids: readonly number[]) =>
      withClient(clone.url, async (client) => {
        const { rows } = await client.query('SELECT FROM pg_stat_activity WHERE pid = ANY ($1)', [pids]);
        return rows.length === 0;
      });
    try {
      await ask();
      const pids = await withClient(clone.url, async (client) => {
        const { rows } = await client.query<{ pid: number }>(
          `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%accounts%' AND pid <> pg_backend_pid()`,
        );
        return rows.map(({ pid }) => pid);
      });
      await eventually(() => ended(pids));
      expect(new Set((await ask()).map(({ status }) => status))).toEqual(new Set([200]));
    } finally {
      await test.stop();
    }
  });

  it('ends statements that take too long: 503 with Retry-After, and well again afterwards', async () => {
    await set({ statement_timeout: '300ms' });
    const test = await startTestApp({ databaseUrl: clone.url });
    try {
      await withClient(clone.url, async (client) => {
        await client.query('BEGIN');
        await client.query('LOCK TABLE accounts IN ACCESS EXCLUSIVE MODE');
        const { status, headers, body } = await test.api.get('/directory');
        expect([status, headers['retry-after']]).toEqual([503, '2']);
        expect(body).toMatchObject({ type: '/problems/database-unavailable' });
        await client.query('ROLLBACK');
      });
      await eventually(async () => (await test.api.get('/directory')).status === 200);
    } finally {
      await test.stop();
    }
  });

  it('ends a session that answered with 25006, and no other', async () => {
    const options = databaseOptions(clone.url, { poolSize: 1, longestSilence: LONGEST_SILENCE });
    const database = await new DataSource(options).initialize();
    const pid = async () =>
      (await database.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid'))[0].pid;
    const failure = (statement: string, isReadOnly: boolean) =>
      inTransaction(database, async (manager) => {
        if (isReadOnly) await manager.query('SET TRANSACTION READ ONLY');
        await manager.query(statement);
      }).catch((error: unknown) => toProblem(error).status);
    try {
      const first = await pid();
      expect(await failure('SELECT 1/0', false)).toBe(400);
      expect(await pid()).toBe(first);
      expect(await failure('CREATE TABLE t ()', true)).toBe(503);
      expect(await pid()).not.toBe(first);
    } finally {
      await database.destroy();
    }
  });
});
