import type { DataSource } from 'typeorm';

interface Counted {
  readonly tag_id: string;
  readonly people: string;
}

const HELD = 'h.tag_id = ANY ($1::uuid[]) AND h.untagged_at IS NULL';

/**
 * How many followers hold each of these tags, by the tag's id; those that nobody holds are left out. As where an audience is
 * counted: whoever holds a tag was following when it was given, so those who have left since are taken away, who are few.
 */
export async function countHolders(
  database: DataSource,
  accountId: string,
  tagIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const holding = await database.query<Counted[]>(
    `SELECT h.tag_id, count(*) AS people FROM taggings h WHERE ${HELD} GROUP BY h.tag_id`,
    [tagIds],
  );
  const gone = await database.query<Counted[]>(
    `SELECT h.tag_id, count(DISTINCT h.subscriber_id) AS people
       FROM follows g JOIN taggings h ON h.subscriber_id = g.subscriber_id AND ${HELD}
      WHERE g.account_id = $2 AND g.unfollowed_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM follows f WHERE f.subscriber_id = g.subscriber_id
                           AND f.account_id = $2 AND f.unfollowed_at IS NULL)
      GROUP BY h.tag_id`,
    [tagIds, accountId],
  );
  const left = new Map(gone.map(({ tag_id, people }) => [tag_id, Number(people)]));
  return new Map(holding.map(({ tag_id, people }) => [tag_id, Number(people) - (left.get(tag_id) ?? 0)]));
}
