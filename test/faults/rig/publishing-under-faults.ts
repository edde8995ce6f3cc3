import type { DataSource } from 'typeorm';
import { publisherOn } from '../../support/replicas';
import { findFaults } from './checker';
import { ALL_MATCHED, matchDue, readDue } from './due-matching';
import type { ClusterNode, FanfareCluster } from './fanfare-cluster';
import type { Journal } from './journal';

/** In seconds: how late a broadcast may go out because the replica that was at it has died or hangs. */
export const LATEST = 30;

/** Which replica is at a batch just now, and at which statement of it. */
export async function publisherOf(
  cluster: FanfareCluster,
  database: DataSource,
): Promise<{ readonly node: ClusterNode | undefined; readonly statement: string }> {
  const { name, statement = '' } = (await publisherOn(database)) ?? {};
  return { node: cluster.nodes.find((node) => node.name === name), statement };
}

/** Everything that was scheduled in this database was published, once, in its time, and nothing else happened. */
export async function expectPublishedOnce(
  database: DataSource,
  scheduled: readonly string[],
  journal: Journal,
): Promise<void> {
  const { targets, published, missed } = await readDue(database, LATEST);
  expect(targets.map(({ id }) => id).sort()).toEqual([...scheduled].sort());
  expect(matchDue(targets, published)).toEqual(ALL_MATCHED);
  expect(missed).toEqual([]);
  expect(await findFaults(database)).toEqual([]);
  journal.checked('broadcasts published once and in time', targets.length);
  const [lateness] = await database.query<[{ p50: number; p99: number; max: number }]>(
    `SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY late) AS p50,
            percentile_cont(0.99) WITHIN GROUP (ORDER BY late) AS p99, max(late) AS max
       FROM (SELECT extract(epoch FROM published_at - scheduled_at)::float8 AS late FROM broadcasts
              WHERE published_at IS NOT NULL) AS one`,
  );
  for (const [name, value] of Object.entries(lateness)) journal.measured(`lateness ${name}, s`, value);
}
