import type { DataSource } from 'typeorm';

/** What the migrations have made, in words that can be compared: columns, constraints, indexes, functions, triggers. */
export async function describeSchema(database: DataSource) {
  const rows = <T>(sql: string) => database.query<T[]>(sql);
  return {
    columns: await rows<{ table: string; name: string; definition: string }>(
      `SELECT table_name AS table, column_name AS name,
              concat_ws(' ', data_type, udt_name, datetime_precision, is_nullable, column_default, generation_expression)
                AS definition
         FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migrations'
        ORDER BY table_name, column_name`,
    ),
    constraints: await rows<NamedDefinition>(
      `SELECT t.relname AS table, c.conname AS name, pg_get_constraintdef(c.oid) AS definition
         FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
        WHERE c.connamespace = 'public'::regnamespace AND t.relname <> 'migrations' AND c.contype <> 'n'
        ORDER BY t.relname, c.conname`,
    ),
    indexes: await rows<NamedDefinition>(
      `SELECT tablename AS table, indexname AS name, indexdef AS definition FROM pg_indexes
        WHERE schemaname = 'public' AND tablename <> 'migrations' ORDER BY indexname`,
    ),
    functions: await rows<{ name: string; definition: string }>(
      `SELECT p.proname AS name, pg_get_functiondef(p.oid) AS definition FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
        ORDER BY p.proname`,
    ),
    triggers: await rows<{ definition: string }>(
      'SELECT pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname',
    ),
  };
}

interface NamedDefinition {
  readonly table: string;
  readonly name: string;
  readonly definition: string;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** The columns of a table, their types as PostgreSQL writes them. */
export function columnsOf(database: DataSource, table: string): Promise<Column[]> {
  return database.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type, NOT attnotnull AS nullable
       FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`,
    [table],
  );
}
