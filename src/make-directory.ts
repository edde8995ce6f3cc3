import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** As `mkdir -p`. Node's own recursive one never returns where a parent exists that can hold no directories, as in /proc. */
export function makeDirectory(path: string): void {
  const full = resolve(path);
  if (existsSync(full)) return;
  makeDirectory(dirname(full));
  try {
    mkdirSync(full);
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
