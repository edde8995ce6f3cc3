/**
 * Every advisory lock of the application's database, so that no two have one number. A new lock takes the next free one;
 * numbers are never given again, since replicas of two versions run side by side during an update.
 */
const NUMBERS = {
  migration: 20_160_001,
  publisher: 20_160_002,
  sealing: 20_160_003,
  adminKeys: 20_160_004,
  platformWebhooks: 20_160_005,
  erasure: 20_160_007,
} as const;

export type AdvisoryLock = keyof typeof NUMBERS;

/**
 * SQL for the key of a lock (bigint). Advisory locks belong to the whole database and an installation to one schema of it:
 * the schema makes up the upper half of the key, so that two installations in one database do not wait for each other.
 * For `public` it is 0, as in all versions before.
 */
export function lockKey(lock: AdvisoryLock): string {
  return `(CASE current_schema() WHEN 'public' THEN 0 ELSE hashtext(current_schema())::bigint << 32 END | ${NUMBERS[lock]})`;
}

/** SQL that waits for a lock and holds it to the end of the transaction. */
export function awaitLock(lock: AdvisoryLock): string {
  return `SELECT pg_advisory_xact_lock(${lockKey(lock)})`;
}

/**
 * The same for migrations, which look at what other installations have in the database: one at a time in all of it.
 */
export const AWAIT_MIGRATIONS = `SELECT pg_advisory_xact_lock(${NUMBERS.migration})`;
