import type { EntityManager } from 'typeorm';
import type { FollowerRow, FollowerSort, FollowersQuery } from './followers.dto';
import { exactText } from './instant';
import type { TagName } from './tags.dto';

export interface Sort {
  readonly by: FollowerSort;
  readonly descending: boolean;
}

export function sortOf({ sort = '-followedAt' }: Pick<FollowersQuery, 'sort'>): Sort {
  return { by: sort.replace('-', '') as FollowerSort, descending: sort.startsWith('-') };
}

/** Where a page ends. */
export function keyOf({ exact, sub, subscriber_id }: FollowerRow, { by }: Sort): readonly [string, string] {
  return [by === 'followedAt' ? exact : sub, subscriber_id];
}

/** Bytewise, so that pages do not depend on the collation of the database. */
const SORT_KEYS = {
  followedAt: { column: 'f.followed_at', type: 'timestamptz' },
  subscriber: { column: 's.sub COLLATE "C"', type: 'text' },
} as const;

/**
 * Those who follow now, in order, after a key. By when they followed, an index of the account's follows has them in order; by
 * their ids, all of the account's followers are looked at. It touches person tables only, joined by the person.
 */
export function followersPage(
  manager: EntityManager,
  accountId: string,
  query: Pick<FollowersQuery, 'q' | 'tag' | 'since' | 'until' | 'sort'>,
  after: readonly string[] | undefined,
  limit: number,
): Promise<FollowerRow[]> {
  const parameters: unknown[] = [accountId, limit];
  const given = (value: unknown, type: string) => `$${parameters.push(value)}::${type}`;
  const { by, descending } = sortOf(query);
  const { column, type } = SORT_KEYS[by];
  const [way, sign] = descending ? ['DESC', '<'] : ['ASC', '>'];
  const conditions = ['f.account_id = $1', 'f.unfollowed_at IS NULL'];
  if (query.since !== undefined) conditions.push(`f.followed_at >= ${given(query.since, 'timestamptz')}`);
  if (query.until !== undefined) conditions.push(`f.followed_at < ${given(query.until, 'timestamptz')}`);
  if (query.q !== undefined) conditions.push(`s.sub ILIKE ${given(containing(query.q), 'text')}`);
  if (after) {
    const key = `(${given(after[0], type)}, ${given(after[1], 'uuid')})`;
    conditions.push(`(${column}, f.subscriber_id) ${sign} ${key}`);
  }
  const holding =
    query.tag === undefined
      ? ''
      : `JOIN taggings held ON held.subscriber_id = f.subscriber_id AND held.untagged_at IS NULL
                           AND held.tag_id = ${given(query.tag, 'uuid')}`;
  return manager.query<FollowerRow[]>(
    `SELECT f.subscriber_id, s.sub, f.followed_at, ${exactText('f.followed_at')} AS exact
       FROM follows f JOIN subscribers s ON s.id = f.subscriber_id ${holding}
      WHERE ${conditions.join(' AND ')}
      ORDER BY ${column} ${way}, f.subscriber_id ${way} LIMIT $2`,
    parameters,
  );
}

/** The tags of the people of a page: by the people first, then the names of these tags. */
export async function tagsOfFollowers(
  manager: EntityManager,
  accountId: string,
  followers: readonly FollowerRow[],
): Promise<(subscriberId: string) => readonly TagName[]> {
  const held = await manager.query<{ subscriber_id: string; tag_id: string }[]>(
    `SELECT subscriber_id, tag_id FROM taggings
      WHERE subscriber_id = ANY ($1::uuid[]) AND account_id = $2 AND untagged_at IS NULL`,
    [followers.map(({ subscriber_id }) => subscriber_id), accountId],
  );
  const tags = await manager.query<TagName[]>(
    `SELECT id, name FROM tags
      WHERE account_id = $1 AND deleted_at IS NULL AND id = ANY ($2::uuid[]) ORDER BY name`,
    [accountId, [...new Set(held.map(({ tag_id }) => tag_id))]],
  );
  const holders = new Set(held.map(({ subscriber_id, tag_id }) => `${subscriber_id} ${tag_id}`));
  return (subscriberId) => tags.filter(({ id }) => holders.has(`${subscriberId} ${id}`));
}

/** A pattern for whatever holds the text. */
function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
