import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { awaitDatabase } from '../src/await-database';
import { DataSource } from 'typeorm';
import { databaseOptions, LONGEST_SILENCE } from '../src/database';
import { toProblem } from '../src/errors/problem-document';
import { migrate } from '../src/migrate';
import { StartError } from '../src/start-error';
import {
  cloneDatabase,
  dropDatabase,
  type TestDatabase,
  withClient,
  withDatabaseName,
} from './support/database';
import { eventually } from './support/eventually';
import { closeNow, listenLocally, originOf } from './support/local-server';

const server = process.env.FANFARE_TEST_SERVER ?? '';

/** What the start says of the database; empty where it has nothing against it. */
async function refusalOf(url: string): Promise<string> {
  try {
    await awaitDatabase(url);
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message;
  }
  return '';
}

describe('a database', () => {
  let clone: TestDatabase;
  const role = `fan_${randomBytes(4).toString('hex')}`;
  const as = (url: string, user: string) => {
    const address = new URL(url);
    address.searchParams.set('user', user);
    return address.href.replace(/\/\/[^/@]*@/, '//');
  };
  const sql = (text: string, url = clone.url) => withClient(url, (client) => client.query(text));

  beforeAll(async () => {
    clone = await cloneDatabase();
    await sql(`CREATE ROLE ${role} LOGIN PASSWORD 's3cret'`);
  });
  afterAll(async () => {
    await sql(`DROP OWNED BY ${role}`);
    await clone.drop();
    await sql(`DROP ROLE ${role}`, server);
  });

  it.each(['LATIN1', 'SQL_ASCII'])('in another encoding: %s', async (encoding) => {
    const name = `fanfare_${encoding.toLowerCase()}_${randomBytes(4).toString('hex')}`;
    await sql(
      `CREATE DATABASE "${name}" TEMPLATE template0 ENCODING '${encoding}' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'`,
      server,
    );
    expect(await refusalOf(withDatabaseName(server, name))).toContain(`in the encoding ${encoding}`);
    await withClient(server, (client) => dropDatabase(client, name));
  });

  it('that does not exist', async () => {
    expect(await refusalOf(withDatabaseName(server, 'no_such_database'))).toMatch(
      /refuses: .*does not exist/,
    );
  });

  it('whose user may not make tables', async () => {
    expect(await refusalOf(as(clone.url, role))).toContain('may not create tables in the schema "public"');
  });

  it('whose user may not make the schema of the jobs', async () => {
    await sql(`CREATE SCHEMA alone AUTHORIZATION ${role}`);
    const url = new URL(as(clone.url, role));
    url.searchParams.set('options', '-c search_path=alone');
    expect(await refusalOf(url.href)).toBe('');
    await expect(migrate(url.href)).rejects.toThrow('permission denied for database');
  });

  it('whose search path leads nowhere', async () => {
    const url = new URL(clone.url);
    url.searchParams.set('options', '-c search_path=nowhere');
    expect(await refusalOf(url.href)).toContain('search path without a schema that exists');
  });

  it('that can only be read', async () => {
    const url = new URL(clone.url);
    url.searchParams.set('options', '-c default_transaction_read_only=on');
    expect(await refusalOf(url.href)).toContain('can only be read');
  });

  it('that is none at all', async () => {
    const web = createServer((_, reply) => reply.end('hello'));
    const mysql = createServer().on('connection', (socket) => socket.end('J\0\0\0\n8.0.36\0'));
    for (const other of [web, mysql]) {
      await listenLocally(other);
      const { host } = new URL(originOf(other));
      const said = await refusalOf(`postgres://fan:s3cret@${host}/fan1`);
      expect(said).toContain(`(${host}/fan1)`);
      expect(said).not.toContain('s3cret');
      expect(said).not.toContain('\n');
      await closeNow(other);
    }
  }, 60_000);

  it('that gives fewer connections than the pool would have: work waits its turn, and is not refused', async () => {
    await sql(`ALTER ROLE ${role} CONNECTION LIMIT 3`);
    const options = databaseOptions(as(clone.url, role), { longestSilence: LONGEST_SILENCE });
    const database = await new DataSource(options).initialize();
    try {
      const work = Array.from({ length: 80 }, () => database.query<object[]>('SELECT pg_sleep(0.01)'));
      expect(await Promise.all(work)).toHaveLength(80);
    } finally {
      await database.destroy();
      await sql(`ALTER ROLE ${role} CONNECTION LIMIT -1`);
    }
  });

  it('a user who is let in no more is 503 for requests, and all is well once they are again', async () => {
    await sql(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
    const options = databaseOptions(as(clone.url, role), { longestSilence: LONGEST_SILENCE });
    const database = await new DataSource(options).initialize();
    const read = () =>
      database.query('SELECT FROM accounts').then(
        () => 200,
        (error: unknown) => toProblem(error).status,
      );
    try {
      expect(await read()).toBe(200);
      await sql(`ALTER ROLE ${role} NOLOGIN`);
      await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
      await eventually(async () => (await read()) !== 200);
      expect(await read()).toBe(503);
      await sql(`ALTER ROLE ${role} LOGIN`);
      await eventually(async () => (await read()) === 200);
    } finally {
      await database.destroy();
    }
  });
});
