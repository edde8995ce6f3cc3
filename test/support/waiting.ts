import type { DataSource } from 'typeorm';

/** Whether a statement of this database like the pattern waits for a lock that somebody else holds. */
export async function someoneWaits(database: DataSource, statement = '%'): Promise<boolean> {
  const waiting = await database.query<unknown[]>(
    `SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE $1 AND pid <> pg_backend_pid()`,
    [statement],
  );
  return waiting.length > 0;
}
