import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from '../support/app';
import { withClient } from '../support/database';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import type { FaultProxy } from './rig/fault-proxy';
import { ask } from './rig/http';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { UnderFault } from './rig/under-fault';

const WRITERS = size(3, 6);
/** More than a process has connections. */
const CROWD = 50;
/** In seconds. */
const WELL_WITHIN = 10;

const seed = seedOf('network');
const random = prng(seed);
const journal = new Journal('network', seed);

interface Outage {
  readonly name: string;
  readonly seconds: number;
  begin(proxy: FaultProxy): void;
  /** Whether the process says that it is not ready; else nobody may be refused. */
  readonly isTold: boolean;
}

const OUTAGES: readonly Outage[] = [
  {
    name: 'cut off',
    seconds: size(2, random.between(30, 60)),
    begin: (proxy) => {
      proxy.shut();
    },
    isTold: true,
  },
  {
    name: 'in a black hole',
    seconds: size(3, 60),
    begin: (proxy) => {
      proxy.blackHole();
    },
    isTold: true,
  },
  {
    name: 'far away',
    seconds: size(2, 20),
    begin: (proxy) => {
      proxy.delay(150); // each way
    },
    isTold: false,
  },
];

describe('a process whose database is', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  let node: ClusterNode;
  let process: UnderFault;

  beforeAll(async () => {
    test = await startTestApp();
    cluster = await FanfareCluster.start(test.url, {});
    [node] = cluster.nodes as [ClusterNode];
    process = new UnderFault(node, test.database, random, journal);
  });
  beforeEach(() => process.beginWriting(WRITERS));
  afterAll(() => process.stop());
  afterAll(() => cluster.stop());
  afterAll(() => test.stop());
  afterAll(() => {
    journal.print();
  });

  it.each(OUTAGES)(
    '$name says so, lives on, and is well soon after',
    async (outage) => {
      const { name, seconds, isTold } = outage;
      const begun = performance.now();
      outage.begin(node.proxy);
      await delay(seconds * 1_000);
      if (isTold) await process.expectTold(begun, name);
      const healed = performance.now();
      node.proxy.restore();
      await process.expectWell(healed, WELL_WITHIN, name);
      await process.expectNothingLost();
      if (!isTold) process.expectNobodyRefused();
      journal.did('outages');
    },
    200_000,
  );

  it('reset in mid-query, again and again, is well soon after', async () => {
    for (let time = 0; time < size(20, 300); time += 1) {
      node.proxy.reset();
      await delay(random.between(20, 150));
    }
    const { resets } = node.proxy.counts;
    journal.did('connections reset', resets);
    expect(resets).toBeGreaterThan(20);
    await process.expectWell(performance.now(), WELL_WITHIN, 'reset');
    await process.expectNothingLost();
  });

  it('busy with every connection that it has answers late, and refuses nobody', async () => {
    const crowd = await withClient(test.url, async (holder) => {
      await holder.query('BEGIN; LOCK TABLE accounts');
      const asking = Array.from({ length: CROWD }, () => ask('GET', `${node.address}/v1/directory`));
      await delay(size(3, 15) * 1_000);
      await holder.query('COMMIT');
      return asking;
    });
    const statuses = (await Promise.all(crowd)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    journal.did('requests of a crowd', CROWD);
    await process.expectWell(performance.now(), WELL_WITHIN, 'busy');
    await process.expectNothingLost();
    process.expectNobodyRefused();
  });
});
