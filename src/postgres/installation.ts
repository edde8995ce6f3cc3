import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, readdir, realpath, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Account, handOver, mayEnter, serverAccount } from './account';
import { findPostgresBinaries, type PostgresBinaries, publicCopy } from './binaries';
import { createCluster, type Installation } from './server';
import { hasCode } from './whole-directory';

type Log = (line: string) => void;

/** Where root keeps what its unprivileged server could not reach elsewhere. */
const PUBLIC_HOME = '/var/lib/fanfare';

/**
 * Finds the programs, the user and the data directory ("cluster") for a server, and makes the cluster if there is none.
 *
 * A checkout in /root, or a directory that root made with mktemp, cannot be entered by the user that PostgreSQL runs as,
 * so neither the programs in node_modules nor DATA_DIR can be used from there. Opening such directories to others is
 * not ours to do; both go to a public place instead, and DATA_DIR gets a link: it still decides which data are used, and
 * removing it still means to begin anew.
 */
export async function prepareInstallation(
  dataDir: string,
  durable: boolean,
  log: Log,
  signal?: AbortSignal,
): Promise<Installation> {
  const binaries = await findPostgresBinaries();
  await mkdir(dataDir, { recursive: true });
  const entry = join(await realpath(dataDir), 'postgres');
  const existing = await resolveEntry(entry);
  const account = await serverAccount(existing);
  const installation = {
    binaries: await executableBy(account, binaries, log),
    account,
    cluster: existing ?? entry,
    entry,
    durable,
  };
  if (existing !== undefined) {
    await makeAccessible(account, existing);
    if (await isCluster(existing)) return installation;
  }
  log(`Creating the embedded database in ${entry}.`);
  const isReachable = await mayEnter(account, existing ?? dirname(entry));
  if (!isReachable) return relocate(installation, log, signal);
  await createCluster(installation, signal);
  return installation;
}

async function executableBy(
  account: Account,
  binaries: PostgresBinaries,
  log: Log,
): Promise<PostgresBinaries> {
  for (const directory of ['bin', 'lib/postgresql', 'share/postgresql']) {
    if (await mayEnter(account, join(binaries.root, directory))) continue;
    await makePublicHome();
    const copy = await publicCopy(binaries, PUBLIC_HOME);
    log(`PostgreSQL runs from ${copy.root}: the user ${account.name} may not enter ${binaries.root}.`);
    return copy;
  }
  return binaries;
}

/** Where `<DATA_DIR>/postgres` leads. */
async function resolveEntry(entry: string): Promise<string | undefined> {
  try {
    return await realpath(entry);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
  const isDangling = await lstat(entry).then(
    () => true,
    () => false,
  );
  if (isDangling) {
    throw new Error(
      `The embedded database is gone: ${entry} is a link that leads nowhere. Remove it to begin anew.`,
    );
  }
  return undefined;
}

/** A directory that root has copied, such as a restored backup, belongs to root and is handed over. */
async function makeAccessible(account: Account, cluster: string): Promise<void> {
  if ((await stat(cluster)).uid === 0) await handOver(account, cluster);
  if (await mayEnter(account, cluster)) return;
  throw new Error(
    `PostgreSQL refuses to run as root and the user ${account.name} may not enter ${cluster}. ` +
      'Move DATA_DIR to where that user may go, or set DATABASE_URL.',
  );
}

async function isCluster(directory: string): Promise<boolean> {
  const names = await readdir(directory);
  if (names.includes('PG_VERSION')) return true;
  if (names.length === 0) return false;
  throw new Error(`${directory} is neither empty nor a PostgreSQL data directory. Choose another DATA_DIR.`);
}

async function relocate(installation: Installation, log: Log, signal?: AbortSignal): Promise<Installation> {
  const { account, entry } = installation;
  await makePublicHome();
  const cluster = join(PUBLIC_HOME, randomBytes(8).toString('hex'));
  const relocated = { ...installation, cluster };
  await createCluster(relocated, signal);
  try {
    await symlink(cluster, entry);
  } catch (error) {
    await rm(cluster, { recursive: true, force: true });
    if (!hasCode(error, 'EEXIST')) throw error;
    return { ...installation, cluster: await realpath(entry) };
  }
  log(
    `PostgreSQL refuses to run as root and the user ${account.name} may not enter ${dirname(entry)}: ` +
      `the database is in ${cluster} and ${entry} links to it.`,
  );
  return relocated;
}

async function makePublicHome(): Promise<void> {
  await mkdir(PUBLIC_HOME, { recursive: true });
  await chmod(PUBLIC_HOME, 0o755);
}
