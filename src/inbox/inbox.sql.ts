import { accountSummaryColumns } from '../audience/account-summary';
import { FOLLOWS_OF_PERSON, followsOf, OUT, receivedSql } from '../audience/audience';
import { microsOf } from '../audience/instant';
import { visiblePreviewSql } from '../audience/preview-consent.sql';
import { headlines } from '../broadcasts/headlines';
import { withinPageBytes } from '../http/page.sql';

/** The greatest bigint. */
export const LAST_SEQUENCE = '9223372036854775807';

/** The broadcast `b` of the account `$2` was received by the person `$1`: for queries that begin with HERE. */
const RECEIVED = `EXISTS (SELECT FROM here AS f WHERE ${receivedSql('f', 'b')})`;

/** The follows of the account `$2` by the person `$1`. */
const HERE = `
  WITH here AS MATERIALIZED (SELECT * FROM ${FOLLOWS_OF_PERSON} AS f WHERE f.account_id = $2)`;

/**
 * The previews shown to the person `$1`. Published broadcasts are ordered by their sequence; a preview, which has none,
 * stands right after whatever had been published before it, and `nudge` tells several of them apart.
 */
const PREVIEWS = `
  SELECT p.account_id, p.broadcast_id AS id, p.content, p.previewed_at, ${microsOf('p.previewed_at')} AS nudge,
         coalesce((SELECT max(b.sequence) FROM broadcasts b WHERE b.published_at <= p.previewed_at), 0) AS sequence
    FROM previews p
   WHERE p.subscriber_id = $1 AND ${visiblePreviewSql('p')}`;

/**
 * SQL: up to which sequence the person has read the account; 0 for nothing. Asked for as the last mark that does not lie
 * beyond the account, so that it is always found by the person: PostgreSQL, which knows only the average account, would
 * else look through all the readers of an account for this one, and a popular account has a million of them.
 */
export function readThrough(account: string, person = '$1'): string {
  return `coalesce((
    SELECT CASE r.account_id WHEN ${account} THEN r.through_sequence END FROM reads r
     WHERE r.subscriber_id = ${person}
       AND (r.subscriber_id, r.account_id, r.after_sequence) <= (${person}, ${account}, ${LAST_SEQUENCE})
     ORDER BY r.subscriber_id DESC, r.account_id DESC, r.after_sequence DESC LIMIT 1), 0)`;
}

/** SQL: the columns of the broadcast `b` as whoever received it sees it; of a recalled one they see no content. */
export function asReceived(content = 'b.content'): string {
  return `b.id, b.account_id, CASE WHEN b.status = 'published' THEN ${content} END AS content,
    b.published_at AS at, b.status = 'recalled' AS recalled, false AS preview`;
}

/** More than this nobody counts: 999 means 999 or more. */
export const UNREAD_MAX = 999;

/**
 * `$2` and `$3` are accounts and how far each is read: how many broadcasts of each the person `$1` has not read, at most
 * UNREAD_MAX. Follows of one account never overlap, so their counts add up.
 */
export const UNREAD = `
  SELECT thread.account_id, least(sum(unread.count), ${UNREAD_MAX})::integer AS unread
    FROM unnest($2::uuid[], $3::bigint[]) AS thread (account_id, read_through)
    JOIN ${FOLLOWS_OF_PERSON} AS f ON f.account_id = thread.account_id
   CROSS JOIN LATERAL ${unreadIn('f', 'thread.read_through')} AS unread
   GROUP BY thread.account_id`;

/** How much of the accounts `$1` the people `$2` have not read: pair by pair, at most UNREAD_MAX. */
export const UNREAD_BY = `
  SELECT pair.subscriber_id, pair.account_id, least(sum(unread.count), ${UNREAD_MAX})::integer AS unread
    FROM unnest($1::uuid[], $2::uuid[]) AS pair (account_id, subscriber_id)
   CROSS JOIN LATERAL (
         SELECT ${readThrough('pair.account_id', 'pair.subscriber_id')} AS through) AS mark
   CROSS JOIN LATERAL ${followsOf('pair.subscriber_id', 'pair.account_id')} AS f
   CROSS JOIN LATERAL ${unreadIn('f', 'mark.through')} AS unread
   GROUP BY pair.subscriber_id, pair.account_id`;

/** SQL, to join laterally: the `count` of what the follow brought beyond what is read, at most UNREAD_MAX. */
function unreadIn(f: string, through: string): string {
  return `(SELECT count(*) FROM (
    SELECT FROM broadcasts b
     WHERE b.account_id = ${f}.account_id AND b.status = 'published' AND b.sequence > ${through}
       AND ${receivedSql(f, 'b')}
     LIMIT ${UNREAD_MAX}) AS counted)`;
}

/** Every account that concerns the person `$1`, with its newest broadcast and how far they have read. */
export const THREADS = `
  WITH follow AS MATERIALIZED (
    SELECT * FROM ${FOLLOWS_OF_PERSON} AS f
  ), mine AS (
    SELECT account_id, bool_or(unfollowed_at IS NULL) AS following, bool_or(muted AND unfollowed_at IS NULL) AS muted
      FROM follow GROUP BY account_id
  ), newest AS (
    SELECT DISTINCT ON (f.account_id) f.account_id, last.id, last.sequence
      FROM follow AS f
     CROSS JOIN LATERAL (
           SELECT b.id, b.sequence FROM broadcasts b
            WHERE b.account_id = f.account_id AND ${OUT} AND ${receivedSql('f', 'b')}
            ORDER BY b.sequence DESC LIMIT 1) AS last
     ORDER BY f.account_id, last.sequence DESC
  ), preview AS (
    SELECT DISTINCT ON (account_id) account_id, id, sequence, nudge FROM (${PREVIEWS}) AS shown
     ORDER BY account_id, nudge DESC
  ), thread AS (
    SELECT account_id, coalesce(mine.following, false) AS following, coalesce(mine.muted, false) AS muted,
           newest.id AS newest_id, coalesce(newest.sequence, 0) AS newest_sequence,
           preview.id AS preview_id, coalesce(preview.sequence, 0) AS preview_sequence, coalesce(preview.nudge, 0) AS nudge
      FROM mine FULL JOIN preview USING (account_id) LEFT JOIN newest USING (account_id)
     WHERE mine.following OR newest.id IS NOT NULL OR preview.id IS NOT NULL
  )
  SELECT thread.following, thread.muted, thread.newest_id, thread.newest_sequence,
         thread.preview_id, thread.preview_sequence, thread.nudge,
         ${readThrough('thread.account_id')} AS read_through, ${accountSummaryColumns('a')}
    FROM thread JOIN accounts a ON a.id = thread.account_id`;

/**
 * The newest of each thread. `$2` and `$3` are broadcasts that the person `$1` received and how far their accounts are
 * read; `$4` are previews. `$5` and `$6` are the places on the page of the ones and of the others.
 */
export const LATEST = withinPageBytes(
  `SELECT ${asReceived(headlines('b.content'))}, b.sequence <= newest.read_through AS read, newest.place
     FROM unnest($2::uuid[], $3::bigint[], $5::integer[]) AS newest (id, read_through, place)
     JOIN broadcasts b ON b.id = newest.id
   UNION ALL
   SELECT p.broadcast_id, p.account_id, ${headlines('p.content')}, p.previewed_at, false, true, true, shown.place
     FROM unnest($4::uuid[], $6::integer[]) AS shown (id, place)
     JOIN previews p ON p.subscriber_id = $1 AND p.broadcast_id = shown.id`,
  'place',
);

/**
 * The broadcasts of the account `$2` that the person `$1` received, and the previews of it that they were shown, below
 * the place (`$3`, `$4`, `$5`), newest first, at most `$6`.
 */
export const THREAD = withinPageBytes(
  `${HERE}
  SELECT item.*, item.preview OR item.sequence <= ${readThrough('$2')} AS read FROM (
    (SELECT ${asReceived()}, b.sequence, 0::bigint AS nudge
       FROM broadcasts b
      WHERE b.account_id = $2 AND ${OUT} AND b.sequence <= $3 AND ${RECEIVED}
      ORDER BY b.sequence DESC LIMIT $6::bigint + 1)
    UNION ALL
    SELECT id, account_id, content, previewed_at, false, true, sequence, nudge
      FROM (${PREVIEWS}) AS shown WHERE account_id = $2) AS item
   WHERE (item.sequence, item.nudge, item.id) < ($3::bigint, $4::bigint, $5::uuid)
   ORDER BY item.sequence DESC, item.nudge DESC, item.id DESC LIMIT $6::bigint`,
  'sequence DESC, nudge DESC, id DESC',
);

/** Whether the account `$2` concerns the person `$1` in any way. */
export const CONCERNS = `
  SELECT EXISTS (SELECT FROM follows WHERE subscriber_id = $1 AND account_id = $2)
      OR EXISTS (SELECT FROM (${PREVIEWS}) AS shown WHERE account_id = $2) AS concerns`;

/** Up to which sequence the person `$1` reads on in the account `$2`: to its broadcast or preview `$3`, or to its newest. */
export const READ_TARGET = `${HERE}
  SELECT max(sequence) AS sequence FROM (
    (SELECT b.sequence FROM broadcasts b
      WHERE b.account_id = $2 AND ${OUT} AND ($3::uuid IS NULL OR b.id = $3) AND ${RECEIVED}
      ORDER BY b.sequence DESC LIMIT 1)
    UNION ALL
    SELECT sequence FROM (${PREVIEWS}) AS shown WHERE account_id = $2 AND id = $3) AS target`;
