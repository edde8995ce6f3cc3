import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const SETTLE_LIMIT = 60_000;
const WRITE_LIMIT = 1_000;

/** What a running server says about itself in `postmaster.pid`. */
export interface RunningServer {
  readonly cluster: string;
  readonly pid: number;
  readonly socketDirectory: string;
}

type LockFile = RunningServer & { readonly status: string };

/**
 * The server that runs on the cluster, if there is one; one that is starting or stopping is waited for. Removes a lock
 * file whose server is gone, because PostgreSQL itself only asks whether *some* process has that number: after a
 * reboot, or in a new container, another program may well have it.
 *
 * @param onStale is told what a dead server left, so that its socket directory can be removed
 */
export async function findRunningServer(
  cluster: string,
  onStale: (dead: RunningServer) => Promise<void>,
): Promise<RunningServer | undefined> {
  const start = Date.now();
  while (Date.now() - start < SETTLE_LIMIT) {
    const lock = await readLockFile(cluster);
    if (lock === undefined) return undefined;
    const isBeingWritten = Number.isNaN(lock.pid) && Date.now() - start < WRITE_LIMIT;
    if (!isBeingWritten && !(await isRunning(lock))) {
      await rm(join(cluster, 'postmaster.pid'), { force: true });
      await onStale(lock);
      return undefined;
    }
    if (lock.status === 'ready') return lock;
    await delay(50);
  }
  throw new Error(`The PostgreSQL server that runs on ${cluster} has not become ready within a minute.`);
}

/** Whether the server that was started as `pid` on the cluster accepts connections. */
export async function isReady(cluster: string, pid: number): Promise<boolean> {
  const lock = await readLockFile(cluster);
  return lock?.pid === pid && lock.status === 'ready';
}

/** Lines: process, data directory, start time, port, socket directory, address, shared memory key, status. */
async function readLockFile(cluster: string): Promise<LockFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return {
    cluster,
    pid: parseInt(lines[0] ?? '', 10),
    socketDirectory: lines[4] ?? '',
    status: lines[7]?.trim() ?? '',
  };
}

/** Whether that process lives and is a server of that cluster; a zombie has no command line and counts as gone. */
export async function isRunning({ pid, cluster }: RunningServer): Promise<boolean> {
  return (await commandLine(pid)).includes(`postgres -D ${cluster} `);
}

async function commandLine(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') {
      return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    }
    return (await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return '';
  }
}

/**
 * Stops the server: disconnects everybody and writes a checkpoint ("fast"); if that takes longer than five seconds, stops at
 * once and leaves the rest to crash recovery ("immediate").
 */
export async function stopServer(server: RunningServer): Promise<void> {
  for (const [signal, limit] of [
    ['SIGINT', 5_000],
    ['SIGQUIT', 2_000],
    ['SIGKILL', 1_000],
  ] as const) {
    if (!(await isRunning(server))) return;
    signalServer(server.pid, signal);
    if (await isGoneWithin(limit, server)) return;
  }
  throw new Error(`The PostgreSQL server (process ${server.pid}) on ${server.cluster} cannot be stopped.`);
}

function signalServer(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

async function isGoneWithin(limit: number, server: RunningServer): Promise<boolean> {
  const deadline = Date.now() + limit;
  while (Date.now() < deadline) {
    if (!(await isRunning(server))) return true;
    await delay(10);
  }
  return false;
}
