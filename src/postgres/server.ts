import { execFile, spawn, type SpawnOptions } from 'node:child_process';
import {
  constants,
  chown,
  type FileHandle,
  mkdir,
  mkdtemp,
  open,
  readFile,
  realpath,
  rm,
} from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Account, handOver, mayEnter } from './account';
import { isReady, type RunningServer } from './lock-file';
import type { PostgresBinaries } from './binaries';
import { serverSettings } from './server-settings';
import { hasCode, makeWholeDirectory } from './whole-directory';

const run = promisify(execFile);

/** All that is needed to make and start one server. "Cluster" is PostgreSQL's word for a data directory. */
export interface Installation {
  readonly binaries: PostgresBinaries;
  readonly account: Account;
  readonly cluster: string;
  /** `<DATA_DIR>/postgres`: the cluster itself or a link to it. */
  readonly entry: string;
  readonly durable: boolean;
}

export const SUPERUSER = 'fanfare';
const INITDB_LIMIT = 120_000;
const START_LIMIT = 60_000;
const SOCKET_DIRECTORY_PREFIX = 'fanfare-socket-';
/** The kernel's limit on a socket's path, on macOS the smaller one. */
const LONGEST_SOCKET_PATH = 103;
const SOCKET_NAME = '.s.PGSQL.5432';

/**
 * Runs initdb, unless it is called off. The cluster collates by code point and knows Unicode's upper and lower case on
 * every system alike.
 * @throws the signal's reason, after initdb has ended and what it had made is gone
 */
export async function createCluster(installation: Installation, signal?: AbortSignal): Promise<void> {
  const { binaries, account, cluster, durable } = installation;
  const options = [
    ...['--username', SUPERUSER, '--auth-local=trust', '--auth-host=reject', '--encoding=UTF8'],
    ...['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
    ...(durable ? [] : ['--no-sync']),
  ];
  await makeWholeDirectory(cluster, async (sibling) => {
    await mkdir(sibling, { mode: 0o700 });
    await handOver(account, sibling);
    const initdb = join(binaries.root, 'bin', 'initdb');
    signal?.throwIfAborted();
    const making = run(initdb, [...options, '-D', sibling], { ...identity(account), timeout: INITDB_LIMIT });
    // Not execFile's own signal, which does not wait for the end of a program that may be writing still.
    const callOff = () => making.child.kill();
    signal?.addEventListener('abort', callOff);
    try {
      await making;
    } catch (error) {
      signal?.throwIfAborted();
      throw explain(error, initdb);
    } finally {
      signal?.removeEventListener('abort', callOff);
    }
  });
}

function explain(error: unknown, program: string): Error {
  if (hasCode(error, 'ENOENT')) {
    const hint = 'it is missing, or this system has no glibc. Set DATABASE_URL.';
    return new Error(`${program} cannot be run: ${hint}`, { cause: error });
  }
  const { stderr = '' } = error as { stderr?: string };
  return new Error(`${program} failed: ${stderr.trim() || String(error)}`, { cause: error });
}

/**
 * Starts the server in a session of its own, so that Ctrl-C, which goes to the terminal's whole process group, leaves it
 * running until the application has answered what it has begun. Resolves when the server accepts connections.
 */
export async function launchServer(installation: Installation): Promise<RunningServer> {
  const { binaries, account, cluster } = installation;
  const socketDirectory = await makeSocketDirectory(account);
  const log = await openLog(installation);
  const program = join(binaries.root, 'bin', 'postgres');
  const child = spawn(program, ['-D', cluster, ...settings(installation, socketDirectory)], {
    ...identity(account),
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  const failed = new Promise<Error>((resolve) => {
    child.once('error', (error) => {
      resolve(explain(error, program));
    });
    child.once('exit', (code, signal) => {
      resolve(new Error(`PostgreSQL ended with ${code ?? signal ?? '?'}.`));
    });
  });
  child.unref();
  await log.close();
  try {
    await untilReady(cluster, child.pid, failed);
  } catch (error) {
    child.kill('SIGQUIT');
    await removeSocketDirectory(socketDirectory);
    throw new Error(`The embedded PostgreSQL did not start. ${await logTail(cluster)}`, { cause: error });
  }
  return { cluster, pid: child.pid ?? 0, socketDirectory };
}

/** Does not follow a link: the directory is the account's, and this process may be root. */
async function openLog({ account, cluster }: Installation): Promise<FileHandle> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | constants.O_NOFOLLOW;
  const log = await open(join(cluster, 'server.log'), flags, 0o600);
  await log.truncate();
  if (process.getuid?.() === 0) await log.chown(account.uid, account.gid);
  return log;
}

async function untilReady(cluster: string, pid: number | undefined, failed: Promise<Error>): Promise<void> {
  const deadline = Date.now() + START_LIMIT;
  while (pid !== undefined && Date.now() < deadline) {
    if (await isReady(cluster, pid)) return;
    const failure = await Promise.race([failed, delay(20)]);
    if (failure) throw failure;
  }
  throw pid === undefined ? await failed : new Error('PostgreSQL was not ready within a minute.');
}

function settings({ durable }: Installation, socketDirectory: string): string[] {
  const values = {
    listen_addresses: '',
    unix_socket_directories: `"${socketDirectory}"`,
    port: '5432',
    ...serverSettings(availableParallelism(), durable),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Only what the programs need: a PGDATA, PGPORT or LANG of the caller must not change what they do. */
function identity({ uid, gid }: Account): Pick<SpawnOptions, 'uid' | 'gid' | 'cwd' | 'env'> {
  const user = process.getuid?.() === 0 ? { uid, gid } : {};
  return { ...user, cwd: '/', env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' } };
}

/** Only the account and root may enter it: that is what makes connecting without a password safe. */
async function makeSocketDirectory(account: Account): Promise<string> {
  const temporary = await realpath(tmpdir());
  const path = join(temporary, `${SOCKET_DIRECTORY_PREFIX}XXXXXX`, SOCKET_NAME);
  const fits = Buffer.byteLength(path) <= LONGEST_SOCKET_PATH && (await mayEnter(account, temporary));
  const directory = await mkdtemp(join(fits ? temporary : '/tmp', SOCKET_DIRECTORY_PREFIX));
  if (process.getuid?.() === 0) await chown(directory, account.uid, account.gid);
  return directory;
}

/** Removes a socket directory that this module made, and nothing else, wherever the name comes from. */
export async function removeSocketDirectory(directory: string): Promise<void> {
  if (!basename(directory).startsWith(SOCKET_DIRECTORY_PREFIX)) return;
  await rm(directory, { recursive: true, force: true });
}

async function logTail(cluster: string): Promise<string> {
  const log = await readFile(join(cluster, 'server.log'), 'utf8').catch(() => '');
  return `Its log ends with:\n${log.trim().split('\n').slice(-10).join('\n')}`;
}
