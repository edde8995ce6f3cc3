import { PgBoss } from 'pg-boss';
import { bossOptions } from './jobs.service';
import { KEPT_SECONDS, QUEUE_NAMES, QUEUES, TRIES } from './queues';

/** Makes or updates the tables and the queues of the jobs. Part of the migration: whoever calls holds its lock. */
export async function installJobs(databaseUrl: string, schema: string): Promise<void> {
  const boss = new PgBoss({
    ...bossOptions(databaseUrl, schema, { isUnhurried: true }),
    migrate: true,
    max: 2,
  });
  boss.on('error', () => undefined); // shows as the failure of the statement that needs the connection
  await boss.start();
  try {
    for (const name of QUEUE_NAMES) {
      const rules = { ...TRIES, ...QUEUES[name], retentionSeconds: KEPT_SECONDS };
      await boss.createQueue(name, rules);
      await boss.updateQueue(name, rules);
    }
  } finally {
    await boss.stop({ graceful: false, timeout: 1_000 });
  }
}
