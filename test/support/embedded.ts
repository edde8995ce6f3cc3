import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded-postgres';

type Child = ChildProcessByStdio<null, Readable, null>;

/** Starts the server in `argv[1]` and says its URL; upon SIGINT asks it one question, says the answer and stops it. */
const program = `
  const { startEmbeddedPostgres } = require(${JSON.stringify(resolve('dist/src/embedded-postgres.js'))});
  const { Client } = require('pg');
  startEmbeddedPostgres({ dataDir: process.argv[1], durable: process.argv[2] === 'durable' }).then(
    (server) => {
      process.on('SIGINT', async () => {
        const client = new Client({ connectionString: server.url });
        await client.connect();
        await client.query('SELECT pg_sleep(0.3)');
        console.log('answered');
        await client.end();
        await server.stop();
      });
      console.log(server.url);
    },
    (error) => {
      console.log(error.message);
      process.exitCode = 1;
    },
  );`;

/** Data directories, servers and processes of one test; `cleanUp` leaves none of them behind. */
export class EmbeddedWorld {
  private readonly dataDirs: string[] = [];
  private readonly servers: EmbeddedPostgres[] = [];
  private readonly children: Child[] = [];

  /** @param mode 0700, which mkdtemp gives, keeps the user out under whom root's server runs */
  async dataDir(mode = 0o711): Promise<string> {
    const dataDir = await mkdtemp(join(tmpdir(), 'fanfare-test-'));
    await chmod(dataDir, mode);
    this.dataDirs.push(dataDir);
    return dataDir;
  }

  async start(dataDir: string, log?: (line: string) => void): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir, durable: false, ...(log && { log }) });
    this.servers.push(server);
    return server;
  }

  /** A process that starts a server, in a process group of its own. */
  spawn(dataDir: string, durability: 'durable' | 'quick' = 'quick'): Child {
    const child = spawn(process.execPath, ['-e', program, dataDir, durability], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.children.push(child);
    return child;
  }

  async cleanUp(): Promise<void> {
    for (const child of this.children) await killGroup(child);
    for (const server of this.servers) await server.destroy();
    for (const dataDir of this.dataDirs) {
      if (existsSync(lockFile(dataDir))) await (await startEmbeddedPostgres({ dataDir })).destroy();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}

/** The next line that the process says. */
export async function nextLine(child: Child): Promise<string> {
  for await (const line of createInterface(child.stdout)) return line;
  throw new Error('The process ended without a word');
}

/** SIGKILL for the process and, as far as they are in its group, those that it started. */
export async function killGroup(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  try {
    process.kill(-processId(child), 'SIGKILL');
  } catch {
    // It has ended by itself, and the event is on its way.
  }
  await exit;
}

export function processId(child: Child): number {
  if (child.pid === undefined) throw new Error('The process did not start');
  return child.pid;
}

export function serverProcess(dataDir: string): number {
  return Number.parseInt(readFileSync(lockFile(dataDir), 'utf8'), 10);
}

export function lockFile(dataDir: string): string {
  return join(dataDir, 'postgres', 'postmaster.pid');
}
