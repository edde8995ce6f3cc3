import { once } from 'node:events';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../src/embedded-postgres';
import { OwnedElsewhereError } from '../src/postgres/ownership';
import { withClient } from './support/database';
import { EmbeddedWorld, killGroup, lockFile, nextLine, processId, serverProcess } from './support/embedded';
import { eventually } from './support/eventually';

const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

describe('the embedded PostgreSQL', () => {
  let world: EmbeddedWorld;
  beforeEach(() => {
    world = new EmbeddedWorld();
  });
  afterEach(() => world.cleanUp());

  it('starts in an empty directory, and again on the same data', async () => {
    const dataDir = await world.dataDir();
    const first = await world.start(dataDir);
    await write(first.url);
    await first.stop();
    const second = await world.start(dataDir);
    expect(second.adopted).toBe(false);
    await expect(read(second.url)).resolves.toBe('kept');
  });

  it('listens on a socket that only its user can reach, and removes it when it stops', async () => {
    const server = await world.start(await world.dataDir());
    const { rows } = await withClient(server.url, (client) => client.query('SHOW listen_addresses'));
    expect(rows).toEqual([{ listen_addresses: '' }]);
    const socketDirectory = new URL(server.url).searchParams.get('host') ?? '';
    expect(existsSync(socketDirectory)).toBe(true);
    await server.stop();
    expect(existsSync(socketDirectory)).toBe(false);
  });

  it('is adopted, with its data, when the process that started it was killed', async () => {
    const dataDir = await world.dataDir();
    const child = world.spawn(dataDir);
    await write(await nextLine(child));
    const orphan = serverProcess(dataDir);
    await killGroup(child);

    const server = await world.start(dataDir);
    expect(server.adopted).toBe(true);
    expect(serverProcess(dataDir)).toBe(orphan);
    await expect(read(server.url)).resolves.toBe('kept');
    await server.stop();
    expect(existsSync(lockFile(dataDir))).toBe(false);
  });

  it('recovers when it was killed together with the process that started it', async () => {
    const dataDir = await world.dataDir();
    const child = world.spawn(dataDir, 'durable');
    await write(await nextLine(child));
    process.kill(serverProcess(dataDir), 'SIGKILL');
    await killGroup(child);

    const server = await world.start(dataDir);
    expect(server.adopted).toBe(false);
    await expect(read(server.url)).resolves.toBe('kept');
  });

  it('is not made when the start is called off before', async () => {
    const dataDir = await world.dataDir();
    const start = new AbortController();
    const log = () => {
      start.abort(new Error('called off'));
    };
    await expect(startEmbeddedPostgres({ dataDir, log, signal: start.signal })).rejects.toThrow('called off');
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('is made as a whole or not at all when the start is called off meanwhile', async () => {
    let left = ['postgres'];
    // On a machine that stands still just then it is made before it is called off: hence more than one try.
    for (let tryNumber = 1; tryNumber <= 3 && left.length > 0; tryNumber += 1) {
      left = await leftWhenCalledOff(await world.dataDir());
      expect(['', 'postgres']).toContain(left.join(' '));
    }
    expect(left).toEqual([]);
  });

  it('is refused to a second process for as long as the first one lives', async () => {
    const dataDir = await world.dataDir();
    const first = await world.start(dataDir);
    const said = nextLine(world.spawn(dataDir));
    await expect(world.start(dataDir)).rejects.toThrow(OwnedElsewhereError);
    await expect(said).resolves.toMatch(`Fanfare process ${process.pid} is using the embedded database`);
    await write(first.url);
    await expect(read(first.url)).resolves.toBe('kept');
  });

  it('gives two processes that begin at the same time one server, and only one of them the use of it', async () => {
    const dataDir = await world.dataDir();
    const said = await Promise.all([nextLine(world.spawn(dataDir)), nextLine(world.spawn(dataDir))]);
    expect(said.filter((line) => line.startsWith('postgres://'))).toHaveLength(1);
    expect(said.filter((line) => line.includes('is using the embedded database'))).toHaveLength(1);
  });

  it('starts after a crash in the middle of making the cluster', async () => {
    const dataDir = await world.dataDir();
    const child = world.spawn(dataDir);
    await eventually(() => unfinished(dataDir).some((name) => existsSync(join(dataDir, name, 'base'))), {
      seconds: 25,
    });
    await killGroup(child);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);

    await world.start(dataDir);
    expect(unfinished(dataDir)).toEqual([]);
  });

  it('answers what was begun before Ctrl-C, which reaches the whole process group, and then stops', async () => {
    const dataDir = await world.dataDir();
    const child = world.spawn(dataDir);
    await nextLine(child);
    const exit = once(child, 'exit');
    process.kill(-processId(child), 'SIGINT');
    await expect(nextLine(child)).resolves.toBe('answered');
    await expect(exit).resolves.toEqual([0, null]);
    expect(existsSync(lockFile(dataDir))).toBe(false);
  });

  it('is not held up by a stale lock file whose process number another program has', async () => {
    const dataDir = await world.dataDir();
    await (await world.start(dataDir)).stop();
    await writeFile(
      lockFile(dataDir),
      `${process.pid}\n${dataDir}/postgres\n1\n5432\n/nowhere\n\n1 1\nready   \n`,
    );
    await expect(world.start(dataDir)).resolves.toMatchObject({ adopted: false });
  });

  itAsRoot('keeps the data elsewhere when the user it runs as may not enter the directory', async () => {
    const dataDir = await world.dataDir(0o700);
    const lines: string[] = [];
    const first = await world.start(dataDir, (line) => lines.push(line));
    const cluster = realpathSync(join(dataDir, 'postgres'));
    expect(cluster).toMatch(/^\/var\/lib\/fanfare\/[0-9a-f]+$/);
    expect(lines.join('\n')).toContain(`the database is in ${cluster}`);
    await write(first.url);
    await first.stop();
    const second = await world.start(dataDir);
    await expect(read(second.url)).resolves.toBe('kept');
    await second.destroy();
    expect(existsSync(cluster)).toBe(false);
  });
});

async function write(url: string): Promise<void> {
  await withClient(url, (client) => client.query("CREATE TABLE notes AS SELECT 'kept' AS note"));
}

async function read(url: string): Promise<string | undefined> {
  const { rows } = await withClient(url, (client) =>
    client.query<{ note: string }>('SELECT note FROM notes'),
  );
  return rows[0]?.note;
}

/** What is in the directory when a start has been called off while the database was being made. */
async function leftWhenCalledOff(dataDir: string): Promise<string[]> {
  const start = new AbortController();
  const starting = startEmbeddedPostgres({ dataDir, durable: false, signal: start.signal });
  const outcome = expect(starting).rejects.toThrow('called off');
  await eventually(() => readdirSync(dataDir, { recursive: true }).length > 1);
  start.abort(new Error('called off'));
  await outcome;
  expect(existsSync(lockFile(dataDir))).toBe(false);
  return readdirSync(dataDir);
}

function unfinished(dataDir: string): string[] {
  return readdirSync(dataDir).filter((name) => name.includes('unfinished'));
}
