import type { DataSource } from 'typeorm';
import { subscriberIdOf } from '../../src/auth/subscriber-id';
import { subscriberToken } from '../support/event-stream';
import { accountId } from './seed';

/** Somebody whose inbox is asked for. */
export interface Reader {
  readonly id: string;
  readonly token: string;
}

export async function makeReader(name: string): Promise<Reader> {
  return { id: subscriberIdOf(name), token: await subscriberToken(name, 7_200) };
}

/** The reader follows these accounts, since long, and has read every second one of them until a while ago. */
export async function seedReader(
  database: DataSource,
  { id }: Reader,
  accounts: readonly number[],
): Promise<void> {
  const ids = accounts.map(accountId);
  await database.query(
    `INSERT INTO follows (subscriber_id, account_id, followed_at) SELECT $1, unnest($2::uuid[]), '2025-01-01Z'`,
    [id, ids],
  );
  await database.query(
    `INSERT INTO reads (subscriber_id, account_id, after_sequence, through_sequence, read_at)
     SELECT $1, account.id, 0, (SELECT coalesce(max(sequence), 0) / 2 + 1 FROM broadcasts), fanfare_now()
       FROM unnest($2::uuid[]) WITH ORDINALITY AS account (id, place) WHERE place % 2 = 0`,
    [id, ids],
  );
}
