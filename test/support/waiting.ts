import type { DataSource } from 'typeorm';

/** Statements of this database like the pattern $1 that wait for a lock which somebody else holds. */
export const WAITING = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1 AND pid <> pg_backend_pid()`;

export async function someoneWaits(database: DataSource, statement = '%'): Promise<boolean> {
  return (await database.query<unknown[]>(WAITING, [statement])).length > 0;
}
