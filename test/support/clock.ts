import type { DataSource } from 'typeorm';

/**
 * Moves the clock of one test's own database: `fanfare_now()` is where every decision takes its instant from. Set it
 * where nothing else is writing the same function, that is, once at a time.
 */

/** Sets the clock to this instant, from which it runs on. */
export async function setClock(database: DataSource, iso: string): Promise<void> {
  // In seconds, since a day of an interval is as long as the session's zone makes it.
  const [{ ahead }] = await database.query<[{ ahead: string }]>(
    'SELECT extract(epoch FROM $1::timestamptz - clock_timestamp())::text AS ahead',
    [iso],
  );
  await replaceClock(database, `clock_timestamp() + make_interval(secs => ${ahead})`);
}

/** Stops the clock at this instant: whatever happens, it happens then. */
export async function stopClock(database: DataSource, iso: string): Promise<void> {
  await replaceClock(database, `timestamptz '${new Date(iso).toISOString()}'`);
}

/** Back to the machine's time. */
export async function resetClock(database: DataSource): Promise<void> {
  await replaceClock(database, 'clock_timestamp()');
}

async function replaceClock(database: DataSource, now: string): Promise<void> {
  await database.query(
    `CREATE OR REPLACE FUNCTION fanfare_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $clock$ SELECT ${now} $clock$`,
  );
}

/** What the clock shows now, in milliseconds since 1970. */
export async function databaseNow(database: DataSource): Promise<number> {
  return Date.now() + (await clockAhead(database));
}

/** How often the clock is read to know by how much it is ahead. */
const READINGS = 9;

/**
 * By how many milliseconds the clock is ahead of this process's, give or take half of the time that asking takes. Of
 * several readings the quickest counts: one that waited, for a busy process or a connection, may be wrong by half of that.
 */
export async function clockAhead(database: DataSource): Promise<number> {
  let quickest = { took: Infinity, ahead: 0 };
  for (let reading = 0; reading < READINGS; reading += 1) {
    const next = await readClock(database);
    if (next.took < quickest.took) quickest = next;
  }
  return quickest.ahead;
}

async function readClock(database: DataSource): Promise<{ took: number; ahead: number }> {
  const asked = Date.now();
  const [{ now }] = await database.query<[{ now: Date }]>('SELECT fanfare_now() AS now');
  const answered = Date.now();
  return { took: answered - asked, ahead: now.getTime() - (asked + answered) / 2 };
}
