import type { EntityManager } from 'typeorm';
import { heldSql, holdingSql, oneOfSql, type AudienceTags } from './audience';

/** RFC 3339 text, exact. */
type Instant = string;

/**
 * How many people an audience is at an instant, exactly.
 *
 * To look up who of a million followers holds a tag takes far longer than to count them. But whoever holds a tag was
 * following when it was given, and the database sees to that; so those of them who are not following have left since, and
 * they are few. Holders are therefore counted by the tag alone, and those who have left are taken away.
 */
export async function countRecipients(
  manager: EntityManager,
  accountId: string,
  audience: AudienceTags & { readonly publishedAt: Instant },
): Promise<number> {
  const parameters: unknown[] = [accountId, audience.publishedAt];
  const given: Given = (tags) => `$${parameters.push(tags)}::uuid[]`;
  const { any, all, none } = audience;
  const asksForTags = any !== null || (all ?? []).length > 0;
  const count = asksForTags ? holders({ any, all, none }, given) : followers(none, given);
  const [row] = await manager.query<[{ count: string }]>(`SELECT ${count} AS count`, parameters);
  return Number(row.count);
}

/** Takes tags as a parameter, and is the SQL for it. */
type Given = (tags: readonly string[]) => string;

const AT = '$2::timestamptz';

/** SQL: all of them, less those who hold one of these tags. */
function followers(none: readonly string[] | null, given: Given): string {
  const all = `(SELECT count(*) FROM follows f WHERE f.account_id = $1 AND ${followsThen('f')})`;
  return none ? `${all} - (${holders({ any: none, all: null, none: null }, given)})` : all;
}

/** SQL: those who hold what is asked for, less those of them who have left. */
function holders(tags: AudienceTags, given: Given): string {
  const holding = (who: string, which: AudienceTags) =>
    holdingSql(who, which, AT, given)
      .map((held) => `AND ${held}`)
      .join(' ');
  const [first, ...others] = tags.all ?? [];
  const by = first === undefined ? (tags.any ?? []) : [first];
  const besides = first === undefined ? { ...tags, any: null } : { ...tags, all: others };
  // Nobody holds a tag twice at one instant.
  const people = by.length === 1 ? '*' : 'DISTINCT h.subscriber_id';
  return `(SELECT count(${people}) FROM taggings h
            WHERE h.tag_id ${oneOfSql(by, given)} AND ${heldSql('h.tagged_at', 'h.untagged_at', AT)}
              ${holding('h.subscriber_id', besides)})
        - (SELECT count(DISTINCT gone.subscriber_id) FROM follows gone
            WHERE gone.account_id = $1 AND gone.unfollowed_at <= ${AT}
              AND NOT EXISTS (SELECT FROM follows f WHERE f.subscriber_id = gone.subscriber_id
                                 AND f.account_id = $1 AND ${followsThen('f')})
              ${holding('gone.subscriber_id', tags)})`;
}

/** SQL: the follow holds at the instant. */
function followsThen(follow: string): string {
  return heldSql(`${follow}.followed_at`, `${follow}.unfollowed_at`, AT);
}
