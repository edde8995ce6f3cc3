import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** SQLSTATE object_in_use: somebody is connected to the template just now. */
const IN_USE = '55006';
const TRIES = 20;

/** A database of its own for one spec file: a copy of the migrated template, in some 40 ms. Drop it in afterAll. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const server = required('FANFARE_TEST_SERVER');
  const template = required('FANFARE_TEST_TEMPLATE');
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  await withClient(server, (client) => createFromTemplate(client, name, template));
  return {
    url: withDatabaseName(server, name),
    drop: () => withClient(server, (client) => dropDatabase(client, name)),
  };
}

async function createFromTemplate(client: Client, name: string, template: string): Promise<void> {
  for (let tryNumber = 1; ; tryNumber += 1) {
    try {
      await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
      return;
    } catch (error) {
      if (tryNumber === TRIES || (error as { code?: unknown }).code !== IN_USE) throw error;
    }
    await delay(100);
  }
}

/** Cuts off whoever is still connected, so that a test which failed half-way leaves nothing behind. */
export async function dropDatabase(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
}

/** Lends a connection for `work`. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection shows as the failure of the query that needs it
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server, another database; a socket directory in `?host=` stays. */
export function withDatabaseName(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

function required(variable: string): string {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: test/support/global-setup.ts does that`);
  return value;
}
