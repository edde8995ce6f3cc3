import { readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const UNFINISHED = /\.unfinished-(\d+)$/;

/**
 * Makes the directory `path` all at once: `fill` works in a sibling, which a rename then puts into place. A process
 * that is killed on the way leaves nothing that looks complete, and the next one removes what it left. If another
 * process was faster, its directory stays.
 */
export async function makeWholeDirectory(
  path: string,
  fill: (sibling: string) => Promise<void>,
): Promise<void> {
  const sibling = `${path}.unfinished-${process.pid}`;
  await removeUnfinished(dirname(path));
  try {
    await fill(sibling);
    await rename(sibling, path);
  } catch (error) {
    await rm(sibling, { recursive: true, force: true, maxRetries: 5 });
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
  }
}

/** The number at the end is the process at work; what a living process is filling is not touched. */
async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = UNFINISHED.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    // A program that the killed process had started may still be writing there: hence the retries.
    await rm(join(parent, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Whether this is a system error with one of the codes, such as ENOENT. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && codes.includes(code);
}
