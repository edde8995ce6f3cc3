import type { DataSource, EntityManager } from 'typeorm';

/**
 * Writes many rows into a table whose indexes are taken away meanwhile and built anew from all of it: ten million follows
 * take a minute and a half like that, and had not come to their end after five minutes without it. Constraints are checked
 * as they are built.
 */
export async function inBulk(
  database: DataSource,
  table: string,
  write: (manager: EntityManager) => Promise<unknown>,
): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.query(`SET LOCAL maintenance_work_mem = '512MB'`);
    const keys = await manager.query<{ name: string; definition: string }[]>(
      `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE conrelid = $1::regclass AND contype IN ('p', 'u')`,
      [table],
    );
    const indexes = await manager.query<{ name: string; definition: string }[]>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE schemaname = 'public' AND tablename = $1 AND indexname <> ALL ($2::text[])`,
      [table, keys.map(({ name }) => name)],
    );
    for (const { name } of keys) await manager.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { name } of indexes) await manager.query(`DROP INDEX ${name}`);
    await write(manager);
    for (const { name, definition } of keys)
      await manager.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
    for (const { definition } of indexes) await manager.query(definition);
  });
}
