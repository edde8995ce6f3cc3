import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { awaitDatabase } from '../src/await-database';
import { databaseOptions, LONGEST_SILENCE } from '../src/database';
import { toProblem } from '../src/errors/problem-document';
import { migrate } from '../src/migrate';
import { StartError } from '../src/start-error';
import { startTestApp } from './support/app';
import { withClient } from './support/database';
import { EmbeddedWorld } from './support/embedded';
import { eventually } from './support/eventually';
import { expectStatus } from './support/given';

/** A server that wants a password, as all but those on a developer's own machine do: scram-sha-256. */
describe('a database that asks for a password', () => {
  const world = new EmbeddedWorld();
  const role = 'fan';
  let directory: string;
  /** The administrator's own way in, and the socket's directory. */
  let url: string;
  let host: string;

  beforeAll(async () => {
    const dataDir = await world.dataDir();
    const server = await world.start(dataDir);
    ({ url } = server);
    host = new URL(url).searchParams.get('host') ?? '';
    await sql(`CREATE ROLE ${role} LOGIN`);
    await sql(`GRANT ALL ON SCHEMA public TO ${role}`);
    const [{ file }] = await ask<{ file: string }>(`SELECT current_setting('hba_file') AS file`);
    const rules = await readFile(file, 'utf8');
    await writeFile(file, `local all ${role} scram-sha-256\n${rules}`);
    await sql('SELECT pg_reload_conf()');
    await setPassword('first');
    directory = await mkdtemp(join(tmpdir(), 'fanfare-passfile-'));
  });
  afterEach(() => {
    delete process.env.PGPASSWORD;
    delete process.env.PGPASSFILE;
  });
  afterAll(async () => {
    await rm(directory, { recursive: true });
    await world.cleanUp();
  });

  const ask = <Row extends object>(text: string): Promise<[Row]> =>
    withClient(url, async (client) => (await client.query(text)).rows as [Row]);
  const sql = (text: string) => withClient(url, (client) => client.query(text));
  const setPassword = (password: string) =>
    sql(`ALTER ROLE ${role} PASSWORD '${password.replaceAll("'", "''")}'`);
  const as = (userInfo: string) =>
    `postgres://${userInfo}@${new URL(url).pathname}?host=${encodeURIComponent(host)}`;

  /** What the start says; empty where it has nothing against it. */
  async function refusalOf(address: string): Promise<string> {
    try {
      await awaitDatabase(address);
    } catch (error) {
      expect(error).toBeInstanceOf(StartError);
      return (error as StartError).message;
    }
    return '';
  }

  it.each([
    's3cret',
    'p@ss:w/rd#1?%50 &=+',
    ' with spaces at both ends ',
    'quote\'and"both\\',
    'pâté-рожь-黒パン-🥐',
    'Å and A\u030a',
    '\u00adsoft\u00a0space',
    '%',
    '=?utf-8?',
  ])('is opened by %p, encoded in the URL', async (password) => {
    await setPassword(password);
    expect(await refusalOf(as(`${role}:${encodeURIComponent(password)}`))).toBe('');
    const inQuery = `${as(role)}&password=${encodeURIComponent(password)}`;
    expect(await refusalOf(inQuery)).toBe('');
  });

  it.each(['wr0ng-pässword', 'wr0ng', 'first '])('refuses %p in one sentence, without it', async (wrong) => {
    await setPassword('first');
    const said = await refusalOf(as(`${role}:${encodeURIComponent(wrong)}`));
    expect(said).toMatch(/refuses: .*password/);
    expect(said).not.toContain(wrong.trim() === 'first' ? 'first' : wrong);
    expect(said).not.toContain('\n');
  });

  it('says that there is none, where there is none', async () => {
    const said = await refusalOf(as(role));
    expect(said).toMatch(/refuses: .*password/i);
    expect(said).not.toContain('\n');
  });

  it('is opened by PGPASSWORD, which the URL overrides', async () => {
    await setPassword('first');
    process.env.PGPASSWORD = 'first';
    expect(await refusalOf(as(role))).toBe('');
    process.env.PGPASSWORD = 'wr0ng';
    expect(await refusalOf(as(`${role}:first`))).toBe('');
    expect(await refusalOf(as(role))).not.toContain('wr0ng');
  });

  it('is opened by a password file that PGPASSFILE names', async () => {
    await setPassword('in:the\\file');
    const file = join(directory, 'pgpass');
    await appendFile(file, `*:*:*:${role}:in\\:the\\\\file\n`);
    await chmod(file, 0o600);
    process.env.PGPASSFILE = file;
    expect(await refusalOf(as(role))).toBe('');
  });

  it('whose password is changed while requests come in: all of them are 503 with Retry-After until it fits again', async () => {
    await setPassword('first');
    await sql('CREATE DATABASE served');
    await sql(`ALTER DATABASE served OWNER TO ${role}`);
    const served = as(`${role}:first`).replace(new URL(url).pathname, '/served');
    await migrate(served);
    const test = await startTestApp({ databaseUrl: served });
    const ana = test.api.as(
      expectStatus(201, await test.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub: 'ana' }))
        .body.token,
    );
    const requests = [
      () => test.api.get('/directory'),
      () => test.api.post('/login', { email: 'nobody@example.org', password: 'wrong-wrong-1' }),
      () => test.admin.get('/admin/accounts'),
      () => ana.get('/me/inbox'),
    ];
    const answers = () => Promise.all(requests.map((request) => request()));
    expect((await answers()).map(({ status }) => status)).toEqual([200, 401, 200, 200]);
    await setPassword('second');
    await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
    await eventually(async () => (await answers()).every(({ status }) => status !== 200 && status !== 401));
    for (const { status, headers, body } of await answers()) {
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('2');
      expect(body).toMatchObject({ type: '/problems/database-unavailable' });
      expect(JSON.stringify(body)).not.toMatch(/first|second|password/);
    }
    await setPassword('first');
    await eventually(async () => (await answers()).map(({ status }) => status).join() === '200,401,200,200');
    await test.stop();
    await sql('DROP DATABASE served WITH (FORCE)');
  });

  it('whose password is changed while Fanfare runs: 503 until it is the old one again', async () => {
    await setPassword('first');
    const options = databaseOptions(as(`${role}:first`), { longestSilence: LONGEST_SILENCE });
    const database = await new DataSource(options).initialize();
    const answer = () =>
      database.query('SELECT 1').then(
        () => ({ status: 200, type: '', text: '' }),
        (error: unknown) => {
          const { status, type, ...rest } = toProblem(error);
          return { status, type, text: JSON.stringify(rest) };
        },
      );
    try {
      expect((await answer()).status).toBe(200);
      await setPassword('second');
      await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
      await eventually(async () => (await answer()).status !== 200);
      for (let times = 0; times < 3; times += 1) {
        const { status, type, text } = await answer();
        expect([status, type]).toEqual([503, '/problems/database-unavailable']);
        expect(text).not.toMatch(/first|second/);
      }
      await setPassword('first');
      await eventually(async () => (await answer()).status === 200);
    } finally {
      await database.destroy();
    }
  });
});
