import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { databaseOptions } from '../../src/database';
import { eventually } from '../support/eventually';
import { Writer } from './rig/acknowledged-writes';
import { findFaults } from './rig/checker';
import { DurableServer } from './rig/durable-server';
import { FanfareCluster, type ClusterNode } from './rig/fanfare-cluster';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const WRITERS = 6;
const CRASHES = size(3, 40);
const CUT_COMMITS = size(40, 500);
const FAREWELLS = size(40, 500);

const seed = seedOf('lost-database');
const random = prng(seed);
const journal = new Journal('lost-database', seed);

describe('when PostgreSQL crashes, or is lost in mid-commit, under people who write', () => {
  let server: DurableServer;
  let cluster: FanfareCluster;
  let node: ClusterNode;
  let writers: Writer[];
  beforeAll(async () => {
    server = await DurableServer.start();
    cluster = await FanfareCluster.start(server.url, {});
    [node] = cluster.nodes as [ClusterNode];
    writers = await signUp();
  });
  afterAll(() => cluster.stop());
  afterAll(() => server.destroy());
  afterAll(() => {
    journal.print();
  });

  it('whatever was acknowledged is there, whichever way the server ends', async () => {
    const stopping = new AbortController();
    const writing = writers.map((writer) => writer.write(stopping.signal));
    while (journal.count('crashes') < CRASHES) {
      await delay(random.between(200, 1_500));
      const way = random.pick(['SIGQUIT', 'SIGKILL'] as const);
      journal.did('crashes');
      await server.kill(way);
      await delay(random.between(0, 800));
      await server.recover();
      node.proxy.retarget(server.url);
      const back = performance.now();
      await eventually(() => writers.every(({ lastSuccess }) => lastSuccess > back), { seconds: 10 });
      journal.worst('from recovery to writing again, s', (performance.now() - back) / 1_000);
    }
    stopping.abort();
    await Promise.all(writing);
    await expectAllAcknowledged();
  });

  it('a request whose commit was not answered has one effect, when it is sent again with its key', async () => {
    const fresh = await signUp();
    node.proxy.cutAtCommit(() =>
      random.next() < 0.35 ? random.pick(['cut before the answer', 'cut before the server']) : undefined,
    );
    await writeWhile(fresh, () => node.proxy.counts.commits < CUT_COMMITS);
    journal.did('commits cut', node.proxy.counts.commits);
    await expectAllAcknowledged();
  });

  it('a server that says farewell together with an answer has answered, and nothing more', async () => {
    const fresh = await signUp();
    node.proxy.farewellAfter(() => random.next() < 0.1);
    await writeWhile(fresh, () => node.proxy.counts.farewells < FAREWELLS);
    journal.did('farewells', node.proxy.counts.farewells);
    await expectAllAcknowledged();
  });

  function signUp(): Promise<Writer[]> {
    return Promise.all(
      Array.from({ length: WRITERS }, () => Writer.signUp(() => node.address, random, journal)),
    );
  }

  /** Under the network as it is; afterwards it is well again. */
  async function writeWhile(fresh: readonly Writer[], goesOn: () => boolean): Promise<void> {
    writers.push(...fresh);
    await Promise.all(
      fresh.map(async (writer) => {
        while (goesOn()) await writer.writeOne();
      }),
    );
    node.proxy.restore();
  }

  async function expectAllAcknowledged(): Promise<void> {
    const database = await new DataSource(databaseOptions(server.url)).initialize();
    try {
      for (const writer of writers)
        journal.checked('acknowledged broadcasts', await writer.compare(database));
      expect(node.explain(writers.flatMap(({ faults }) => faults))).toEqual([]);
      expect(await findFaults(database)).toEqual([]);
    } finally {
      await database.destroy();
    }
    journal.worst('longest answer, s', Math.max(...writers.map(({ slowest }) => slowest)) / 1_000);
  }
});
