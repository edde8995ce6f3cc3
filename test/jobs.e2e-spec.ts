import { Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { readConfig } from '../src/config';
import { Jobs } from '../src/jobs/jobs.service';
import type { Job } from '../src/jobs/queue-worker.service';
import { createDataSource } from '../src/database';
import { cloneDatabase, type TestDatabase } from './support/database';
import { eventually } from './support/eventually';

interface Numbered {
  readonly n: number;
}

describe('jobs', () => {
  // One of them fails on purpose.
  beforeAll(() => {
    Logger.overrideLogger(false);
  });

  let clone: TestDatabase;
  let database: DataSource;
  let jobs: Jobs;
  let processes: Jobs[];

  /** The jobs as one more process has them. */
  async function oneMore(): Promise<Jobs> {
    const settings = { ...readConfig({}), databaseUrl: clone.url, sessionSecret: '', scheduler: false };
    const made = new Jobs(settings);
    await made.onModuleInit();
    processes.push(made);
    return made;
  }

  beforeEach(async () => {
    clone = await cloneDatabase();
    database = await createDataSource(clone.url).initialize();
    processes = [];
    jobs = await oneMore();
  });
  afterEach(async () => {
    for (const each of processes) {
      await each.beforeApplicationShutdown();
      await each.onApplicationShutdown();
    }
    await database.destroy();
    await clone.drop();
  });

  const send = (...numbers: number[]) =>
    database.transaction((manager) =>
      jobs.send(
        manager,
        'published',
        numbers.map((n) => ({ data: { n } })),
      ),
    );
  const left = async () => {
    const [{ count }] = await database.query<[{ count: number }]>(
      `SELECT count(*)::integer AS count FROM pgboss.job WHERE name = 'published'`,
    );
    return count;
  };

  it('are done when the transaction that sent them commits, and leave nothing behind', async () => {
    const done: number[] = [];
    jobs.work<Numbered>('published', { concurrency: 4, pollMs: 20 }, ({ data }) => {
      done.push(data.n);
      return Promise.resolve();
    });
    jobs.start();
    await send(1, 2, 3);
    await eventually(async () => (await left()) === 0);
    expect(done.sort()).toEqual([1, 2, 3]);
  });

  it('were never there when it is rolled back', async () => {
    const sent = database.transaction(async (manager) => {
      await jobs.send(manager, 'published', [{ data: { n: 1 } }]);
      throw new Error('no');
    });
    await expect(sent).rejects.toThrow('no');
    expect(await left()).toBe(0);
  });

  it('that were sent twice under one id are done once', async () => {
    const id = '0197f000-0000-7000-8000-000000000001';
    for (const n of [1, 2]) {
      await database.transaction((manager) => jobs.send(manager, 'published', [{ id, data: { n } }]));
    }
    expect(await left()).toBe(1);
  });

  it('wait for their time', async () => {
    const done: number[] = [];
    jobs.work<Numbered>('published', { concurrency: 4, pollMs: 20 }, ({ data }) => {
      done.push(data.n);
      return Promise.resolve();
    });
    await database.transaction((manager) =>
      jobs.send(manager, 'published', [{ data: { n: 1 }, startAfter: 3600 }, { data: { n: 2 } }]),
    );
    jobs.start();
    await eventually(() => done.length > 0);
    expect(done).toEqual([2]);
    await database.query('UPDATE pgboss.job SET start_after = now()');
    await eventually(() => done.length > 1);
  });

  it('that fail are tried again', async () => {
    let tries = 0;
    jobs.work<Numbered>('published', { concurrency: 4, pollMs: 20 }, () => {
      tries += 1;
      return tries < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    jobs.start();
    await send(1);
    await eventually(async () => (await left()) === 0);
    expect(tries).toBe(2);
  });

  it('of a worker that died are given to another one once their time is up, and the dead one can change nothing', async () => {
    let first: Job<Numbered> | undefined;
    let seen = 0;
    let release: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => (release = resolve));
    jobs.work<Numbered>('published', { concurrency: 2, pollMs: 20 }, async (job) => {
      seen += 1;
      if (seen > 1) return;
      first = job;
      await dead;
      await database.transaction((manager) => job.finish(manager)).catch(() => undefined);
    });
    jobs.start();
    await send(1);
    await eventually(() => first !== undefined);
    await database.query(`UPDATE pgboss.job SET started_on = now() - interval '1 hour'`);
    await eventually(async () => (await left()) === 0);
    expect(seen).toBe(2);
    await expect(
      database.transaction((manager) => first?.finish(manager) ?? Promise.reject(new Error('no job'))),
    ).rejects.toThrow('given to somebody else');
    release();
  });

  it('of one group are bounded together, over all processes, and wait for nobody outside of it', async () => {
    const other = await oneMore();
    const atWork = new Map<string, number>();
    const most = new Map<string, number>();
    let done = 0;
    for (const each of [jobs, other]) {
      each.work<{ group: string }>(
        'published',
        { concurrency: 10, groupConcurrency: 2, pollMs: 20 },
        async ({ data: { group } }) => {
          const now = (atWork.get(group) ?? 0) + 1;
          atWork.set(group, now);
          most.set(group, Math.max(now, most.get(group) ?? 0));
          await delay(group === 'slow' ? 150 : 1);
          atWork.set(group, (atWork.get(group) ?? 0) - 1);
          done += 1;
        },
      );
    }
    const of = (group: string, count: number) =>
      Array.from({ length: count }, () => ({ group, data: { group } }));
    await database.transaction((manager) =>
      jobs.send(manager, 'published', [...of('slow', 50), ...of('quick', 10)]),
    );
    for (const each of [jobs, other]) each.start();
    await eventually(async () => {
      const rows = await database.query<unknown[]>(`SELECT FROM pgboss.job WHERE group_id = 'quick'`);
      return rows.length === 0;
    });
    // Two processes that fetch at the same moment may each take what the other does.
    expect(most.get('slow')).toBeGreaterThanOrEqual(2);
    expect(most.get('slow')).toBeLessThanOrEqual(4);
    expect(done).toBeLessThan(50);
  });
});
