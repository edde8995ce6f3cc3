import type { DataSource } from 'typeorm';
import { withClient } from './database';
import { eventually } from './eventually';

/** Statements of this database like the pattern $1 that wait for a lock which somebody else holds. */
const WAITING = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1 AND pid <> pg_backend_pid()`;

/** To be asked outside a transaction, within which pg_stat_activity stays as it was when it was first looked at. */
export async function someoneWaits(database: DataSource, statement = '%'): Promise<boolean> {
  return (await database.query<unknown[]>(WAITING, [statement])).length > 0;
}

/** So many at least. Asks on a connection of its own, since that of the lock's holder is in a transaction. */
export async function untilWaiting(url: string, statement: string, count = 1): Promise<void> {
  await withClient(url, (watcher) =>
    eventually(async () => (await watcher.query(WAITING, [statement])).rows.length >= count),
  );
}
