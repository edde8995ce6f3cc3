import { awaitDatabase } from './await-database';
import { createDataSource } from './database';
import { installJobs } from './jobs/install-jobs.service';
import { findJobsSchema, markJobsSchema } from './jobs/jobs-schema.service';
import { AWAIT_MIGRATIONS } from './postgres/advisory-locks';
import { connectionOptions, Session } from './postgres/connection';
import { StartError } from './start-error';

/**
 * Brings the schema up to date. TypeORM takes no lock of its own, so replicas that start together would collide;
 * a transaction-level advisory lock on a second connection (it works behind a transaction pooler too) queues them.
 * @param configuredSchema of the jobs, where the operator has said it
 * @returns the schema in which the jobs of this installation lie
 */
export async function migrate(url: string, configuredSchema?: string): Promise<string> {
  const gate = new Session(connectionOptions(url, { applicationName: 'fanfare-migrate', isUnhurried: true }));
  gate.on('error', () => undefined); // a lost connection shows as the failure of the statement that needs it
  await gate.connect();
  try {
    await gate.query('BEGIN');
    await gate.query(AWAIT_MIGRATIONS);
    const jobsSchema = await findJobsSchema(gate, configuredSchema);
    const source = await createDataSource(url, {
      poolSize: 2,
      applicationName: 'fanfare-migrate',
    }).initialize();
    try {
      await source.runMigrations();
    } finally {
      await source.destroy();
    }
    await installJobs(url, jobsSchema);
    await markJobsSchema(gate, jobsSchema);
    await gate.query('COMMIT');
    return jobsSchema;
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
    awaitDatabase(url)
      .then(() => migrate(url, process.env.JOBS_SCHEMA))
      .catch((error: unknown) => {
        console.error(error instanceof StartError ? error.message : error);
        process.exitCode = 1;
      });
  }
}
