import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { eventually } from './eventually';

export const PGBOUNCER = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/opt/homebrew/bin/pgbouncer'].find(
  existsSync,
);

/** PgBouncer in transaction mode, as its package configures it, in front of a database of the test server. */
export class Pooler {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
    private readonly directory: string,
  ) {}

  /** @param database URL of a server on a socket that lets in whoever may enter its directory */
  static async start(program: string, database: string, poolSize: number): Promise<Pooler> {
    const { searchParams, pathname, username } = new URL(database);
    const socket = searchParams.get('host') ?? '';
    // It refuses to run as root, and the socket lets in nobody but the server's own user.
    const { uid, gid } = await stat(socket);
    const directory = await mkdtemp(join(tmpdir(), 'fanfare-pooler-'));
    await chmod(directory, 0o755);
    const port = await freePort();
    const user = username === '' ? (searchParams.get('user') ?? 'fanfare') : username;
    const configuration = join(directory, 'pgbouncer.ini');
    const lines = [
      ...[
        '[databases]',
        `* = host=${socket} port=5432 user=${user}`,
        '[pgbouncer]',
        'pool_mode = transaction',
      ],
      ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir =', 'auth_type = any'],
      `default_pool_size = ${poolSize}`,
    ];
    await writeFile(configuration, `${lines.join('\n')}\n`);
    const identity = process.getuid?.() === 0 ? { uid, gid } : {};
    const child = spawn(program, ['-q', configuration], { ...identity, stdio: 'ignore' });
    const pooler = new Pooler(`postgres://${user}@127.0.0.1:${port}${pathname}`, child, directory);
    await eventually(() => pooler.answers(), { seconds: 30 });
    return pooler;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    await rm(this.directory, { recursive: true });
  }

  private async answers(): Promise<boolean> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    return client.connect().then(
      () => client.end().then(() => true),
      () => false,
    );
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
