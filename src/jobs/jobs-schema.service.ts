import type { Client } from 'pg';
import { StartError } from '../start-error';
import {
  chooseJobsSchema,
  DEFAULT_JOBS_SCHEMA,
  isJobsSchemaName,
  jobsSchemaFor,
  type JobsSchemaAnswer,
  type JobsSchemaFacts,
} from './jobs-schema';
import { QUEUE_NAMES } from './queues';

/** In the schema of the jobs: for which installation it was made. */
const MARK = 'fanfare_installation';

/**
 * Which schema this installation's jobs lie in, or will. Reads only: a refusal comes before anything is made.
 * @param client holds the migrations' lock, so that two installations that start together do not choose the same one
 * @throws StartError where the schema belongs to somebody else
 */
export async function findJobsSchema(client: Client, configured: string | undefined): Promise<string> {
  const { rows } = await client.query<{ home: string; digest: string; isInstalled: boolean }>(
    `SELECT current_schema() AS home, md5(current_schema()) AS digest,
            to_regclass(format('%I.broadcasts', current_schema())) IS NOT NULL AS "isInstalled"`,
  );
  const [{ home, digest, isInstalled } = { home: 'public', digest: '', isInstalled: false }] = rows;
  const derived = jobsSchemaFor(home, digest);
  const facts: JobsSchemaFacts[] = [];
  for (const name of new Set([
    configured ?? derived,
    derived,
    DEFAULT_JOBS_SCHEMA,
    ...(await markedSchemas(client)),
  ])) {
    facts.push(await factsOf(client, name));
  }
  return used(chooseJobsSchema({ home, configured, derived, isInstalled, facts }), home);
}

/** Says in the schema of the jobs for whom it was made. */
export async function markJobsSchema(client: Client, name: string): Promise<void> {
  await client.query(`CREATE TABLE IF NOT EXISTS ${name}.${MARK} (
    home text CONSTRAINT ${MARK}_pk PRIMARY KEY, only_one boolean NOT NULL DEFAULT true
      CONSTRAINT ${MARK}_once UNIQUE CONSTRAINT ${MARK}_only_one CHECK (only_one))`);
  await client.query(`INSERT INTO ${name}.${MARK} (home) SELECT current_schema() ON CONFLICT DO NOTHING`);
}

/** Also those that are not where one would look for them: JOBS_SCHEMA was set once. */
async function markedSchemas(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relname = '${MARK}' AND c.relkind = 'r'`,
  );
  return rows.map(({ name }) => name).filter(isJobsSchemaName);
}

async function factsOf(client: Client, name: string): Promise<JobsSchemaFacts> {
  const { rows } = await client.query<{ exists: boolean; isEmpty: boolean; tables: string[] | null }>(
    `SELECT n.oid IS NOT NULL AS exists, count(c.oid) = 0 AS "isEmpty", array_agg(c.relname::text) FILTER (WHERE
              has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')) AS tables
       FROM (SELECT $1::text AS name) AS wanted
       LEFT JOIN pg_namespace n ON n.nspname = wanted.name
       LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
      GROUP BY n.oid`,
    [name],
  );
  const [{ exists, isEmpty, tables } = { exists: false, isEmpty: true, tables: null }] = rows;
  const has = (table: string) => tables?.includes(table) === true;
  return {
    name,
    exists,
    isEmpty,
    madeFor: has(MARK) ? await homeIn(client, name) : null,
    hasOurQueues: has('queue') && (await hasOurQueues(client, name)),
  };
}

async function homeIn(client: Client, name: string): Promise<string | null> {
  const { rows } = await client.query<{ home: string }>(`SELECT home FROM ${name}.${MARK}`);
  return rows[0]?.home ?? null;
}

/** The queues of the first version that had any. */
async function hasOurQueues(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::integer AS count FROM ${name}.queue WHERE name = ANY ($1)`,
    [QUEUE_NAMES],
  );
  return (rows[0]?.count ?? 0) >= 2;
}

function used(answer: JobsSchemaAnswer, home: string): string {
  if ('use' in answer) return answer.use;
  if (answer.refuse === 'moved') {
    throw new StartError(
      `The jobs of this installation lie in the schema "${answer.name}", and JOBS_SCHEMA cannot move them: ` +
        `set JOBS_SCHEMA to ${answer.name}, or leave it out.`,
    );
  }
  throw new StartError(
    `The schema "${answer.name}" of this database belongs to something else, so that the jobs of the installation ` +
      `in the schema "${home}" cannot lie there: set JOBS_SCHEMA to another name, or give Fanfare a database of its own.`,
  );
}
