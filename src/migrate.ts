import { Client } from 'pg';
import { createDataSource } from './database';
import { installJobs } from './jobs/install-jobs.service';

/** Any number, the same in every version: replicas that start together queue behind it. */
const MIGRATION_LOCK = 20_160_001;

/**
 * Brings the schema up to date. TypeORM takes no lock of its own, so replicas that start together would collide;
 * a transaction-level advisory lock on a second connection (it works behind a transaction pooler too) queues them.
 */
export async function migrate(url: string): Promise<void> {
  const gate = new Client({ connectionString: url, application_name: 'fanfare-migrate' });
  gate.on('error', () => undefined); // a lost connection shows as the failure of the statement that needs it
  await gate.connect();
  try {
    await gate.query('BEGIN');
    await gate.query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    const source = await createDataSource(url, { poolSize: 2 }).initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
    await installJobs(url);
    await gate.query('COMMIT');
  } finally {
    await gate.end();
  }
}

if (require.main === module) {
  const url = process.env.DATABASE_URL;
  if (url === undefined) {
    console.error('DATABASE_URL is not set: `npm start` migrates the embedded database by itself.');
    process.exitCode = 1;
  } else {
    migrate(url).catch((error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    });
  }
}
