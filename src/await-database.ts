import { setTimeout as delay } from 'node:timers/promises';
import { connectionOptions, Session } from './postgres/connection';
import { describeDatabase, parseDatabaseUrl } from './postgres/database-url';
import { DatabaseUrlError } from './postgres/database-url-error';
import { isWorthWaitingFor, sqlState } from './postgres/sql-state';
import { type ServerFacts, unsuitable } from './postgres/suitable-server';
import { StartError } from './start-error';

/** A database that is started together with this process may need a moment. In milliseconds. */
const PATIENCE = 8_000;
const ATTEMPT = 4_000;
const PAUSE = 500;

/**
 * Waits until the database of `DATABASE_URL` answers.
 * @throws StartError when it does not within some ten seconds, refuses the credentials, or is none that Fanfare can work with
 */
export async function awaitDatabase(url: string, signal?: AbortSignal): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  for (;;) {
    try {
      const reason = unsuitable(await factsOf(url));
      if (reason !== undefined) throw new StartError(`DATABASE_URL ${reason}`);
      return;
    } catch (error) {
      if (error instanceof StartError) throw error;
      if (error instanceof DatabaseUrlError) throw new StartError(error.message);
      if (!isWorthWaitingFor(error) || performance.now() > deadline) throw explain(error, url);
    }
    await delay(PAUSE, undefined, { signal });
  }
}

async function factsOf(url: string): Promise<ServerFacts> {
  const client = new Session({
    ...connectionOptions(url, { applicationName: 'fanfare-start' }),
    connectionTimeoutMillis: ATTEMPT,
    query_timeout: ATTEMPT,
  });
  client.on('error', () => undefined); // a lost connection shows as the failure of the query
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(
      `SELECT current_setting('server_version_num')::integer / 10000 AS version, version() AS name,
              current_setting('server_encoding') AS encoding, current_schema() AS schema,
              coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) AS "mayCreate",
              current_setting('transaction_read_only') = 'on' AS "isReadOnly"`,
    );
    if (!rows[0]) throw new Error('it does not answer a question');
    return rows[0];
  } finally {
    // Not awaited: a server that does not answer does not say good-bye either.
    client.end().catch(() => undefined);
  }
}

/** Names the server, never the password. */
function explain(error: unknown, url: string): StartError {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  const server = describeDatabase(parseDatabaseUrl(url));
  const reason = message || code; // of several addresses that all refused, Node gives only the code
  const hasAnswered = sqlState(error) !== undefined || /certificate|SSL|SASL|SCRAM|self-signed/i.test(reason);
  const does = hasAnswered ? 'refuses' : 'does not answer';
  return new StartError(`The database of DATABASE_URL (${server}) ${does}: ${reason}${hint(reason)}`, {
    cause: error,
  });
}

/** What to do about the commonest of them. */
function hint(reason: string): string {
  if (/no encryption|SSL off/i.test(reason)) return '. It wants TLS: add ?sslmode=require to the URL.';
  if (/certificate|self-signed/i.test(reason)) {
    return '. Name the file of its authority with sslrootcert, or do not have it verified, with sslmode=require.';
  }
  if (/does not support SSL/i.test(reason)) return ': with sslmode=prefer or disable it is used without TLS.';
  if (/unsupported startup parameter: options/i.test(reason)) {
    return '. This pooler takes no options: leave them out, and set the search path for the role (ALTER ROLE … SET search_path).';
  }
  return '';
}
