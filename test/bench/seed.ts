import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountType } from '../../src/accounts/account-type';
import { inBulk } from './bulk';

/**
 * Data by the million, by SQL: the constraints see to it that it is such as the application would have made. Accounts and
 * people are known by their numbers, from 0 on, of which the ids are digests.
 */

export function accountId(number: number): string {
  return digest(`account ${number}`);
}

export function personId(number: number): string {
  return digest(`person ${number}`);
}

/** With the two digits that make it a UUID of version 4. */
function digest(text: string): string {
  const hash = createHash('md5').update(text).digest('hex');
  return hash.replace(/^(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}

/** SQL: the same. */
const digestSql = (text: string) =>
  `overlay(overlay(md5(${text}) PLACING '4' FROM 13) PLACING '8' FROM 17)::uuid`;
const ACCOUNT = digestSql(`'account ' || number`);
const PERSON = digestSql(`'person ' || number`);

/** SQL: a new UUID of version 7, as the application makes them: those made about the same time lie side by side in an index. */
const NEW_ID = `encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) PLACING
  substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid`;

const ZONES = ['UTC', 'Europe/Madrid', 'Asia/Tokyo', 'America/New_York', 'Asia/Kolkata'];

/** The accounts from one number up to another. `mixed`: by turns of either type, and in several zones. */
export async function seedAccounts(
  database: DataSource,
  from: number,
  until: number,
  type: AccountType | 'mixed',
): Promise<void> {
  const zones = type === 'mixed' ? ZONES : ['UTC'];
  // Together with their terms, since each refers to the other.
  await database.query(
    `WITH brand AS (
       SELECT ${ACCOUNT} AS id, 'brand-' || number AS handle, ($4::text[])[1 + number % cardinality($4)] AS zone,
              CASE $3 WHEN 'mixed' THEN CASE number % 2 WHEN 0 THEN 'service' ELSE 'subscription' END ELSE $3 END AS type
         FROM generate_series($1::integer, $2::integer - 1) AS number
     ), term AS (
       INSERT INTO account_terms (account_id, term, type, time_zone, starts_at)
       SELECT id, 1, type, zone, '2025-01-01Z' FROM brand
     )
     INSERT INTO accounts (id, handle, name, type, time_zone, term, status, created_at, updated_at)
     SELECT id, handle, 'The brand ' || handle, type, zone, 1, 'active', '2025-01-01Z', '2025-01-01Z' FROM brand`,
    [from, until, type, zones],
  );
}

/** More rows than these at once are written without indexes, which are built afterwards. */
const BULK = 2_000_000;

/** People from number 0 on begin to follow the account, a second after another from the beginning of 2025. */
export async function seedFollowers(database: DataSource, account: string, count: number): Promise<void> {
  const write = (to: DataSource | EntityManager) =>
    to.query(
      `INSERT INTO follows (subscriber_id, account_id, followed_at)
       SELECT ${PERSON}, $1, '2025-01-01Z'::timestamptz + number * interval '1 second'
         FROM generate_series(0, $2::integer - 1) AS number`,
      [account, count],
    );
  await (count > BULK ? inBulk(database, 'follows', write) : write(database));
}

const CONTENT = JSON.stringify({
  type: 'text',
  text: 'The first rye of the autumn is out of the oven, and the door is open until it is gone. Come early, as they say.',
});

/**
 * Each account from one number up to another has published so many broadcasts, all of them in turn, over the last month. The
 * slots are of periods that no calendar knows, so that there may be more of them than a quota allows.
 */
export async function seedPublished(
  database: DataSource,
  from: number,
  until: number,
  each: number,
): Promise<void> {
  await database.query(
    `WITH made AS (
       INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, published_at, sequence, term, created_by,
                               created_at, updated_at)
       SELECT ${NEW_ID}, ${ACCOUNT}, 'published', $4, clock.at, clock.at, last.sequence + place, 1, 'bench', clock.at,
              clock.at
         FROM (SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts) AS last,
              generate_series(1, $3::integer) AS round, generate_series($1::integer, $2::integer - 1) AS number,
              LATERAL (SELECT (round - 1) * ($2::integer - $1::integer) + number - $1::integer + 1 AS place) AS place,
              LATERAL (SELECT date_trunc('milliseconds', fanfare_now() - interval '30 days'
                              + interval '30 days' * place / (1 + $3::integer * ($2::integer - $1::integer))) AS at) AS clock
       RETURNING id, account_id, sequence
     ), numbered AS (
       SELECT *, row_number() OVER (PARTITION BY account_id ORDER BY sequence)::integer AS place FROM made
     )
     INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
     SELECT account_id, 1,
            CASE a.type WHEN 'service' THEN lpad((place / 100)::text, 4, '0') || '-' || lpad((place % 100)::text, 2, '0')
                        ELSE to_char(date '1900-01-01' + place, 'YYYY-MM-DD') END,
            1, a.type, numbered.id, 'epoch', 'infinity'
       FROM numbered JOIN accounts a ON a.id = numbered.account_id`,
    [from, until, each, CONTENT],
  );
}

/**
 * Each service account from one number up to another has a broadcast that comes due in the second that begins at this
 * instant; in the order in which they are due. `set` tells several such sets apart. With `spread` they are due all over
 * that second, else all at its beginning.
 */
export async function seedDue(
  database: DataSource,
  accounts: { readonly from: number; readonly until: number },
  set: number,
  at: Date,
  spread = false,
): Promise<string[]> {
  const rows = await database.query<{ id: string }[]>(
    `WITH made AS (
       INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, term, created_by, created_at, updated_at)
       SELECT ${NEW_ID}, ${ACCOUNT}, 'scheduled', $5,
              $4::timestamptz + CASE WHEN $6::boolean THEN (number % 1000) * interval '1 ms' ELSE interval '0' END, 1, 'bench',
              fanfare_now(), fanfare_now()
         FROM generate_series($1::integer, $2::integer - 1) AS number
       RETURNING id, account_id, scheduled_at
     ), slot AS (
       INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
       SELECT account_id, 1, lpad($3::text, 4, '0') || '-00', 1, 'service', id, 'epoch', '9999-01-01Z' FROM made
     )
     SELECT id FROM made ORDER BY scheduled_at, id`,
    [accounts.from, accounts.until, set, at, CONTENT, spread],
  );
  return rows.map(({ id }) => id);
}

/**
 * Every account has published something in the period that it is in now, and has scheduled something more where its
 * allowance leaves room: service accounts two and one of their four a month, subscription accounts one on every second day.
 */
export async function seedQuotas(database: DataSource, from: number, until: number): Promise<void> {
  await database.query(
    `WITH place AS (
       SELECT ${NEW_ID} AS id, a.id AS account_id, a.type, slot, local.period, slot < 3 AS out,
              last.sequence + row_number() OVER () AS sequence
         FROM generate_series($2::integer, $3::integer - 1) AS number
         JOIN accounts a ON a.id = ${ACCOUNT}
         CROSS JOIN (SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts) AS last
         CROSS JOIN LATERAL (SELECT fanfare_now() AT TIME ZONE a.time_zone AS now) AS clock
         CROSS JOIN LATERAL (SELECT CASE a.type WHEN 'service' THEN to_char(clock.now, 'YYYY-MM')
                                                ELSE to_char(clock.now, 'YYYY-MM-DD') END AS period) AS local
         CROSS JOIN generate_series(1, CASE a.type WHEN 'service' THEN 3 ELSE ('x' || right(a.id::text, 1))::bit(4)::integer % 2 END)
           AS slot
     ), made AS (
       INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, published_at, sequence, term, created_by,
                               created_at, updated_at)
       SELECT id, account_id, CASE WHEN out THEN 'published' ELSE 'scheduled' END, $1,
              CASE WHEN out THEN '2025-01-01Z' ELSE '9000-01-01Z' END::timestamptz,
              CASE WHEN out THEN '2025-01-01Z' END::timestamptz,
              CASE WHEN out THEN sequence END, 1, 'bench', fanfare_now(), fanfare_now()
         FROM place
     )
     INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
     SELECT account_id, 1, period, slot, type, id, 'epoch', 'infinity' FROM place`,
    [CONTENT, from, until],
  );
}
