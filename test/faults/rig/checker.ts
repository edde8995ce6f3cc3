import type { DataSource, EntityManager } from 'typeorm';
import { auditFaults } from './audit-faults';
import { readRows } from './checked-rows';
import { quotaFaults } from './quota-faults';

/**
 * The judge of every fault suite. It knows broadcasts, slots, grants, terms, follows and the log, one snapshot of them,
 * and nothing of what the application has counted; it computes periods by itself. What it finds it says in sentences;
 * of a sound database it says nothing.
 */
export async function findFaults(database: DataSource): Promise<string[]> {
  return database.transaction('REPEATABLE READ', faultsIn);
}

/** What the transaction sees. */
export async function faultsIn(manager: EntityManager): Promise<string[]> {
  const rows = await readRows(manager);
  return [...quotaFaults(rows), ...auditFaults(rows), ...(await intervalFaults(manager))];
}

/** Follows and taggings are intervals that are added to: two of one person and one thing never overlap. */
async function intervalFaults(manager: EntityManager): Promise<string[]> {
  const follows = await manager.query<{ who: string; what: string }[]>(
    overlapping('follows', 'account_id', 'followed_at', 'unfollowed_at'),
  );
  const taggings = await manager.query<{ who: string; what: string }[]>(
    overlapping('taggings', 'tag_id', 'tagged_at', 'untagged_at'),
  );
  return [
    ...follows.map(({ who, what }) => `Follows of ${what} by ${who} overlap`),
    ...taggings.map(({ who, what }) => `Taggings of ${who} with ${what} overlap`),
  ];
}

function overlapping(table: string, what: string, from: string, until: string): string {
  return `
    SELECT DISTINCT subscriber_id AS who, ${what} AS what FROM (
      SELECT subscriber_id, ${what}, ${from} AS begins,
             lag(coalesce(${until}, 'infinity')) OVER (PARTITION BY subscriber_id, ${what} ORDER BY ${from}, ${until}) AS ended
        FROM ${table}) AS one
     WHERE ended > begins LIMIT 100`;
}
