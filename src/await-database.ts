import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { sqlState } from './database';
import { StartError } from './start-error';

/** A database that is started together with this process may need a moment. In milliseconds. */
const PATIENCE = 8_000;
const ATTEMPT = 4_000;
const PAUSE = 500;

/** PostgreSQL's versions before this one are not tested. */
const OLDEST = 15;

/** "Not now": lost, too many connections, starting or stopping. Without any code it did not come from PostgreSQL. */
const PASSING = /^(08...|53300|57P0[1-3])$/;

/**
 * Waits until the database of `DATABASE_URL` answers.
 * @throws StartError when it does not within some ten seconds, refuses the credentials, or is too old
 */
export async function awaitDatabase(url: string, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      refuseOld(await versionOf(url));
      return;
    } catch (error) {
      if (error instanceof StartError) throw error;
      const state = sqlState(error);
      const isLasting = state !== undefined && !PASSING.test(state);
      if (isLasting || performance.now() > deadline) throw explain(error, url);
    }
    await delay(PAUSE, undefined, { signal });
  }
}

async function versionOf(url: string): Promise<number> {
  const client = new Client({
    connectionString: url,
    application_name: 'fanfare-start',
    connectionTimeoutMillis: ATTEMPT,
    query_timeout: ATTEMPT,
  });
  client.on('error', () => undefined); // a lost connection shows as the failure of the query
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string }>(
      `SELECT current_setting('server_version_num') AS version`,
    );
    return Math.floor(Number(rows[0]?.version) / 10_000);
  } finally {
    // Not awaited: a server that does not answer does not say good-bye either.
    client.end().catch(() => undefined);
  }
}

function refuseOld(version: number): void {
  if (version >= OLDEST) return;
  throw new StartError(`DATABASE_URL is PostgreSQL ${version}: Fanfare needs ${OLDEST} or newer.`);
}

/** Names the server, never the password. */
function explain(error: unknown, url: string): StartError {
  const { host, pathname, searchParams } = new URL(url);
  const { message = '', code = '' } = error as { message?: string; code?: string };
  const server = `${searchParams.get('host') ?? host}${pathname}`;
  const reason = message || code; // of several addresses that all refused, Node gives only the code
  const does = sqlState(error) === undefined ? 'does not answer' : 'refuses';
  return new StartError(`The database of DATABASE_URL (${server}) ${does}: ${reason}`, { cause: error });
}
