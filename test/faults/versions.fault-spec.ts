import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { startTestApp, type TestApp } from '../support/app';
import { cloneDatabase, type TestDatabase } from '../support/database';
import { createDataSource } from '../../src/database';
import { expectStatus, givenBrand, unique, type Brand } from '../support/given';
import { untilPublished } from '../support/publishing';
import { describeSchema } from '../support/schema';
import { times } from '../support/two-instances';
import { Balancer } from './rig/balancer';
import { FanfareCluster } from './rig/fanfare-cluster';
import { Journal } from './rig/journal';
import { expectPublishedOnce } from './rig/publishing-under-faults';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { Traffic } from './rig/traffic';

const BRANDS = 10;
const CLIENTS = size(4, 8);
/** Of the traffic before and after the next version's migration, in milliseconds. */
const QUIET = size(1_000, 10_000);
const STARTS = size(1, 10);
const REPLICAS = size(2, 3);

/**
 * What a migration of the next version may do while this version still runs beside it: it adds, and takes nothing away. The
 * platform's tables get a column each, and the migration is noted as one that this version has never heard of.
 */
const GROWING = [
  ...['accounts', 'broadcasts', 'quota_slots', 'follows', 'audit_entries', 'users', 'members', 'api_keys'],
  ...['taggings', 'reads', 'webhook_endpoints', 'push_endpoints'],
];
const NEXT_VERSION = [
  ...GROWING.map((table) => `ALTER TABLE ${table} ADD COLUMN of_the_next_version integer NOT NULL DEFAULT 7`),
  'CREATE TABLE things_of_the_next_version (id uuid PRIMARY KEY)',
  'CREATE INDEX of_the_next_version ON broadcasts (of_the_next_version)',
  `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'OfTheNextVersion9999999999999')`,
];

const seed = seedOf('versions');
const random = prng(seed);
const journal = new Journal('versions', seed);

afterAll(() => {
  journal.print();
});

describe('while the next version takes over, this one', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  let brand: Brand;
  const accounts: string[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    cluster = await FanfareCluster.start(test.url, {}, {});
    brand = await givenBrand(test);
    while (accounts.length < BRANDS) accounts.push(await givenAccount());
  });
  afterAll(() => cluster.stop());
  afterAll(() => test.stop());

  it('goes on, and starts anew, on a schema that is one ahead', async () => {
    const balancer = new Balancer(cluster, random);
    const traffic = new Traffic(brand, accounts, random);
    for (let client = 0; client < CLIENTS; client += 1) traffic.add(balancer, client % 2 === 0);
    await delay(QUIET);
    // One after the other, as a careful migration does, so that nobody waits for more than one of them.
    for (const statement of NEXT_VERSION) await test.database.query(statement);
    journal.did('statements of the next version', NEXT_VERSION.length);
    await delay(QUIET);
    for (const node of cluster.nodes) {
      balancer.takeOut(node);
      node.process.signal('SIGTERM');
      await node.ended();
      await node.start();
      balancer.takeIn(node);
      journal.did('restarts beside it');
    }
    await delay(QUIET);
    await traffic.stop();
    journal.did('requests', balancer.answered);
    expect([...balancer.failures, ...balancer.resets]).toEqual([]);
    expect(traffic.scheduled.length).toBeGreaterThan(0);
    await untilPublished(test.database, traffic.scheduled);
    await expectPublishedOnce(test.database, traffic.scheduled, journal);
  });

  async function givenAccount(): Promise<string> {
    const request = { handle: unique('rye'), name: 'Rye', type: 'subscription', timeZone: 'UTC' };
    return expectStatus(201, await brand.owner.post<{ id: string }>('/accounts', request)).body.id;
  }
});

describe('replicas that start together on the schema of the former version', () => {
  let clone: TestDatabase;
  let database: DataSource;
  beforeAll(async () => {
    clone = await cloneDatabase();
    database = await createDataSource(clone.url).initialize();
  });
  afterAll(() => clone.drop());
  afterAll(() => database.destroy());

  it('bring it up to date, once, and all of them serve', async () => {
    const current = await describeSchema(database);
    for (let start = 0; start < STARTS; start += 1) {
      await database.undoLastMigration();
      expect(await describeSchema(database)).not.toEqual(current);
      const cluster = await FanfareCluster.start(clone.url, ...times(REPLICAS, () => ({})));
      await cluster.stop();
      expect(await describeSchema(database)).toEqual(current);
      const noted = await database.query<{ times: number }[]>(
        'SELECT count(*)::integer AS times FROM migrations GROUP BY name',
      );
      expect(new Set(noted.map(({ times }) => times))).toEqual(new Set([1]));
      journal.checked('schemas brought up to date once');
    }
  });
});
