/**
 * pg-boss makes names and statements out of the name of its schema, so that not all of PostgreSQL's names are possible.
 */
const JOBS_SCHEMA_NAME = /^[a-z_][a-z0-9_]{0,49}$/;

export function isJobsSchemaName(name: string): boolean {
  return JOBS_SCHEMA_NAME.test(name) && !name.startsWith('pg_');
}

/** Where the jobs lie of an installation whose tables are in the schema `public`, and of all versions before. */
export const DEFAULT_JOBS_SCHEMA = 'pgboss';

/**
 * The schema for the jobs of an installation whose own tables are in the schema `home`: another one for each, since one
 * database may hold several installations.
 * @param digest of `home`, for names that cannot be part of another name as they are
 */
export function jobsSchemaFor(home: string, digest: string): string {
  if (home === 'public') return DEFAULT_JOBS_SCHEMA;
  const name = `${home}_jobs`;
  return isJobsSchemaName(name) ? name : `jobs_${digest.slice(0, 32)}`;
}

/** What is known of a schema in which jobs may lie. */
export interface JobsSchemaFacts {
  readonly name: string;
  readonly exists: boolean;
  /** The schema of the installation that it was made for, if it says so. */
  readonly madeFor: string | null;
  /** Without saying so: whether it has our queues, and pg-boss's of the time when it did not say so. */
  readonly hasOurQueues: boolean;
  readonly isEmpty: boolean;
}

export interface JobsSchemaQuestion {
  /** The schema in which this installation's tables are, or will be. */
  readonly home: string;
  /** What JOBS_SCHEMA says. */
  readonly configured: string | undefined;
  readonly derived: string;
  /** Whether this installation has tables already. */
  readonly isInstalled: boolean;
  readonly facts: readonly JobsSchemaFacts[];
}

export type JobsSchemaAnswer =
  { readonly use: string } | { readonly refuse: 'moved' | 'foreign'; readonly name: string };

/**
 * Which schema this installation's jobs lie in: the one that was made for it; else, for an installation from before schemas
 * said whom they were made for, `pgboss` with our queues in it; else a new one.
 */
export function chooseJobsSchema(question: JobsSchemaQuestion): JobsSchemaAnswer {
  const { home, configured, derived, isInstalled, facts } = question;
  const own = facts.find(({ madeFor }) => madeFor === home);
  const wanted = configured ?? own?.name ?? derived;
  if (own) return own.name === wanted ? { use: own.name } : { refuse: 'moved', name: own.name };
  const legacy = facts.find(({ name }) => name === DEFAULT_JOBS_SCHEMA);
  if (isInstalled && legacy?.hasOurQueues && legacy.madeFor === null) {
    return configured === undefined || configured === legacy.name
      ? { use: legacy.name }
      : { refuse: 'moved', name: legacy.name };
  }
  const target = facts.find(({ name }) => name === wanted);
  const isFree = target === undefined || !target.exists || target.isEmpty;
  return isFree ? { use: wanted } : { refuse: 'foreign', name: wanted };
}
