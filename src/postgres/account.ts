import { chown, lchown, lstat, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** The system user under whom the server runs. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root, so root lends it another user: the one who owns the cluster already, else
 * `postgres`, else `nobody`. Everybody else runs it as themselves.
 *
 * @param cluster the existing cluster directory, if there is one
 * @throws Error when no usable user exists or the cluster belongs to somebody else
 */
export async function serverAccount(cluster: string | undefined): Promise<Account> {
  const owner = cluster === undefined ? undefined : await stat(cluster);
  const self = process.getuid?.();
  if (self !== 0) return ownAccount(cluster, owner?.uid);
  if (owner !== undefined && owner.uid !== 0) {
    return { name: `with id ${owner.uid}`, uid: owner.uid, gid: owner.gid };
  }
  return unprivilegedAccount();
}

function ownAccount(cluster: string | undefined, owner: number | undefined): Account {
  const self = passwordEntry();
  if (cluster !== undefined && owner !== self.uid) {
    throw new Error(
      `The embedded database in ${cluster} belongs to the user with id ${owner ?? '?'} and this process runs as ` +
        `${self.name} (${self.uid}). Start as that user, or as root, or choose another DATA_DIR.`,
    );
  }
  return self;
}

function passwordEntry(): Account {
  try {
    const { username, uid, gid } = userInfo();
    return { name: username, uid, gid };
  } catch (error) {
    throw new Error(
      `The user id ${process.getuid?.() ?? '?'} has no entry in /etc/passwd, which the embedded PostgreSQL needs. ` +
        'Set DATABASE_URL, or run as a named user.',
      { cause: error },
    );
  }
}

async function unprivilegedAccount(): Promise<Account> {
  const entries = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  for (const wanted of ['postgres', '_postgres', 'nobody']) {
    const entry = entries.find(([name]) => name === wanted);
    if (entry) return { name: wanted, uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and there is no user "postgres" or "nobody" to run it instead. ' +
      'Set DATABASE_URL, or start as another user.',
  );
}

/**
 * Whether the account, lent by root and without its further groups, may enter every directory on the way to `path` and
 * that directory itself. Nobody but root runs the server as somebody else, so nobody else needs to ask.
 */
export async function mayEnter(account: Account, path: string): Promise<boolean> {
  if (process.getuid?.() !== 0) return true;
  for (let directory = await realpath(path); ; directory = dirname(directory)) {
    const { uid, gid, mode } = await stat(directory);
    const execute = account.uid === uid ? 0o100 : account.gid === gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return false;
    if (directory === dirname(directory)) return true;
  }
}

/** Gives `path` and all below it to the account; does nothing unless this process is root. */
export async function handOver(account: Account, path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) {
    await lchown(path, account.uid, account.gid);
    return;
  }
  await chown(path, account.uid, account.gid);
  if (!stats.isDirectory()) return;
  for (const name of await readdir(path)) await handOver(account, join(path, name));
}
