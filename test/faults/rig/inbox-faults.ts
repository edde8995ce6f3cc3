import type { DataSource } from 'typeorm';
import type { Api } from '../../support/api';
import { allPages } from '../../support/pages';

interface Interval {
  readonly from: number;
  readonly until: number | null;
}

interface Published {
  readonly id: string;
  readonly accountId: string;
  readonly at: number;
  readonly any: readonly string[] | null;
  readonly all: readonly string[] | null;
  readonly none: readonly string[] | null;
}

/**
 * What a person must find in their inbox, oldest first, recomputed from intervals: whatever was published by an account
 * while they followed it and held the tags that it was addressed to.
 */
export async function expectedInbox(database: DataSource, sub: string): Promise<string[]> {
  const person = '(SELECT id FROM subscribers WHERE sub = $1)';
  const follows = await database.query<(Interval & { accountId: string })[]>(
    `SELECT account_id AS "accountId", ${micros('followed_at')} AS from, ${micros('unfollowed_at')} AS until
       FROM follows WHERE subscriber_id = ${person}`,
    [sub],
  );
  const taggings = await database.query<(Interval & { tagId: string })[]>(
    `SELECT tag_id AS "tagId", ${micros('tagged_at')} AS from, ${micros('untagged_at')} AS until
       FROM taggings WHERE subscriber_id = ${person}`,
    [sub],
  );
  const published = await database.query<Published[]>(
    `SELECT id, account_id AS "accountId", ${micros('published_at')} AS at, audience_any AS any, audience_all AS all,
            audience_none AS none
       FROM broadcasts WHERE status IN ('published', 'recalled') AND account_id = ANY ($1) ORDER BY sequence`,
    [follows.map(({ accountId }) => accountId)],
  );
  return published
    .filter(({ accountId, at, any, all, none }) => {
      const held = new Set(taggings.filter((tagging) => holdsAt(tagging, at)).map(({ tagId }) => tagId));
      return (
        follows.some((follow) => follow.accountId === accountId && holdsAt(follow, at)) &&
        (any?.some((tag) => held.has(tag)) ?? true) &&
        (all?.every((tag) => held.has(tag)) ?? true) &&
        !(none?.some((tag) => held.has(tag)) ?? false)
      );
    })
    .map(({ id }) => id);
}

/**
 * Holds the inboxes of some people against what they must be. Nobody may follow, leave or publish meanwhile.
 * @param read the ids of the broadcasts in a person's inbox, in any order
 */
export async function findInboxFaults(
  database: DataSource,
  subs: readonly string[],
  read: (sub: string) => Promise<readonly string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const sub of subs) {
    const [expected, found] = [await expectedInbox(database, sub), await read(sub)];
    const isFound = new Set(found);
    const isExpected = new Set(expected);
    for (const id of expected) if (!isFound.has(id)) faults.push(`${sub} does not find ${id} in the inbox`);
    for (const id of found)
      if (!isExpected.has(id)) faults.push(`${sub} finds ${id} in the inbox, not being in its audience`);
    if (isFound.size !== found.length) faults.push(`${sub} finds something twice in the inbox`);
  }
  return faults;
}

/** All broadcasts that the person finds, account by account; previews are none. */
export async function readInbox(person: Api, accountIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const accountId of accountIds) {
    const path = `/me/inbox/${accountId}`;
    if ((await person.get(path)).status === 404) continue;
    const items = await allPages<{ id: string; preview: boolean }>(person, path);
    found.push(...items.filter(({ preview }) => !preview).map(({ id }) => id));
  }
  return found;
}

function holdsAt({ from, until }: Interval, at: number): boolean {
  return from <= at && (until === null || at < until);
}

/** Microseconds since 1970: as exact as PostgreSQL is, and still a whole number to JavaScript. */
function micros(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000000)::float8`;
}
