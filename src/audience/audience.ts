import type { Micros } from './instant';

/**
 * Who a broadcast is for: whoever was following its account at the instant it was published and held the tags that it
 * was addressed to at that same instant. This file is the one definition: once as a decision about one person, with
 * the reason, and once as SQL for many; a property test holds the two against each other.
 *
 * All intervals are half-open: they hold at their first instant and no longer at their last.
 */
export interface Interval {
  readonly from: Micros;
  /** Null: it still holds. */
  readonly until: Micros | null;
}

export interface Tagging extends Interval {
  readonly tagId: string;
}

/** The tags a broadcast is addressed to. Null: this part asks for nothing. All null: everyone. */
export interface AudienceTags {
  /** At least one of them. */
  readonly any: readonly string[] | null;
  readonly all: readonly string[] | null;
  readonly none: readonly string[] | null;
}

export interface Addressed extends AudienceTags {
  /** Null: not published. */
  readonly publishedAt: Micros | null;
}

export const AUDIENCE_REASONS = [
  'following',
  'not-published',
  'never-followed',
  'followed-later',
  'unfollowed-before',
  'tags-not-held',
  'tag-excluded',
] as const;
export type AudienceReason = (typeof AUDIENCE_REASONS)[number];

export interface Verdict {
  readonly received: boolean;
  readonly reason: AudienceReason;
  /** The instant that decided; null where there is none. */
  readonly at: Micros | null;
  /** The tags that decided: those that were not held, or those that were and should not have been. */
  readonly tagIds: readonly string[];
}

/** Whether the person with these follows of the account and these taggings received the broadcast, and why. */
export function decide(
  follows: readonly Interval[],
  taggings: readonly Tagging[],
  broadcast: Addressed,
): Verdict {
  const at = broadcast.publishedAt;
  if (at === null) return refused('not-published', null);
  if (!follows.some((follow) => holdsAt(follow, at))) return notFollowing(follows, at);
  const held = new Set(taggings.filter((tagging) => holdsAt(tagging, at)).map(({ tagId }) => tagId));
  const { any, all, none } = broadcast;
  if (any && !any.some((tag) => held.has(tag))) return refused('tags-not-held', at, any);
  const missing = (all ?? []).filter((tag) => !held.has(tag));
  if (missing.length > 0) return refused('tags-not-held', at, missing);
  const excluding = (none ?? []).filter((tag) => held.has(tag));
  if (excluding.length > 0) return refused('tag-excluded', at, excluding);
  return { received: true, reason: 'following', at, tagIds: [] };
}

function notFollowing(follows: readonly Interval[], at: Micros): Verdict {
  if (follows.length === 0) return refused('never-followed', null);
  const endsBefore = follows.map(({ until }) => until).filter((until) => until !== null && until <= at);
  if (endsBefore.length > 0) return refused('unfollowed-before', Math.max(...(endsBefore as Micros[])));
  return refused('followed-later', Math.min(...follows.map(({ from }) => from)));
}

function refused(reason: AudienceReason, at: Micros | null, tagIds: readonly string[] = []): Verdict {
  return { received: false, reason, at, tagIds };
}

function holdsAt({ from, until }: Interval, at: Micros): boolean {
  return from <= at && (until === null || at < until);
}

/**
 * SQL: the follows of the person `$1`, to select from. `OFFSET 0` keeps other conditions out, so that they are always
 * found by the person: PostgreSQL, which knows only the average account, would else look through all the followers of
 * an account for this one, and a popular account has a million of them.
 */
export const FOLLOWS_OF_PERSON = '(SELECT * FROM follows WHERE subscriber_id = $1 OFFSET 0)';

/**
 * SQL, to join laterally: the follows of one account by one person. `OFFSET 0` keeps it a look-up by both, whatever
 * PostgreSQL thinks of an account that has a million followers.
 */
export function followsOf(person: string, account: string): string {
  return `(SELECT * FROM follows WHERE subscriber_id = ${person} AND account_id = ${account} OFFSET 0)`;
}

/** SQL: the broadcast `b` was published; a recalled one keeps its place. Matches the index broadcasts_published. */
export const OUT = `b.status IN ('published', 'recalled')`;

/**
 * SQL: the follow `f` received the broadcast `b`, for queries over many broadcasts. The arguments are aliases of rows
 * of `follows` and `broadcasts` of the same account.
 */
export function receivedSql(f: string, b: string): string {
  const who = `${f}.subscriber_id`;
  const at = `${b}.published_at`;
  const missing = `SELECT FROM unnest(${b}.audience_all) AS needed (tag_id)
    WHERE NOT ${heldOneOf(who, 'ARRAY[needed.tag_id]', at)}`;
  return [
    heldSql(`${f}.followed_at`, `${f}.unfollowed_at`, at),
    `(${b}.audience_any IS NULL OR ${heldOneOf(who, `${b}.audience_any`, at)})`,
    `(${b}.audience_all IS NULL OR NOT EXISTS (${missing}))`,
    `(${b}.audience_none IS NULL OR NOT ${heldOneOf(who, `${b}.audience_none`, at)})`,
  ].join(' AND ');
}

/**
 * SQL: the same for one broadcast that is known, for queries over many follows: only the conditions that it has, each
 * in a form that PostgreSQL can turn into a join. Values are appended to `parameters`.
 */
export function recipientSql(
  f: string,
  { publishedAt, any, all, none }: AudienceTags & { readonly publishedAt: string },
  parameters: unknown[],
): string {
  const given = (value: unknown, type: string) => `$${parameters.push(value)}::${type}`;
  const at = given(publishedAt, 'timestamptz');
  const held = heldSql(`${f}.followed_at`, `${f}.unfollowed_at`, at);
  const tags = { any, all, none };
  return [held, ...holdingSql(`${f}.subscriber_id`, tags, at, (ids) => given(ids, 'uuid[]'))].join(' AND ');
}

/**
 * SQL: conditions that a person holds the tags that are asked for, as many as there are.
 * @param given takes tags as a parameter, and answers with the SQL for it
 */
export function holdingSql(
  who: string,
  { any, all, none }: AudienceTags,
  at: string,
  given: (tags: readonly string[]) => string,
): string[] {
  const held = (tags: readonly string[]) => heldSome(who, oneOfSql(tags, given), at);
  return [
    ...(any ? [held(any)] : []),
    ...(all ?? []).map((tag) => held([tag])),
    ...(none ? [`NOT ${held(none)}`] : []),
  ];
}

/**
 * SQL, behind a column: it is one of these. A single one is compared and not looked for in a list: then PostgreSQL knows that
 * an index by tag and person has its people in order, and can go through the holders of two tags side by side.
 */
export function oneOfSql(ids: readonly string[], given: (ids: readonly string[]) => string): string {
  return ids.length === 1 ? `= (${given(ids)})[1]` : `= ANY (${given(ids)})`;
}

/** SQL: an interval holds at an instant. */
export function heldSql(from: string, until: string, at: string): string {
  return `${from} <= ${at} AND (${until} IS NULL OR ${until} > ${at})`;
}

function heldOneOf(who: string, tags: string, at: string): string {
  return heldSome(who, `= ANY (${tags})`, at);
}

function heldSome(who: string, tagIs: string, at: string): string {
  return `EXISTS (SELECT FROM taggings AS held WHERE held.subscriber_id = ${who}
    AND held.tag_id ${tagIs} AND ${heldSql('held.tagged_at', 'held.untagged_at', at)})`;
}
