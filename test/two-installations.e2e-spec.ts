import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../src/database';
import { Jobs } from '../src/jobs/jobs.service';
import { migrate } from '../src/migrate';
import { awaitLock, lockKey } from '../src/postgres/advisory-locks';
import { channelOf } from '../src/publishing/published-channel';
import { StartError } from '../src/start-error';
import { startTestApp, type TestApp } from './support/app';
import { cloneDatabase, dropDatabase, withClient, withDatabaseName } from './support/database';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, givenFollower } from './support/given';
import { WebhookReceiver } from './support/webhook-receiver';

const FOLLOWS = 20;
const SCHEMAS = ['app', 'app2'] as const;

describe('two installations in two schemas of one database', () => {
  const server = process.env.FANFARE_TEST_SERVER ?? '';
  const name = `fanfare_two_${randomBytes(6).toString('hex')}`;
  const url = withDatabaseName(server, name);
  const urlOf = (schema: string) => {
    const address = new URL(url);
    address.searchParams.set('options', `-c search_path=${schema}`);
    return address.href;
  };
  const jobsSchemas: string[] = [];

  const within = async <T>(address: string, work: (database: DataSource) => Promise<T>): Promise<T> => {
    const database = await createDataSource(address, { poolSize: 2 }).initialize();
    try {
      return await work(database);
    } finally {
      await database.destroy();
    }
  };

  beforeAll(async () => {
    await withClient(server, (client) => client.query(`CREATE DATABASE "${name}"`));
    await within(url, (database) =>
      database.query(
        `CREATE SCHEMA app; CREATE SCHEMA app2; CREATE SCHEMA pgboss; CREATE TABLE pgboss.job ()`,
      ),
    );
    for (const schema of SCHEMAS) jobsSchemas.push(await migrate(urlOf(schema)));
  }, 60_000);
  afterAll(() => withClient(server, (client) => dropDatabase(client, name)));

  it('each have a schema for their jobs', async () => {
    expect(jobsSchemas).toEqual(['app_jobs', 'app2_jobs']);
    expect(await migrate(urlOf('app'))).toBe('app_jobs');
  });

  it(`each tell their own webhook of all ${FOLLOWS} follows, and nothing to the other's`, async () => {
    const receiver = await WebhookReceiver.start();
    const apps: TestApp[] = [];
    try {
      const outboundAllowBrands = ['127.0.0.0/8'];
      for (const [index, schema] of SCHEMAS.entries()) {
        const jobsSchema = jobsSchemas[index];
        apps.push(await startTestApp({ databaseUrl: urlOf(schema), jobsSchema, outboundAllowBrands }));
      }
      await Promise.all(
        apps.map(async (app, index) => {
          app.app.get(Jobs).start();
          const brand = await givenBrand(app);
          const hook = { url: receiver.url(`/${index}`), events: ['follow.created'] };
          expectStatus(201, await brand.owner.post(brand.path('/webhooks'), hook));
          for (let made = 0; made < FOLLOWS; made += 1) await givenFollower(app, brand);
        }),
      );
      for (const index of SCHEMAS.keys()) {
        await eventually(() => receiver.at(`/${index}`).length >= FOLLOWS, { seconds: 60 });
        const told = receiver.at(`/${index}`).map(({ headers }) => headers['webhook-id']);
        expect(new Set(told).size).toBe(FOLLOWS);
      }
      expect(receiver.received).toHaveLength(2 * FOLLOWS);
    } finally {
      for (const app of apps) await app.stop();
      await receiver.stop();
    }
  }, 120_000);

  it('do not hear of each other', async () => {
    const channel = (address: string) =>
      within(address, (database) =>
        database.query<[{ name: string }]>(`SELECT ${channelOf('fanfare_published')} AS name`),
      );
    const names = await Promise.all([url, ...SCHEMAS.map(urlOf)].map(channel));
    expect(new Set(names.map(([{ name }]) => name)).size).toBe(3);
    expect(names[0]).toEqual([{ name: 'fanfare_published' }]);
  });

  it('do not wait for each other: their advisory locks are not the same', async () => {
    const take = `SELECT pg_try_advisory_xact_lock(${lockKey('publisher')}) AS mine`;
    await within(urlOf('app'), (app) =>
      app.transaction(async (manager) => {
        await manager.query(awaitLock('publisher'));
        const mine = (schema: string) => within(urlOf(schema), (database) => database.query<object[]>(take));
        expect(await mine('app2')).toEqual([{ mine: true }]);
        expect(await mine('app')).toEqual([{ mine: false }]);
      }),
    );
  });

  it('a third one, in public, is refused where pgboss belongs to something else, before anything is made', async () => {
    const made = () =>
      within(url, (database) =>
        database.query<object[]>(`SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace`),
      );
    await expect(migrate(url)).rejects.toThrow(StartError);
    await expect(migrate(url)).rejects.toThrow(
      'The schema "pgboss" of this database belongs to something else',
    );
    expect(await made()).toEqual([]);
    expect(await migrate(url, 'fanfare_jobs')).toBe('fanfare_jobs');
    await expect(migrate(url, 'elsewhere')).rejects.toThrow('JOBS_SCHEMA cannot move them');
  }, 60_000);

  it('one from before schemas said whom they were made for keeps its jobs where they are', async () => {
    const clone = await cloneDatabase();
    const mark = (database: DataSource) =>
      database.query<object[]>('SELECT home FROM pgboss.fanfare_installation');
    try {
      await within(clone.url, (database) => database.query('DROP TABLE pgboss.fanfare_installation'));
      expect(await migrate(clone.url)).toBe('pgboss');
      expect(await within(clone.url, mark)).toEqual([{ home: 'public' }]);
    } finally {
      await clone.drop();
    }
  }, 60_000);
});
