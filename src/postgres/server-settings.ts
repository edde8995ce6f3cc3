/**
 * Settings of an embedded server. Whatever is not said here is as PostgreSQL has it, the 128 MB of memory that it shares among
 * its processes included: with more, counting the followers of a popular account took half as long again (1 GB), since each
 * process has to map what it reads.
 *
 * @param cores of the machine
 * @param durable false for a throw-away server, of tests: it may lose everything when the machine does
 */
export function serverSettings(cores: number, durable: boolean): Readonly<Record<string, string>> {
  return {
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // PostgreSQL's own figure, 4, is that of turning disks; in memory, where most of it is read, a page out of order costs as
    // much as the next one of the table. With 4, indexes in which everything stands in order are passed over; with 1.1, which
    // is said for solid-state disks, it is a toss-up, and the wrong side takes twice as long (see decision 17).
    random_page_cost: '1',
    // Who asks works as well: more processes than cores for one question are only in each other's way.
    max_parallel_workers_per_gather: String(Math.max(0, Math.min(2, cores - 1))),
    ...(durable ? { max_connections: '100' } : THROW_AWAY),
  };
}

const THROW_AWAY: Readonly<Record<string, string>> = {
  // Suites that start clusters of processes run side by side.
  max_connections: '300',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};
