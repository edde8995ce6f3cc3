import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** "fanfare" in ASCII; taken in the database "postgres", where nothing else takes advisory locks. */
const OWNERS_LOCK = '28817574416446053';
const PATIENCE = 2_000;
const LOCK_INTERVAL = 100;
const RETAKE_INTERVAL = 1_000;

/** Another live process uses the same embedded server. */
export class OwnedElsewhereError extends Error {}

/**
 * The right to use an embedded server and to stop it: a session lock on a connection that stays open for the life of
 * the process. It ends when the process does, however that ends, so that an orphaned server can be adopted at once; a
 * file with a process number in it would outlive a SIGKILL.
 */
export class Ownership {
  private client: Client | undefined;
  private isReleased = false;

  /**
   * @param url any database of the server other than the application's
   * @param database is created if it does not exist
   */
  constructor(
    private readonly url: string,
    private readonly database: string,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * Waits for two seconds at most, since the server needs a moment to notice that a killed owner is gone.
   *
   * @throws OwnedElsewhereError
   */
  async take(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: `Fanfare process ${process.pid}`,
      connectionTimeoutMillis: 5_000,
      query_timeout: 30_000,
    });
    client.on('error', (error) => {
      if (client === this.client && !this.isReleased) void this.retake(error);
    });
    try {
      await client.connect();
      await lock(client);
      await createDatabaseOnce(client, this.database);
    } catch (error) {
      await close(client);
      throw error;
    }
    this.client = client;
  }

  /** Gives the lock up after `stop`: until the server is down nobody else may adopt it. */
  async release(stop: () => Promise<void>): Promise<void> {
    this.isReleased = true;
    await stop();
    if (this.client) await close(this.client);
  }

  /** A server that has lost one backend to a crash drops all connections, this one too, and goes on. */
  private async retake(reason: Error): Promise<void> {
    this.log(`Lost the connection to the embedded database: ${reason.message}`);
    for (;;) {
      await delay(RETAKE_INTERVAL, undefined, { ref: false });
      if (this.isReleased) return;
      try {
        await this.take();
        this.log('Connected to the embedded database again.');
        return;
      } catch {
        // The server is not back yet; readiness checks tell the operator.
      }
    }
  }
}

async function lock(client: Client): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  while (!(await tryLock(client))) {
    if (Date.now() > deadline) {
      const owner = (await ownerOf(client)) ?? 'another process';
      throw new OwnedElsewhereError(
        `${owner} is using the embedded database. Stop that first, or choose another DATA_DIR.`,
      );
    }
    await delay(LOCK_INTERVAL);
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    OWNERS_LOCK,
  ]);
  return rows[0]?.taken === true;
}

async function ownerOf(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity
      WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)`,
  );
  return rows[0]?.name;
}

async function createDatabaseOnce(client: Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  if (rowCount === 0) await client.query(`CREATE DATABASE "${name}"`);
}

async function close(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}
