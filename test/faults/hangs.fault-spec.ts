import { setTimeout as delay } from 'node:timers/promises';
import { startTestApp, type TestApp } from '../support/app';
import { eventually } from '../support/eventually';
import { givenBrand, givenScheduled } from '../support/given';
import { givenManyScheduled, untilPublished } from '../support/publishing';
import { type Moment, MOMENTS, slowDownBatches } from '../support/replicas';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { ask } from './rig/http';
import { Journal } from './rig/journal';
import { expectPublishedOnce, LATEST, publisherOf } from './rig/publishing-under-faults';
import { prng, seedOf } from './rig/seed';
import { isShort } from './rig/size';

/** Of each kind. Each takes as long as the database's patience with a transaction that says nothing. */
const ROUNDS = 3;

/** In milliseconds: the transaction of a batch that says nothing is ended after ten seconds. */
const HANG = 12_000;

/** Lets its event loop stand still, as a long computation would, when it is sent SIGUSR2. */
const BLOCKABLE =
  `--import=data:text/javascript,process.on('SIGUSR2',()=>Atomics.wait(` +
  `new(Int32Array)(new(SharedArrayBuffer)(4)),0,0,${HANG}))`;

const seed = seedOf('hangs');
const random = prng(seed);
const journal = new Journal('hangs', seed);

/** The suite that runs with every change has one such case, of a batch that is frozen. */
(isShort ? describe.skip : describe)('replicas of which one stands still for long', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  const scheduled: string[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    await slowDownBatches(test.database);
    const environment = { NODE_OPTIONS: BLOCKABLE };
    cluster = await FanfareCluster.start(test.url, { environment }, { environment }, { environment });
  });
  afterEach(() => {
    for (const node of cluster.nodes) node.wake();
  });
  afterAll(() => cluster.stop());
  afterAll(() => test.stop());
  afterAll(() => {
    journal.print();
  });

  const kinds = ['freezes', 'blocked event loops'] as const;
  const rounds = Array.from({ length: ROUNDS }, () => random.shuffle(kinds)).flat();

  it.each(rounds)(
    'publish, and it commits nothing when it goes on (%s)',
    async (kind) => {
      scheduled.push(...(await givenManyScheduled(test.database, 40, inMilliseconds(300))));
      const victim = await publisherAt(random.pick(Object.keys(MOMENTS) as Moment[]));
      journal.did(`${kind} in mid-batch`);
      const hanging = performance.now();
      victim.process.signal(kind === 'freezes' ? 'SIGSTOP' : 'SIGUSR2');
      await untilAllPublished();
      journal.worst('others had published all after, s', (performance.now() - hanging) / 1_000);
      const before = await everything();
      await delay(HANG - (performance.now() - hanging)); // until a blocked event loop goes on
      victim.wake();
      await untilReady(victim);
      expect(await everything()).toEqual(before);
      journal.checked('that it committed nothing when it went on');
    },
    90_000,
  );

  it('publish what one has locked that is frozen in the middle of a request', async () => {
    await test.database.query(`
      CREATE FUNCTION take_a_second() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$`);
    await test.database.query(`
      CREATE TRIGGER take_a_second BEFORE UPDATE ON broadcasts
        FOR EACH ROW WHEN (NEW.status = 'cancelled') EXECUTE FUNCTION take_a_second()`);
    for (let round = 0; round < ROUNDS; round += 1) {
      const brand = await givenBrand(test);
      const { id } = await givenScheduled(brand, { at: inMilliseconds(1_500) });
      scheduled.push(id);
      const victim = random.pick(cluster.nodes);
      const cancel = `${victim.address}/v1${brand.path(`/broadcasts/${id}/cancel`)}`;
      const answer = await frozenDuring(victim, () =>
        ask('POST', cancel, { token: brand.owner.token ?? '', patience: 120_000 }),
      );
      expect(answer.status).toBe(503);
      journal.did('freezes in mid-request');
    }
  });

  it('have published everything once', () => expectPublishedOnce(test.database, scheduled, journal), 60_000);

  /** Freezes it where its transaction has changed the broadcast, and wakes it when all is published. */
  async function frozenDuring<T>(victim: ClusterNode, act: () => Promise<T>): Promise<T> {
    const acting = act();
    await eventually(() => isCancelling(victim));
    victim.freeze();
    const frozen = performance.now();
    await untilAllPublished();
    journal.worst('others had published what it held after, s', (performance.now() - frozen) / 1_000);
    victim.wake();
    return acting;
  }

  async function isCancelling({ name }: ClusterNode): Promise<boolean> {
    const found = await test.database.query<object[]>(
      `SELECT FROM pg_stat_activity WHERE application_name = $1 AND query LIKE '%SET status = ''cancelled''%'`,
      [name],
    );
    return found.length > 0;
  }

  async function publisherAt(moment: Moment): Promise<ClusterNode> {
    for (;;) {
      const { node, statement } = await publisherOf(cluster, test.database);
      if (node && MOMENTS[moment].test(statement)) return node;
      await delay(3);
    }
  }

  function untilAllPublished(): Promise<void> {
    return untilPublished(test.database, scheduled, { seconds: LATEST });
  }

  /** Every broadcast as it stands in the database, and how often the log speaks of it. */
  function everything() {
    return test.database.query<object[]>(
      `SELECT b.*, (SELECT count(*) FROM audit_entries WHERE subject = 'broadcast:' || b.id) AS entries
         FROM broadcasts b ORDER BY id`,
    );
  }

  /** Its database answers and it has ticked a moment ago. */
  async function untilReady(node: ClusterNode): Promise<void> {
    await eventually(async () => (await ask('GET', `${node.address}/health/ready`)).status === 200, {
      seconds: 20,
    });
  }
});

function inMilliseconds(from: number): string {
  return new Date(Date.now() + from).toISOString();
}
