import { v7 as uuidv7 } from 'uuid';
import type { TestApp } from './app';
import { hello, type Brand } from './given';

export interface PublishedOptions {
  /** RFC 3339; else the database's clock. */
  readonly at?: string;
  readonly content?: object;
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
}

let count = 0;

/**
 * Puts a broadcast into the database as the publisher would have left it, for stories that need more of them than a
 * quota allows, or at instants of their own. It holds the first slot of a period that no calendar knows. Its id.
 */
export async function givenPublished(
  app: TestApp,
  brand: Brand,
  options: PublishedOptions = {},
): Promise<string> {
  const id = uuidv7();
  count += 1;
  const { at, content = hello, any, all, none } = options;
  await app.database.transaction(async (manager) => {
    // Sequences are given by one publisher at a time.
    await manager.query('SELECT pg_advisory_xact_lock(20160002)');
    await manager.query(
      `INSERT INTO broadcasts (id, account_id, status, content, audience_any, audience_all, audience_none, scheduled_at,
                               published_at, sequence, term, created_by, created_at, updated_at)
       SELECT $1, $2, 'published', $3, $4, $5, $6, date_trunc('milliseconds', clock.now), clock.now, last.sequence + 1, 1,
              'test', clock.now, clock.now
         FROM (SELECT coalesce($7::timestamptz, fanfare_now()) AS now) AS clock,
              (SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts) AS last`,
      [id, brand.id, JSON.stringify(content), any ?? null, all ?? null, none ?? null, at ?? null],
    );
    await manager.query(
      `INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
       SELECT a.id, 1, CASE a.type WHEN 'service' THEN $3 ELSE $3 || '-01' END, 1, a.type, $2, 'epoch', 'infinity'
         FROM accounts a WHERE a.id = $1`,
      [brand.id, id, `${String(1000 + Math.floor(count / 100))}-${String(count % 100).padStart(2, '0')}`],
    );
  });
  return id;
}

/** A long history: `size` broadcasts published just now, each in a period of its own. For subscription accounts. */
export async function givenArchive(app: TestApp, brand: Brand, size: number): Promise<void> {
  await app.database.transaction(async (manager) => {
    await manager.query('SELECT pg_advisory_xact_lock(20160002)');
    await manager.query(
      `WITH made AS (
         INSERT INTO broadcasts (id, account_id, status, content, scheduled_at, published_at, sequence, term, created_by,
                                 created_at, updated_at)
         SELECT gen_random_uuid(), $1, 'published', $2, 'epoch', clock.now, last.sequence + n, 1, 'test', clock.now, clock.now
           FROM (SELECT fanfare_now() AS now) AS clock,
                (SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts) AS last, generate_series(1, $3::integer) AS n
         RETURNING id, account_id, sequence)
       INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
       SELECT account_id, 1, to_char(date '1900-01-01' + row_number() OVER ()::integer, 'YYYY-MM-DD'), 1, 'subscription',
              id, 'epoch', 'infinity'
         FROM made`,
      [brand.id, JSON.stringify(hello), size],
    );
  });
}
