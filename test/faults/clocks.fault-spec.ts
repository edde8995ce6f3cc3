import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestApp, type TestApp } from '../support/app';
import { givenBrand, hello, type Brand } from '../support/given';
import { givenManyScheduled, untilPublished } from '../support/publishing';
import { fakeTimeLibrary, NO_FAKE_TIME, offsetText } from './rig/fake-time';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { ask } from './rig/http';
import { Journal } from './rig/journal';
import { expectPublishedOnce } from './rig/publishing-under-faults';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const DUE = 200;
const ROUNDS = size(1, 8);
const JUMPS = size(1, 20);
const HOUR = 3_600;
/** In seconds, of a burst: the second of the tick, and room for a machine that has other work. */
const LATEST = 5;

/** In New York the hour from 01:00 comes again: a scheduler that reads the wall clock loses it, or has it for ever. */
const SUMMER_ENDS = Date.parse('2026-11-01T06:00:00Z');
/** Seconds before that. */
const BEFORE = 3;

const seed = seedOf('clocks');
const random = prng(seed);
const journal = new Journal('clocks', seed);
if (fakeTimeLibrary === undefined) journal.leftOut(NO_FAKE_TIME);

(fakeTimeLibrary === undefined ? describe.skip : describe)(
  'replicas whose clocks and zones are wrong',
  () => {
    let test: TestApp;
    let cluster: FanfareCluster;
    let directory: string;
    let jumping: string;
    const scheduled: string[] = [];

    beforeAll(async () => {
      test = await startTestApp();
      directory = await mkdtemp(join(tmpdir(), 'fanfare-test-'));
      jumping = join(directory, 'clock');
      await writeFile(jumping, offsetText(0));
      cluster = await FanfareCluster.start(
        test.url,
        { clock: 300, TZ: 'America/New_York' },
        { clock: -300, TZ: 'Asia/Shanghai' },
        { clock: jumping, TZ: 'America/New_York' },
      );
    });
    afterEach(() => {
      for (const { proxy } of cluster.nodes) proxy.restore();
    });
    afterAll(() => cluster.stop());
    afterAll(() => rm(directory, { recursive: true }));
    afterAll(() => test.stop());
    afterAll(() => {
      journal.print();
    });

    it('publish what is due in the same second within a few, and never too early', async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const node of cluster.nodes) {
          only(node);
          await expectInTime(await givenDue(DUE, 1_500), `alone: ${node.name}`);
        }
        for (const { proxy } of cluster.nodes) proxy.restore();
        await expectInTime(await givenDue(DUE, 1_500), 'all together');
      }
    });

    it('know what is past and what is to come by the clock of the database alone', async () => {
      const brand = await givenBrand(test);
      for (const [index, node] of cluster.nodes.entries()) {
        const day = (index + 1) * 24 * HOUR;
        expect((await schedule(node, brand, day)).status).toBe(201);
        const isRefused = { status: 422, body: { type: '/problems/invalid-schedule' } };
        expect(await schedule(node, brand, -60)).toMatchObject(isRefused);
        expect((await schedule(node, brand, 400 * 24 * HOUR - 60)).status).toBe(201);
        expect(await schedule(node, brand, 400 * 24 * HOUR + 60)).toMatchObject(isRefused);
      }
    });

    it('go on when the clock jumps by an hour', async () => {
      const node = cluster.nodes[2] as ClusterNode;
      only(node);
      for (let jump = 0; jump < JUMPS; jump += 1) {
        const seconds = jump % 2 === 0 ? -random.int(HOUR) : random.int(HOUR);
        await writeFile(jumping, offsetText(seconds));
        journal.did('jumps of the clock');
        // The library reads the file once a second.
        await expectInTime(await givenDue(20, 1_200), 'after a jump');
        await expectInTime(await givenDue(20, 300), 'after a jump');
      }
    });

    it('go on over the end of summer time where the machine is', async () => {
      only(cluster.nodes[2]);
      await writeFile(jumping, offsetText(Math.round((SUMMER_ENDS - Date.now()) / 1_000) - BEFORE));
      for (let second = 0; second < BEFORE + 3; second += 1)
        await expectInTime(await givenDue(10, 900), 'at the end of summer');
      journal.did('clock changes');
    });

    it('have published everything once', async () => {
      await expectPublishedOnce(test.database, scheduled, journal);
    });

    /** Only this one can reach the database. */
    function only(node: ClusterNode | undefined): void {
      for (const other of cluster.nodes) {
        if (other === node) other.proxy.restore();
        else other.proxy.shut();
      }
    }

    /** From so many milliseconds ahead on, a millisecond after another. */
    async function givenDue(count: number, ahead: number): Promise<string[]> {
      const ids = await givenManyScheduled(test.database, count, new Date(Date.now() + ahead).toISOString());
      scheduled.push(...ids);
      return ids;
    }

    async function expectInTime(ids: readonly string[], when: string): Promise<void> {
      await untilPublished(test.database, ids);
      const [{ first, last }] = await test.database.query<[{ first: number; last: number }]>(
        `SELECT min(late) AS first, max(late) AS last FROM (
         SELECT extract(epoch FROM published_at - scheduled_at)::float8 AS late FROM broadcasts WHERE id = ANY ($1)) AS one`,
        [ids],
      );
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThan(LATEST);
      journal.worst(`${when}: latest, s`, last);
      journal.checked('broadcasts in time', ids.length);
    }

    function schedule(node: ClusterNode, brand: Brand, secondsAhead: number) {
      const at = new Date(Date.now() + secondsAhead * 1_000).toISOString();
      journal.did('instants asked for');
      return ask('POST', `${node.address}/v1${brand.path('/broadcasts')}`, {
        token: brand.owner.token ?? '',
        body: { content: hello, schedule: { at } },
      });
    }
  },
);
