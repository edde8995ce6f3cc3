import { Scheduler } from '../../src/publishing/scheduler.service';
import { PUBLISHED_CHANNEL } from '../../src/publishing/published-channel';
import { THREADS } from '../../src/inbox/inbox.sql';
import type { Client } from 'pg';
import type { TestApp } from '../support/app';
import { inTurns } from './alternation';
import { connect, settle, type Ground } from './ground';
import { startHere } from './process';
import { makeReader, seedReader, type Reader } from './readers';
import { compared, type Series } from './result';
import type { Measured, Prepared, Scenario } from './scenario';
import { accountId, seedAccounts, seedDue, seedFollowers } from './seed';
import { median } from './spread';

/** Broadcasts of each account in each round; their median counts. */
const EACH_ROUND = 10;

/** From the start of a tick until the broadcast is in a follower's inbox, for accounts of very different popularity. */
export const publishing: Scenario = {
  name: 'publishing',
  async prepare(ground): Promise<Prepared> {
    const { database, options, tell } = ground;
    const { followers } = options.sizes;
    const crowds = [1_000, 100, 10, 1].map((part) => Math.max(10, Math.round(followers / part)));
    if (options.large) crowds.push(followers * 10);
    await seedAccounts(database, 0, crowds.length, 'service');
    const reader = await makeReader('reader');
    await seedReader(
      database,
      reader,
      crowds.map((_, account) => account),
    );
    for (const [account, crowd] of crowds.entries()) {
      tell(`${crowd} followers${crowd >= 500_000 ? ', which takes a while' : ''}`);
      await seedFollowers(database, accountId(account), crowd);
    }
    await database.query('VACUUM ANALYZE');
    let set = 0;
    return {
      measure: () => measure(ground, crowds, reader),
      operations: (app) => ({
        'A tick with one broadcast to the largest crowd': async () => {
          await seedDue(database, { from: crowds.length - 1, until: crowds.length }, set, new Date());
          set += 1;
          await app.app.get(Scheduler).tick();
        },
      }),
    };
  },
};

async function measure(ground: Ground, crowds: readonly number[], reader: Reader): Promise<Measured> {
  const { options, tell } = ground;
  const app = await startHere(ground);
  const watch = await Watch.open(ground, reader);
  const sides = crowds.map((crowd, account) => [
    `${crowd} followers`,
    async () => ({ ms: await latencyOf(ground, app, watch, account) }),
  ]);
  const latencies = await inTurns(
    options.rounds,
    Object.fromEntries(sides) as Record<string, () => Promise<{ ms: number }>>,
    tell,
  );
  const costs = crowds.map((crowd) => ({ size: crowd, cost: latencies[`${crowd} followers`]?.ms }));
  const points = costs.flatMap(({ size, cost }) => (cost ? [{ size, cost }] : []));
  const [smallest, ...others] = points;
  if (!smallest) throw new Error('There is nobody to publish to.');
  const results = others.map(({ size, cost }) => {
    const measured = { what: `tick start to inbox, ${size} followers`, unit: 'ms' as const, figure: cost };
    return compared(measured, `${smallest.size} followers`, smallest.cost, { atMost: 1.3 });
  });
  const series: Series = {
    plot: 'followers',
    of: 'followers',
    what: 'publish: tick to inbox',
    unit: 'ms',
    points,
  };
  return { results, series: [series] };
}

let sets = 0;

async function latencyOf(ground: Ground, app: TestApp, watch: Watch, account: number): Promise<number> {
  const scheduler = app.app.get(Scheduler);
  await settle(ground);
  const latencies: number[] = [];
  for (let count = 0; count < EACH_ROUND; count += 1) {
    sets += 1;
    const [id = ''] = await seedDue(ground.database, { from: account, until: account + 1 }, sets, new Date());
    const seen = watch.untilSeen(accountId(account), id);
    const begun = performance.now();
    await Promise.all([scheduler.tick(), seen]);
    latencies.push((await seen) - begun);
  }
  return median(latencies);
}

/** Looks into an inbox from a connection of its own. */
class Watch {
  private constructor(
    private readonly client: Client,
    private readonly reader: Reader,
  ) {}

  static async open(ground: Ground, reader: Reader): Promise<Watch> {
    const client = await connect(ground);
    await client.query(`LISTEN ${PUBLISHED_CHANNEL}`);
    return new Watch(client, reader);
  }

  /** When the inbox showed it. Looks as soon as it is told that something was published. */
  untilSeen(account: string, broadcastId: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const look = () => {
        this.client
          .query<{ account_id: string; newest_id: string }>(THREADS, [this.reader.id])
          .then(({ rows }) => {
            if (rows.find((row) => row.account_id === account)?.newest_id !== broadcastId) return;
            this.client.off('notification', look);
            resolve(performance.now());
          })
          .catch(reject);
      };
      this.client.on('notification', look);
    });
  }
}
