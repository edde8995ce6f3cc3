import { setTimeout as delay } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { Scheduler } from '../../src/publishing/scheduler.service';
import type { TestApp } from './app';
import { eventually } from './eventually';

/** What the scheduler does once a second. */
export function tick(test: TestApp): Promise<void> {
  return test.app.get(Scheduler).tick();
}

/** Does so at each of them, more often than any scheduler, until it is told to stop. */
export function keepTicking(...tests: readonly TestApp[]): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ticking = tests.map(async (test) => {
    while (!stopping.signal.aborted) {
      await tick(test);
      await delay(2);
    }
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(ticking);
    },
  };
}

/** The slots that the broadcast holds. */
export function slotsOf(
  database: DataSource,
  broadcastId: string,
): Promise<{ period: string; slot: number }[]> {
  return database.query('SELECT period, slot FROM quota_slots WHERE broadcast_id = $1', [broadcastId]);
}

/** What has happened to the broadcast, in order. */
export async function storyOf(database: DataSource, broadcastId: string): Promise<string[]> {
  const entries = await database.query<{ action: string }[]>(
    'SELECT action FROM audit_entries WHERE subject = $1 ORDER BY at, id',
    [`broadcast:${broadcastId}`],
  );
  return entries.map(({ action }) => action);
}

/**
 * Scheduled broadcasts by the hundred, four to a service account: by SQL, whose constraints are the rules.
 * @param from the instant of the first; the others follow a millisecond after another
 * @returns their ids, the first due first
 */
export async function givenManyScheduled(
  database: DataSource,
  count: number,
  from: string,
): Promise<string[]> {
  const rows = await database.query<{ id: string }[]>(
    `WITH place AS (
       SELECT gen_random_uuid() AS account_id, brand FROM generate_series(0, ($1::integer - 1) / 4) AS brand
     ), account AS (
       INSERT INTO accounts (id, handle, name, type, time_zone, term, status, created_at, updated_at)
       SELECT account_id, 'many-' || left(account_id::text, 18), 'One of many', 'service', 'UTC', 1, 'active',
              fanfare_now(), fanfare_now() FROM place
     ), term AS (
       INSERT INTO account_terms (account_id, term, type, time_zone, starts_at)
       SELECT account_id, 1, 'service', 'UTC', fanfare_now() FROM place
     ), broadcast AS (
       INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, term, created_by, created_at, updated_at)
       SELECT gen_random_uuid(), account_id, 'scheduled', '{"type": "text", "text": "One of many"}',
              $2::timestamptz + number * interval '1 ms', 1, 'system', fanfare_now(), fanfare_now()
         FROM generate_series(0, $1::integer - 1) AS number JOIN place ON brand = number / 4
       RETURNING id, account_id, scheduled_at
     ), slot AS (
       INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
       SELECT account_id, 1, to_char(start, 'YYYY-MM'), row_number() OVER (PARTITION BY account_id, start), 'service', id,
              start AT TIME ZONE 'UTC', (start + interval '1 month') AT TIME ZONE 'UTC'
         FROM broadcast, date_trunc('month', scheduled_at AT TIME ZONE 'UTC') AS start
     )
     SELECT id FROM broadcast ORDER BY scheduled_at`,
    [count, from],
  );
  return rows.map(({ id }) => id);
}

/** How many of these broadcasts have that status. */
export async function countOf(database: DataSource, ids: readonly string[], status: string): Promise<number> {
  const [{ count }] = await database.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM broadcasts WHERE id = ANY ($1) AND status = $2',
    [ids, status],
  );
  return count;
}

/** Waits until all of them are published. */
export function untilPublished(
  database: DataSource,
  ids: readonly string[],
  patience?: { readonly seconds: number },
): Promise<void> {
  return eventually(async () => (await countOf(database, ids, 'published')) === ids.length, patience);
}
