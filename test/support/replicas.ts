import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { FanfareProcess } from './fanfare-process';
import { SECRETS } from './secrets';

/** How far a replica has come with its batch, by the statement that its connection is at. */
export const MOMENTS = {
  'while it marks the broadcasts': /^UPDATE broadcasts/,
  'while it writes the audit log': /^INSERT INTO audit_entries/,
  'in the middle of its commit': /^COMMIT/,
} as const;

export type Moment = keyof typeof MOMENTS;

/** Makes every statement of a replica's batch slow, a few milliseconds a row. Other connections are not slowed down. */
export async function slowDownBatches(database: DataSource): Promise<void> {
  await database.query(`
    CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('application_name') LIKE 'replica-%' THEN PERFORM pg_sleep(0.004); END IF;
        RETURN NEW;
      END $$`);
  await database.query(`
    CREATE TRIGGER take_time BEFORE UPDATE ON broadcasts
      FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION take_time()`);
  await database.query(`
    CREATE TRIGGER take_time BEFORE INSERT ON audit_entries
      FOR EACH ROW WHEN (NEW.action = 'broadcast.published') EXECUTE FUNCTION take_time()`);
  await database.query(`
    CREATE CONSTRAINT TRIGGER take_time_at_commit AFTER UPDATE ON broadcasts DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION take_time()`);
}

/** Replicas of the application in processes of their own, on one database, in which their batches take their time. */
export class Replicas {
  private readonly processes = new Map<string, FanfareProcess>();
  private started = 0;

  constructor(
    private readonly database: DataSource,
    private readonly url: string,
  ) {}

  start(): FanfareProcess {
    this.started += 1;
    const name = `replica-${this.started}`;
    const separator = this.url.includes('?') ? '&' : '?';
    const replica = new FanfareProcess({
      DATABASE_URL: `${this.url}${separator}application_name=${name}`,
      ...SECRETS,
    });
    this.processes.set(name, replica);
    return replica;
  }

  /** Waits until a replica has come so far with a batch, and says which one. */
  async at(moment: Moment): Promise<FanfareProcess> {
    for (;;) {
      const publisher = await publisherOn(this.database);
      const replica = this.processes.get(publisher?.name ?? '');
      if (replica && MOMENTS[moment].test(publisher?.statement ?? '')) return replica;
      await delay(3);
    }
  }

  async killAll(): Promise<void> {
    for (const replica of this.processes.values()) await replica.kill();
  }
}

/** Whose connection holds the publishers' lock, and what it is at. */
export async function publisherOn(
  database: DataSource,
): Promise<{ name: string; statement: string } | undefined> {
  const [holder] = await database.query<{ name: string; statement: string }[]>(
    `SELECT application_name AS name, query AS statement
       FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND objid = 20160002 AND granted AND datname = current_database()`,
  );
  return holder;
}
