import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

const EVENTS = {
  'a new broadcast': 'AFTER INSERT ON broadcasts',
  'a publication': 'AFTER UPDATE OF status ON broadcasts',
} as const;

/**
 * Makes commits take their time: in the commit itself, when all that the application does is done.
 * @param seconds SQL, asked for each broadcast
 * @param application whose commits; those of everybody, if it is not said
 */
export async function slowDownCommits(
  database: DataSource,
  what: keyof typeof EVENTS,
  seconds: string,
  application?: string,
): Promise<void> {
  const isSlow =
    application === undefined ? 'true' : `current_setting('application_name') = '${application}'`;
  await database.query(`
    CREATE FUNCTION commit_slowly() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF ${isSlow} AND NEW.status IN ('draft', 'published') THEN PERFORM pg_sleep(${seconds}); END IF;
        RETURN NEW;
      END $$`);
  await database.query(`
    CREATE CONSTRAINT TRIGGER commit_slowly ${EVENTS[what]} DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION commit_slowly()`);
}

/** Until so many connections of an application at once are at a COMMIT that was slowed down. */
export async function untilCommitting(
  database: DataSource,
  application: string,
  count: number,
): Promise<void> {
  const committing = () =>
    database.query<unknown[]>(
      `SELECT FROM pg_stat_activity WHERE application_name = $1 AND wait_event = 'PgSleep' AND query = 'COMMIT'
          AND datname = current_database()`,
      [application],
    );
  while ((await committing()).length < count) await delay(3);
}
