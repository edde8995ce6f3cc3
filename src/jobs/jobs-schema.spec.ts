import { chooseJobsSchema, isJobsSchemaName, jobsSchemaFor, type JobsSchemaFacts } from './jobs-schema';

const absent = (name: string): JobsSchemaFacts => ({
  name,
  exists: false,
  madeFor: null,
  hasOurQueues: false,
  isEmpty: true,
});
const ours = (name: string, madeFor: string | null): JobsSchemaFacts => ({
  name,
  exists: true,
  madeFor,
  hasOurQueues: true,
  isEmpty: false,
});
const foreign = (name: string): JobsSchemaFacts => ({ ...ours(name, null), hasOurQueues: false });

const choose = (
  home: string,
  facts: JobsSchemaFacts[],
  { isInstalled = false, configured }: { isInstalled?: boolean; configured?: string } = {},
) =>
  chooseJobsSchema({ home, configured, derived: jobsSchemaFor(home, 'd1'.repeat(16)), isInstalled, facts });

describe('the schema for the jobs of an installation', () => {
  it('is named after the schema of its tables', () => {
    expect(['public', 'app', 'app2'].map((home) => jobsSchemaFor(home, ''))).toEqual([
      'pgboss',
      'app_jobs',
      'app2_jobs',
    ]);
  });

  it.each(['Ünï', 'a.b', "o'clock", 'x'.repeat(63), 'Big', '%I', ''])(
    'has a name that pg-boss can work with, whatever the tables are in: %j',
    (home) => {
      expect(isJobsSchemaName(jobsSchemaFor(home, 'ab'.repeat(32)))).toBe(true);
    },
  );

  it('is a new one at the first start', () => {
    expect(choose('app', [absent('app_jobs'), ours('pgboss', 'public')])).toEqual({ use: 'app_jobs' });
  });

  it('stays the one that was made for it', () => {
    expect(choose('app', [ours('app_jobs', 'app')], { isInstalled: true })).toEqual({ use: 'app_jobs' });
    expect(choose('app', [ours('pgboss', 'app'), absent('app_jobs')], { isInstalled: true })).toEqual({
      use: 'pgboss',
    });
  });

  it('stays pgboss for an installation from before schemas said whom they were made for', () => {
    expect(choose('public', [ours('pgboss', null)], { isInstalled: true })).toEqual({ use: 'pgboss' });
    expect(choose('app', [ours('pgboss', null), absent('app_jobs')], { isInstalled: true })).toEqual({
      use: 'pgboss',
    });
  });

  it('is a new one for the second of two installations that shared pgboss', () => {
    const facts = [ours('pgboss', 'app'), absent('app2_jobs')];
    expect(choose('app2', facts, { isInstalled: true })).toEqual({ use: 'app2_jobs' });
  });

  it.each([
    ['holds the jobs of another application', foreign('pgboss'), true],
    ["holds the jobs of another application, at this installation's first start", foreign('pgboss'), false],
    ['was made for another installation', ours('pgboss', 'app'), false],
    ['has our queues, but this installation has no tables yet', ours('pgboss', null), false],
  ])('is refused where it %s', (_, facts, isInstalled) => {
    expect(choose('public', [facts], { isInstalled })).toEqual({ refuse: 'foreign', name: 'pgboss' });
  });

  it('can be set, once', () => {
    expect(choose('public', [foreign('pgboss'), absent('mine')], { configured: 'mine' })).toEqual({
      use: 'mine',
    });
    expect(
      choose('public', [ours('pgboss', 'public'), absent('mine')], { configured: 'mine', isInstalled: true }),
    ).toEqual({ refuse: 'moved', name: 'pgboss' });
  });
});
