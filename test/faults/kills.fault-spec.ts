import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from '../support/app';
import { expectStatus, givenSubscriber } from '../support/given';
import { givenManyScheduled, untilPublished } from '../support/publishing';
import { slowDownBatches } from '../support/replicas';
import { Casualties } from './rig/casualties';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { givenFollowing, givenPeople } from './rig/following';
import { findInboxFaults, readInbox } from './rig/inbox-faults';
import { Journal } from './rig/journal';
import { expectPublishedOnce, LATEST, publisherOf } from './rig/publishing-under-faults';
import { prng, seedOf } from './rig/seed';
import { size } from './rig/size';

const KILLS = size(6, 150);
/** Each follows about half of the accounts. */
const PEOPLE = ['ana', 'ben', 'chiara', 'dae', 'emre'];

const seed = seedOf('kills');
const random = prng(seed);
const journal = new Journal('kills', seed);

describe('three replicas that publish, of which now and then one dies or stands still', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  const scheduled: string[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    await slowDownBatches(test.database);
    await givenPeople(test.database, PEOPLE);
    cluster = await FanfareCluster.start(test.url, {}, {}, {});
  });
  afterAll(() => cluster.stop());
  afterAll(() => test.stop());
  afterAll(() => {
    journal.print();
  });

  it('publish each broadcast once, soon, and to those who follow', async () => {
    const casualties = new Casualties(cluster);
    while (journal.count('kills') < KILLS) {
      await givenDue(1 + random.int(60));
      await delay(random.between(50, 250));
      // One at least is left standing: what is shown is that it takes over.
      await casualties.untilStanding(2);
      const publishing = random.next() < 0.6 ? await publisherSoon() : undefined;
      const isStanding = publishing !== undefined && casualties.standing.includes(publishing);
      const victim = isStanding ? publishing : random.pick(casualties.standing);
      if (random.next() < 0.75) {
        journal.did('kills');
        if (isStanding) journal.did('kills in mid-batch');
        casualties.strike(victim, () => victim.restart());
      } else {
        journal.did('freezes');
        casualties.strike(victim, () => freeze(victim, random.between(50, 4_000)));
      }
    }
    await casualties.recovered();
    await untilPublished(test.database, scheduled, { seconds: LATEST });
    await expectPublishedOnce(test.database, scheduled, journal);
    expect(await inboxFaults()).toEqual([]);
    // A machine that is busy takes long to start so many processes anew.
  });

  it('leave a whole audit log', async () => {
    const verified = await test.admin.get<{ valid: boolean; sealed: number }>('/admin/audit/verify');
    expect(expectStatus(200, verified).body).toMatchObject({ valid: true });
  });

  /** Due within a second or so, of accounts that some people follow. */
  async function givenDue(count: number): Promise<void> {
    const from = new Date(Date.now() + random.between(150, 1_200)).toISOString();
    const ids = await givenManyScheduled(test.database, count, from);
    scheduled.push(...ids);
    journal.did('broadcasts scheduled', count);
    const accounts = await test.database.query<{ id: string }[]>(
      'SELECT DISTINCT account_id AS id FROM broadcasts WHERE id = ANY ($1)',
      [ids],
    );
    await givenFollowing(
      test.database,
      PEOPLE,
      accounts.map(({ id }) => id),
      2,
    );
  }

  async function freeze(node: ClusterNode, milliseconds: number): Promise<void> {
    node.freeze();
    await delay(milliseconds);
    node.wake();
  }

  /** Whoever is at a batch within the next second, at any moment of it. */
  async function publisherSoon(): Promise<ClusterNode | undefined> {
    for (let look = 0; look < 100; look += 1) {
      const { node } = await publisherOf(cluster, test.database);
      if (node) return node;
      await delay(10);
    }
    return undefined;
  }

  async function inboxFaults(): Promise<string[]> {
    const accounts = await test.database.query<{ id: string }[]>('SELECT id FROM accounts');
    const ids = accounts.map(({ id }) => id);
    return findInboxFaults(test.database, PEOPLE, async (sub) => {
      const found = await readInbox(await givenSubscriber(test, sub), ids);
      journal.checked('broadcasts in inboxes', found.length);
      return found;
    });
  }
});
