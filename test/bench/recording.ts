import type { DataSource, Logger } from 'typeorm';

/** The texts of all statements that the work runs on this data source, in order, without the spaces that do not matter. */
export async function recorded(database: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const logger = database.logger;
  database.logger = {
    logQuery: (query: string) => {
      statements.push(tidy(query));
    },
    logQueryError: () => undefined,
    logQuerySlow: () => undefined,
    logSchemaBuild: () => undefined,
    logMigration: () => undefined,
    log: () => undefined,
  } satisfies Logger;
  try {
    await work();
  } finally {
    database.logger = logger;
  }
  return statements;
}

export function tidy(statement: string): string {
  return statement.replace(/\s+/g, ' ').trim();
}
