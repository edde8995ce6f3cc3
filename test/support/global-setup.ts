import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/embedded-postgres';
import { migrate } from '../../src/migrate';
import { dropDatabase, withClient, withDatabaseName } from './database';

declare global {
  /** Ends what the set-up began; the teardown, which runs in the same process, calls it. */
  var endTestServer: (() => Promise<void>) | undefined;
}

/** Migrates one template database on TEST_DATABASE_URL or on an embedded server; every spec file clones it. */
export default async function setUp(): Promise<void> {
  process.env.TZ = 'UTC';
  const template = `fanfare_template_${randomBytes(4).toString('hex')}`;
  const server = await startServer(template);
  globalThis.endTestServer = server.end;
  endOnSignal(server.end);
  try {
    await withClient(server.url, (client) => client.query(`CREATE DATABASE "${template}"`));
    await migrate(withDatabaseName(server.url, template));
  } catch (error) {
    await server.end(); // Jest skips the teardown when the set-up fails
    throw error;
  }
  process.env.FANFARE_TEST_SERVER = server.url;
  process.env.FANFARE_TEST_TEMPLATE = template;
}

interface TestServer {
  readonly url: string;
  readonly end: () => Promise<void>;
}

async function startServer(template: string): Promise<TestServer> {
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined && url !== '') return { url, end: () => dropAll(url, template) };
  const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-test-'));
  await chmod(dataDir, 0o711); // else root's server, which runs as another user, could not enter it
  const embedded = await startEmbeddedPostgres({ dataDir, durable: false });
  return {
    url: embedded.url,
    end: async () => {
      await embedded.destroy();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** The template and whatever clones a failed test left. */
async function dropAll(url: string, template: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [template],
    );
    for (const { name } of rows) await dropDatabase(client, name);
  });
}

/** Jest runs no teardown after Ctrl-C, and the server, in a session of its own, would not notice. */
function endOnSignal(end: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void end().finally(() => process.exit(1));
    });
  }
}
