import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from '../support/app';
import { withClient } from '../support/database';
import { subscriberToken } from '../support/event-stream';
import { eventually } from '../support/eventually';
import { expectStatus, givenBrand, unique, type Brand } from '../support/given';
import { untilPublished } from '../support/publishing';
import { slowDownBatches } from '../support/replicas';
import { Balancer } from './rig/balancer';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { givenFollowing, givenPeople } from './rig/following';
import { ask } from './rig/http';
import { Journal } from './rig/journal';
import { expectPublishedOnce } from './rig/publishing-under-faults';
import { Reader } from './rig/reader';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';
import { Traffic } from './rig/traffic';

const DEPLOYS = size(1, 10);
const READERS = size(10, 300);
const BRANDS = size(6, 40);
const CLIENTS = size(4, 12);
/** In seconds. */
const ENDS_WITHIN = 20;
const STREAM_BACK_WITHIN = 5;

const seed = seedOf('deploy');
const random = prng(seed);
const journal = new Journal('deploy', seed);

describe('replicas that are replaced one after the other, under load', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  let informed: Balancer;
  let blind: Balancer;
  let brand: Brand;
  const accounts: string[] = [];
  const readers: Reader[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    await slowDownBatches(test.database);
    cluster = await FanfareCluster.start(test.url, {}, {}, {});
    informed = new Balancer(cluster, random);
    blind = new Balancer(cluster, random);
    brand = await givenBrand(test);
    while (accounts.length < BRANDS) accounts.push(await givenAccount());
    const people = Array.from({ length: READERS }, () => unique('reader'));
    await givenPeople(test.database, people);
    await givenFollowing(test.database, people, accounts);
    for (const sub of people)
      readers.push(new Reader(await subscriberToken(sub), () => random.pick(cluster.nodes).address));
    await Promise.all(readers.map((reader) => reader.arrive()));
  });
  afterAll(() => {
    for (const reader of readers) reader.leave();
  });
  afterAll(() => cluster.stop());
  afterAll(() => test.stop());
  afterAll(() => {
    journal.print();
  });

  it('answer every request, end in time, and lose no event', async () => {
    const traffic = new Traffic(brand, accounts, random);
    for (let client = 0; client < CLIENTS; client += 1)
      traffic.add(client % 2 === 0 ? informed : blind, client % 4 < 2);
    for (let deploy = 0; deploy < DEPLOYS; deploy += 1) {
      for (const node of cluster.nodes) {
        informed.takeOut(node);
        const begun = performance.now();
        node.process.signal('SIGTERM');
        await node.ended();
        const took = (performance.now() - begun) / 1_000;
        journal.worst('ended after, s', took);
        expect(took).toBeLessThan(ENDS_WITHIN);
        await node.start();
        informed.takeIn(node);
        journal.did('restarts');
      }
    }
    await traffic.stop();
    journal.did('requests', informed.answered + blind.answered);
    expect([...informed.failures, ...informed.resets, ...blind.failures]).toEqual([]);
    // Whoever goes on sending to a process that ends may meet the moment in which it closes its door.
    journal.measured('resets for who did not know that it ends', blind.resets.length);
    expect(blind.resets.length).toBeLessThan(blind.answered / 100);
    await untilPublished(test.database, traffic.scheduled);
    await expectPublishedOnce(test.database, traffic.scheduled, journal);
    await expectAllRead();
  });

  it('answer what somebody was just asking when they were told', async () => {
    const [node] = cluster.nodes as [ClusterNode];
    const socket = connect(Number(new URL(node.address).port), '127.0.0.1');
    const received = text(socket);
    socket.write('GET /v1/directory HTTP/1.1\r\nHost: here\r\n');
    await eventually(async () => (await ask('GET', `${node.address}/health/live`)).status === 200);
    node.process.signal('SIGTERM');
    await eventually(async () => !(await connects(node)));
    socket.write('\r\n');
    expect(await received).toMatch(/^HTTP\/1\.1 200 [^]*\r\nconnection: close\r\n/i);
    await node.ended();
    await node.start();
  });

  it('leave at once when they are told twice', async () => {
    const [node] = cluster.nodes as [ClusterNode];
    await withClient(test.url, async (holder) => {
      await holder.query('BEGIN; LOCK TABLE accounts');
      const asking = ask('GET', `${node.address}/v1/directory`).catch(() => undefined);
      await delay(300);
      node.process.signal('SIGTERM');
      await delay(1_200); // what comes sooner is taken for an echo of the first
      const begun = performance.now();
      node.process.signal('SIGTERM');
      expect((await node.process.exit).code).toBe(1);
      expect(performance.now() - begun).toBeLessThan(1_000);
      await asking;
      await holder.query('COMMIT');
    });
    journal.did('restarts that were forced');
  });

  async function connects({ address }: ClusterNode): Promise<boolean> {
    const probe = connect(Number(new URL(address).port), '127.0.0.1');
    return once(probe, 'connect').then(
      () => {
        probe.destroy();
        return true;
      },
      () => false,
    );
  }

  async function givenAccount(): Promise<string> {
    const request = { handle: unique('rye'), name: 'Rye', type: 'service', timeZone: 'UTC' };
    return expectStatus(201, await brand.owner.post<{ id: string }>('/accounts', request)).body.id;
  }

  async function expectAllRead(): Promise<void> {
    const rows = await test.database.query<{ id: string }[]>(
      'SELECT id FROM broadcasts WHERE sequence IS NOT NULL ORDER BY sequence',
    );
    const expected = rows.map(({ id }) => id);
    for (const reader of readers) {
      await eventually(() => reader.received.length >= expected.length);
      expect(reader.received).toEqual(expected);
      journal.worst('stream back after, s', reader.longestAbsence / 1_000);
    }
    expect(Math.max(...readers.map(({ longestAbsence }) => longestAbsence))).toBeLessThan(
      STREAM_BACK_WITHIN * 1_000,
    );
    journal.did(
      'streams moved',
      readers.reduce((sum, { moves }) => sum + moves, 0),
    );
    journal.checked('events read once and in order', expected.length * readers.length);
  }
});
