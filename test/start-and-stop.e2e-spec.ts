import { existsSync, readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { cloneDatabase, withClient } from './support/database';
import { EmbeddedWorld, lockFile, serverProcess } from './support/embedded';
import { eventually } from './support/eventually';
import { FanfareProcess } from './support/fanfare-process';
import { untilWaiting } from './support/waiting';

const ADMIN_KEY = /Admin's API key +(fan_\w+)/;

const CLEAN = { code: 0, signal: null };

describe('a process of the application', () => {
  const world = new EmbeddedWorld();
  const processes: FanfareProcess[] = [];
  /** The first test makes the database in it, the others find it there. */
  let DATA_DIR: string;
  let adminKey: string;
  beforeAll(async () => {
    DATA_DIR = await world.dataDir();
  });
  afterEach(async () => {
    for (const process of processes.splice(0)) await process.kill();
  });
  afterAll(() => world.cleanUp());

  function start(environment: Readonly<Record<string, string>>): FanfareProcess {
    const process = new FanfareProcess(environment);
    processes.push(process);
    return process;
  }

  async function stop(process: FanfareProcess) {
    process.signal('SIGTERM');
    return process.exit;
  }

  const isDatabaseRunning = () => existsSync(lockFile(DATA_DIR));

  it('starts on an empty directory, shows the first admin their key, and ends with its database', async () => {
    const fanfare = start({ DATA_DIR });
    const address = await fanfare.address();
    await eventually(async () => (await fetch(`${address}/health/ready`)).ok);
    expect((await fetch(`${address}/docs`)).status).toBe(200);
    adminKey = (await fanfare.says(ADMIN_KEY))[1] ?? '';
    await expectAdmin(address, adminKey);
    expect(await stop(fanfare)).toEqual(CLEAN);
    expect(isDatabaseRunning()).toBe(false);
  });

  it('starts again, also at once after SIGKILL on the database server that goes on running; the key is not shown again', async () => {
    const first = start({ DATA_DIR });
    await expectAdmin(await first.address(), adminKey);
    const server = serverProcess(DATA_DIR);
    await first.kill();
    const second = start({ DATA_DIR });
    await expectAdmin(await second.address(), adminKey);
    expect(second.output).toMatch(/Adopted/);
    expect(serverProcess(DATA_DIR)).toBe(server);
    expect(first.output + second.output).not.toMatch(ADMIN_KEY);
    expect(await stop(second)).toEqual(CLEAN);
    expect(isDatabaseRunning()).toBe(false);
  });

  it('answers what was begun before it ends, and is held up by no client', async () => {
    const fanfare = start({ DATA_DIR });
    const address = await fanfare.address();
    const idle = new Agent({ keepAlive: true });
    expect(await get(`${address}/v1/directory`, idle)).toBe(200);
    const stuck = connect(Number(new URL(address).port), '127.0.0.1').on('error', () => undefined);
    stuck.write('POST /v1/login HTTP/1.1\r\nHost: here\r\nContent-Length: 99\r\n\r\n{');

    const begun = performance.now();
    const status = await withClient(databaseOf(DATA_DIR), async (client) => {
      await client.query('BEGIN; LOCK TABLE accounts');
      const answer = get(`${address}/v1/directory`, new Agent({ keepAlive: true }));
      await untilWaiting(databaseOf(DATA_DIR), '%accounts%');
      fanfare.signal('SIGTERM');
      await fanfare.says(/SIGTERM/);
      await client.query('COMMIT');
      return answer;
    });
    expect(status).toBe(200);
    expect(await fanfare.exit).toEqual(CLEAN);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(isDatabaseRunning()).toBe(false);
    idle.destroy();
    stuck.destroy();
  });

  it('leaves nothing behind when it is told to end while it is still starting', async () => {
    const empty = await world.dataDir();
    const fanfare = start({ DATA_DIR: empty });
    await fanfare.says(/Creating the embedded database/);
    expect(await stop(fanfare)).toEqual(CLEAN);
    expect(fanfare.output).not.toMatch(/Fanfare is at/);
    expect(existsSync(lockFile(empty))).toBe(false);
    expect((await readdir(empty)).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('names every mistake of its configuration, and does not start', async () => {
    const fanfare = start({
      DATA_DIR,
      PORT: 'http',
      LATE_LIMIT: '-1',
      ADMIN_API_KEY: 'short',
      AUTO_APPROVE: 'yes',
    });
    expect(await fanfare.exit).toEqual({ code: 1, signal: null });
    for (const name of ['PORT', 'LATE_LIMIT', 'ADMIN_API_KEY', 'AUTO_APPROVE'])
      expect(fanfare.output).toContain(`- ${name} `);
    expect(fanfare.output).not.toContain('at '); // no stack
  });

  it('tells balancers that it ends while it still serves, for as long as SHUTDOWN_DELAY says', async () => {
    const fanfare = start({ DATA_DIR, SHUTDOWN_DELAY: '3' });
    const address = await fanfare.address();
    await eventually(async () => (await fetch(`${address}/health/ready`)).ok);
    const begun = performance.now();
    fanfare.signal('SIGTERM');
    await fanfare.says(/SIGTERM/);
    const statuses = new Set<number>();
    // New connections, as those of a balancer and of clients that it still sends here.
    await eventually(async () => {
      const ready = await fetch(`${address}/health/ready`, { headers: { connection: 'close' } });
      statuses.add(ready.status);
      expect(await ready.text()).toContain('shutting down');
      return ready.status === 503;
    });
    expect((await fetch(`${address}/v1/directory`, { headers: { connection: 'close' } })).status).toBe(200);
    expect(statuses).toEqual(new Set([503]));
    expect(await fanfare.exit).toEqual(CLEAN);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(2_900);
  });

  it.each([
    ['a DATA_DIR that is a file', { DATA_DIR: '/etc/hostname' }, /DATA_DIR \/etc\/hostname/],
    ['a DATA_DIR below a file', { DATA_DIR: '/etc/hostname/data' }, /DATA_DIR \/etc\/hostname\/data/],
    ['a DATA_DIR where no directory can be', { DATA_DIR: '/proc/fanfare' }, /DATA_DIR \/proc\/fanfare/],
    ['a HOST that is no name', { HOST: 'no such host' }, /HOST no such host/],
    ['a HOST that is not of this machine', { HOST: '192.0.2.1' }, /HOST 192\.0\.2\.1/],
  ])('says in one sentence that it cannot start with %s', async (_, environment, words) => {
    const fanfare = start({ DATA_DIR, ...environment });
    expect(await fanfare.exit).toEqual({ code: 1, signal: null });
    expect(fanfare.output).toMatch(words);
    expect(fanfare.output).not.toMatch(/\bat .*:\d+:\d+/); // no stack
  });

  it('says that its port is taken, and takes its database server down again', async () => {
    const taken = await listening();
    const PORT = String(portOf(taken));
    const fanfare = start({ DATA_DIR, PORT });
    expect(await fanfare.exit).toEqual({ code: 1, signal: null });
    expect(fanfare.output).toContain(`Cannot listen at HOST 127.0.0.1, PORT ${PORT}`);
    expect(isDatabaseRunning()).toBe(false);
    taken.close();
  });

  it('shows the first admin their key also where nothing can be served after that', async () => {
    const taken = await listening();
    const fresh = await world.dataDir();
    const failed = start({ DATA_DIR: fresh, PORT: String(portOf(taken)) });
    expect(await failed.exit).toEqual({ code: 1, signal: null });
    taken.close();
    const [, key = ''] = await failed.says(ADMIN_KEY);
    const fanfare = start({ DATA_DIR: fresh });
    await expectAdmin(await fanfare.address(), key);
    expect(fanfare.output).not.toMatch(ADMIN_KEY);
    expect(await stop(fanfare)).toEqual(CLEAN);
  });

  it('gives up on a database that does not answer, and says which, but not its password', async () => {
    const silent = await listening();
    const nobody = await listening();
    const nobodysPort = portOf(nobody);
    nobody.close();
    const ports = [portOf(silent), nobodysPort];
    const begun = performance.now();
    const attempts = ports.map((port) =>
      start({ DATABASE_URL: `postgres://fanfare:secret@127.0.0.1:${port}/fanfare` }),
    );
    const exits = await Promise.all(attempts.map(({ exit }) => exit));
    silent.close();
    expect((performance.now() - begun) / 1000).toBeLessThan(45);
    for (const [index, fanfare] of attempts.entries()) {
      expect(exits[index]).toEqual({ code: 1, signal: null });
      expect(fanfare.output).toContain(`(127.0.0.1:${ports[index] ?? 0}/fanfare) does not answer`);
      expect(fanfare.output).not.toContain('secret');
    }
  });

  it('says at once what a database that answers refuses', async () => {
    const clone = await cloneDatabase();
    await clone.drop();
    const fanfare = start({ DATABASE_URL: clone.url });
    expect(await fanfare.exit).toEqual({ code: 1, signal: null });
    expect(fanfare.output).toMatch(/The database of DATABASE_URL \(.*\) refuses: .* does not exist/);
  });
});

async function expectAdmin(address: string, key: string): Promise<void> {
  const { status } = await fetch(`${address}/v1/admin/accounts`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(status).toBe(200);
}

/** The status; the connection is left to the agent. */
function get(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, (answer) => {
      answer.resume().on('end', () => {
        resolve(answer.statusCode ?? 0);
      });
    })
      .on('error', reject)
      .end();
  });
}

/** The embedded server's socket is in the directory that the fifth line of its lock file names. */
function databaseOf(dataDir: string): string {
  return `postgres://fanfare@localhost/fanfare?host=${encodeURIComponent(socketDirectory(dataDir))}`;
}

async function listening(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function socketDirectory(dataDir: string): string {
  return readFileSync(lockFile(dataDir), 'utf8').split('\n')[4] ?? '';
}
