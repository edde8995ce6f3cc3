import type { DataSource } from 'typeorm';
import { subscriberIdOf } from '../../../src/auth/subscriber-id';

/** People of the operator's app, whom the platform has met. */
export async function givenPeople(database: DataSource, subs: readonly string[]): Promise<void> {
  await database.query(
    `INSERT INTO subscribers (id, sub, created_at)
     SELECT id, sub, fanfare_now() FROM unnest($1::uuid[], $2::text[]) AS person (id, sub)`,
    [subs.map(subscriberIdOf), subs],
  );
}

/** Each of the people follows, from now on, about so many of the accounts: 1 of `outOf`. */
export async function givenFollowing(
  database: DataSource,
  subs: readonly string[],
  accountIds: readonly string[],
  outOf = 1,
): Promise<void> {
  await database.query(
    `INSERT INTO follows (subscriber_id, account_id, followed_at)
     SELECT person, account, fanfare_now() FROM unnest($1::uuid[]) AS person, unnest($2::uuid[]) AS account
      WHERE hashtext(person::text || account::text) % $3 = 0`,
    [subs.map(subscriberIdOf), accountIds, outOf],
  );
}
