import { followsOf, OUT, receivedSql } from '../audience/audience';
import { exactText, microsOf } from '../audience/instant';
import { asReceived, readThrough } from '../inbox/inbox.sql';

/** Where the stream of broadcasts stands, and the database's clock. */
export const HEAD = `
  SELECT coalesce(max(sequence), 0) AS sequence, ${exactText('fanfare_now()')} AS now FROM broadcasts`;

/** What was published after the sequence `$1`, at most `$2`. */
export const PUBLISHED_AFTER = `
  SELECT sequence, account_id FROM broadcasts WHERE sequence > $1 ORDER BY sequence LIMIT $2`;

/** The broadcasts with the sequences `$1`, in their order, as inboxes show them, without what depends on who reads them. */
export const BROADCASTS = `
  SELECT ${asReceived()}, b.sequence FROM broadcasts b WHERE b.sequence = ANY ($1::bigint[]) ORDER BY b.sequence`;

/** Which of the pairs of a sequence `$1` and a person `$2` are recipients, and whether they muted the account. */
export const RECIPIENTS = `
  SELECT b.sequence, f.subscriber_id, f.muted
    FROM unnest($1::bigint[], $2::uuid[]) AS candidate (sequence, subscriber_id)
    JOIN broadcasts b ON b.sequence = candidate.sequence
   CROSS JOIN LATERAL ${followsOf('candidate.subscriber_id', 'b.account_id')} AS f
   WHERE ${receivedSql('f', 'b')}`;

/**
 * What the follows of `$1` by `$2`, begun at `$3`, brought after the sequences `$4` and up to `$5`: for follows that were
 * not known when it was published.
 */
export const BROUGHT_BY = `
  SELECT b.sequence, f.subscriber_id, f.muted
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[])
           AS found (account_id, subscriber_id, followed_at, after)
   CROSS JOIN LATERAL ${followsOf('found.subscriber_id', 'found.account_id')} AS f
    JOIN broadcasts b ON b.account_id = f.account_id AND ${OUT} AND b.sequence > found.after AND b.sequence <= $5
   WHERE ${microsOf('f.followed_at')} = found.followed_at AND ${receivedSql('f', 'b')}`;

/**
 * What each of the people `$1` missed after their sequence in `$2`, up to `$3`, without what they muted: at most `$4`
 * sequences, and which of them they have read; and whether the oldest broadcast of all after their sequence was published
 * more than `$5` days ago. Looked for account by account: PostgreSQL cannot know how far behind somebody is, and would else
 * look through all that was published since.
 */
export const MISSED = `
  SELECT coalesce(missed.sequences, '{}') AS sequences, coalesce(missed.read, '{}') AS read,
         coalesce((
           SELECT published_at < fanfare_now() - make_interval(days => $5)
             FROM broadcasts WHERE sequence > person.after ORDER BY sequence LIMIT 1), false) AS too_old
    FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS person (id, after, place)
   CROSS JOIN LATERAL (
         SELECT array_agg(sequence ORDER BY sequence)::text[] AS sequences,
                array_agg(sequence) FILTER (WHERE read)::text[] AS read
           FROM (SELECT b.sequence, b.sequence <= ${readThrough('b.account_id', 'person.id')} AS read
                   FROM (SELECT * FROM follows WHERE subscriber_id = person.id AND NOT muted OFFSET 0) AS f
                  CROSS JOIN LATERAL (
                        SELECT b.account_id, b.sequence FROM broadcasts b
                         WHERE b.account_id = f.account_id AND ${OUT}
                           AND b.sequence > person.after AND b.sequence <= $3 AND ${receivedSql('f', 'b')}
                         ORDER BY b.sequence LIMIT $4) AS b
                  ORDER BY b.sequence LIMIT $4) AS newer) AS missed
   ORDER BY person.place`;

/**
 * Whom the people `$1` follow, or left so lately that something published before may still be on its way, and since when:
 * a row a person, since there may be hundreds of thousands of follows; and the clock, which is there even if nobody
 * follows anybody.
 */
export const FOLLOWS = `
  SELECT ${microsOf('clock.now')} AS now, f.subscriber_id,
         json_object_agg(f.account_id, ${microsOf('f.followed_at')} ORDER BY f.followed_at)
           FILTER (WHERE f.account_id IS NOT NULL) AS follows
    FROM (SELECT fanfare_now() AS now) AS clock
    LEFT JOIN follows f ON f.subscriber_id = ANY ($1::uuid[])
     AND (f.unfollowed_at IS NULL OR f.unfollowed_at > clock.now - interval '1 minute')
   GROUP BY clock.now, f.subscriber_id`;

/** Who began to follow the accounts `$1` after `$2`, in microseconds since 1970. */
export const FOLLOWED_SINCE = `
  SELECT subscriber_id, account_id, ${microsOf('followed_at')} AS followed_at
    FROM follows
   WHERE account_id = ANY ($1::uuid[])
     AND followed_at > timestamptz 'epoch' + make_interval(secs => $2::double precision / 1000000)`;

/** What has been recalled since `$1`, or a while before. */
export const RECALLED_SINCE = `
  SELECT split_part(subject, ':', 2) AS id FROM audit_entries
   WHERE action = 'broadcast.recalled' AND at > $1::timestamptz - interval '30 seconds'`;

/** Which of the people `$2` have the broadcasts `$1` in their inboxes. */
export const HOLDERS = `
  SELECT b.id, b.account_id, f.subscriber_id
    FROM broadcasts b
   CROSS JOIN unnest($2::uuid[]) AS person (id)
   CROSS JOIN LATERAL ${followsOf('person.id', 'b.account_id')} AS f
   WHERE b.id = ANY ($1::uuid[]) AND ${receivedSql('f', 'b')}`;

/** How far the people `$2` have read on since `$1`, or a moment before. */
export const READ_SINCE = `
  SELECT subscriber_id, account_id, through_sequence
    FROM reads WHERE read_at > $1::timestamptz - interval '5 seconds' AND subscriber_id = ANY ($2::uuid[])`;
