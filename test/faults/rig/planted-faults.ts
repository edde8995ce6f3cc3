const PUBLISHED = `(SELECT id FROM broadcasts WHERE status = 'published' ORDER BY sequence LIMIT 1)`;
const SCHEDULED = `(SELECT id FROM broadcasts WHERE status = 'scheduled' ORDER BY scheduled_at LIMIT 1)`;
const CANCELLED = `(SELECT id FROM broadcasts WHERE status = 'cancelled' LIMIT 1)`;
const without = (table: string, constraint: string) => `ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`;
const entry = (action: string, subject: string, facts = '{}') =>
  `INSERT INTO audit_entries (id, at, actor, action, subject, facts)
   SELECT gen_random_uuid(), clock_timestamp() + interval '1 year', 'nobody', '${action}', 'broadcast:' || ${subject}, '${facts}'`;
const slotLike = (broadcast: string, changed: string) =>
  `INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
   SELECT ${changed} FROM quota_slots s WHERE broadcast_id = ${broadcast} LIMIT 1`;

/** Each fault, how it is planted past every guard of the database, and what the checker must say of it. */
export const PLANTS: readonly (readonly [fault: string, sql: readonly string[], said: RegExp])[] = [
  [
    'a slot too many in a period',
    [
      without('quota_slots', 'quota_slots_within_allowance'),
      `INSERT INTO quota_slots SELECT account_id, term, period, 10 + n, type, gen_random_uuid(), starts_at, ends_at
         FROM quota_slots, generate_series(1, 5) AS n WHERE broadcast_id = ${PUBLISHED}`,
    ],
    /holds 7 slots of 6/,
  ],
  [
    'one slot held twice',
    [
      without('quota_slots', 'quota_slots_pk'),
      slotLike(PUBLISHED, 's.account_id, term, period, slot, type, gen_random_uuid(), starts_at, ends_at'),
    ],
    /^Slot 1 of .* is held 2 times$/,
  ],
  [
    'a slot that no grant covers',
    [
      without('quota_slots', 'quota_slots_within_allowance'),
      `UPDATE quota_slots SET slot = 9 WHERE broadcast_id = ${PUBLISHED}`,
    ],
    /has a slot 9, which nobody allowed or granted/,
  ],
  [
    'a slot whose period is not what its calendar says',
    [`UPDATE quota_slots SET ends_at = ends_at + interval '1 hour' WHERE broadcast_id = ${PUBLISHED}`],
    /is not .* as the slot of .* says/,
  ],
  [
    'a publication outside the period of its slot',
    [`UPDATE broadcasts SET published_at = published_at + interval '40 days' WHERE id = ${PUBLISHED}`],
    /outside 2027-03, whose slot it holds/,
  ],
  [
    'a publication without a slot',
    [`DELETE FROM quota_slots WHERE broadcast_id = ${PUBLISHED}`],
    /is published without a slot/,
  ],
  [
    'a publication with two slots',
    [
      without('quota_slots', 'quota_slots_one_per_broadcast CASCADE'),
      slotLike(PUBLISHED, 's.account_id, term, period, 3, type, broadcast_id, starts_at, ends_at'),
    ],
    /is published and holds 2 slots of one term/,
  ],
  [
    'something scheduled without a slot',
    [`DELETE FROM quota_slots WHERE broadcast_id = ${SCHEDULED}`],
    /is scheduled without a slot/,
  ],
  [
    'something cancelled with a slot',
    [
      slotLike(
        PUBLISHED,
        `s.account_id, term, '2028-01', 1, type, ${CANCELLED}, '2028-01-01Z', '2028-02-01Z'`,
      ),
    ],
    /is cancelled and holds 1 slots/,
  ],
  [
    'a publication before its time',
    [
      without('broadcasts', 'broadcasts_never_early'),
      `UPDATE broadcasts SET published_at = scheduled_at - interval '2 ms' WHERE id = ${PUBLISHED}`,
    ],
    /is published 2\.000 ms before its time/,
  ],
  [
    'a publication that the log tells twice',
    [entry('broadcast.published', PUBLISHED)],
    /has 2 entries of its publication/,
  ],
  [
    'a publication that the log does not tell',
    [
      `DELETE FROM audit_entries WHERE action = 'broadcast.published' AND subject = 'broadcast:' || ${PUBLISHED}`,
    ],
    /has 0 entries of its publication/,
  ],
  [
    'a slot of which the log knows nothing',
    [`UPDATE quota_slots SET slot = 4 WHERE broadcast_id = ${SCHEDULED}`],
    /By the log, broadcast .* holds .*, but it holds/,
  ],
  [
    'a cancelled broadcast that came to life again',
    [`UPDATE broadcasts SET status = 'draft', scheduled_at = NULL WHERE id = ${CANCELLED}`],
    /is draft, but by the log it is cancelled/,
  ],
  [
    'a way of life that there is none',
    [entry('broadcast.recalled', CANCELLED)],
    /which was cancelled, be broadcast.recalled/,
  ],
  [
    'a broadcast that is lost',
    [entry('broadcast.created', 'gen_random_uuid()')],
    /The log knows .*, which is not there/,
  ],
  [
    'a grant that the log does not know',
    ["DELETE FROM audit_entries WHERE action = 'quota.granted'"],
    /knows no grant/,
  ],
  [
    'more than the old calendar allows, after a change of calendars',
    [
      // Its new day is another one than that of what it published before the change, but the old day goes on.
      `DELETE FROM quota_slots s USING account_terms t
        WHERE t.account_id = s.account_id AND t.term = s.term AND t.counts_until IS NOT NULL AND t.time_zone = 'Pacific/Kiritimati'`,
      `UPDATE broadcasts b SET published_at = t.starts_at + interval '1 second', scheduled_at = t.starts_at
         FROM account_terms t WHERE t.account_id = b.account_id AND t.term = 2 AND t.time_zone = 'Pacific/Pago_Pago'
          AND b.status = 'published' AND b.term = 2`,
    ],
    /has 2 broadcasts in 2027-03-11 \(Pacific\/Kiritimati, term 1\), which had room for 1/,
  ],
  [
    'a gap between the numbers of what was published',
    [
      'UPDATE broadcasts SET sequence = sequence + 100 WHERE sequence = (SELECT max(sequence) FROM broadcasts)',
    ],
    /has the sequence 10\d, not \d/,
  ],
  [
    'a follow that begins before the one before it has ended',
    [
      `INSERT INTO follows SELECT subscriber_id, account_id, followed_at - interval '1 h', followed_at + interval '1 us' FROM follows LIMIT 1`,
    ],
    /^Follows of .* overlap$/,
  ],
];
