import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/database';
import { startEmbeddedPostgres } from '../../src/embedded-postgres';
import { migrate } from '../../src/migrate';
import { dropDatabase, withClient, withDatabaseName } from '../support/database';
import { eventually } from '../support/eventually';
import type { Options } from './options';

type Ending = () => Promise<unknown>;

/** What was begun and has to be ended, the latest first, whatever fails. */
export class Endings {
  private readonly endings: Ending[] = [];

  add(ending: Ending): void {
    this.endings.push(ending);
  }

  async run(): Promise<void> {
    for (let ending = this.endings.pop(); ending; ending = this.endings.pop()) {
      await ending().catch((error: unknown) => {
        console.error(error);
      });
    }
  }
}

/** A migrated database of one scenario's own, and what it has to know of the run. */
export interface Ground {
  readonly url: string;
  readonly database: DataSource;
  readonly options: Options;
  readonly endings: Endings;
  /** Says how far it has come. */
  readonly tell: (line: string) => void;
}

/** Durable as in production, unless a server is given, which is as it is. */
export async function startServer(endings: Endings): Promise<string> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given !== undefined && given !== '') return given;
  const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-bench-'));
  await chmod(dataDir, 0o711); // else root's server, which runs as another user, could not enter it
  endings.add(() => rm(dataDir, { recursive: true, force: true }));
  const embedded = await startEmbeddedPostgres({ dataDir });
  endings.add(() => embedded.destroy());
  return embedded.url;
}

export async function prepareGround(
  server: string,
  scenario: string,
  options: Options,
  endings: Endings,
): Promise<Ground> {
  const name = `fanfare_bench_${process.pid}_${scenario}`;
  const url = withDatabaseName(server, name);
  await withClient(server, (client) => client.query(`CREATE DATABASE "${name}"`));
  endings.add(() => withClient(server, (client) => dropDatabase(client, name)));
  await migrate(url);
  const database = await createDataSource(url, { poolSize: 4 }).initialize();
  endings.add(() => database.destroy());
  return { url, database, options, endings, tell: teller(scenario) };
}

/** A connection beside those of the application. */
export async function connect({ url, endings }: Ground): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // a lost connection shows as the failure of the query that needs it
  await client.connect();
  endings.add(() => client.end());
  return client;
}

const begun = performance.now();

/** On stderr, so that stdout holds the results and nothing else. */
export function teller(scenario: string): (line: string) => void {
  return (line) => {
    const seconds = ((performance.now() - begun) / 1000).toFixed(0).padStart(4);
    process.stderr.write(`${seconds} s  ${scenario}: ${line}\n`);
  };
}

/** Writes what the last measurement left in memory: whoever is measured next does not pay for it. */
export async function settle({ database }: Ground): Promise<void> {
  // Not everybody may; then the pages are written when the server likes.
  await database.query('CHECKPOINT').catch(() => undefined);
}

/** Until the process that serves has sealed what it was asked to write: it does so behind the requests' backs. */
export async function untilSealed({ database }: Ground): Promise<void> {
  await eventually(
    async () =>
      (await database.query<unknown[]>('SELECT FROM audit_entries WHERE sequence IS NULL LIMIT 1')).length ===
      0,
    { seconds: 120 },
  );
}
