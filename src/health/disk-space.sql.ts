import type { DataSource } from 'typeorm';
import { inTransaction } from '../database';
import { sqlState } from '../postgres/sql-state';

/** Sorts more than it may hold in memory, some 200 kB, and so needs a file for it. */
const SPILL = 'SELECT count(*) FROM (SELECT n FROM generate_series(1, 5000) AS n ORDER BY n DESC) AS sorted';

/**
 * Has the database write a file, which is gone at once. On a full disk all that is read goes on being answered, so that
 * nothing short of writing tells.
 * @throws what the database says, or that it cannot be reached
 */
export async function askForSpace(database: DataSource): Promise<void> {
  await inTransaction(database, async (manager) => {
    await manager.query(`SET LOCAL work_mem = '64kB'`);
    await manager.query(SPILL);
  });
}

/** The disk, or what this role may take of it, is full. */
export function isOutOfSpace(error: unknown): boolean {
  return ['53100', '53400'].includes(sqlState(error) ?? '');
}
