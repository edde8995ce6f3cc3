import type { EntityManager } from 'typeorm';

/** How pg-boss runs its statements in a transaction of ours: what is sent so is there when that commits, or never was. */
export function inCallersTransaction(manager: EntityManager) {
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      const runner = manager.queryRunner;
      if (!runner) throw new Error('Jobs are sent in a transaction: give its EntityManager.');
      const { records } = await runner.query(text, values, true);
      return { rows: records };
    },
  };
}
