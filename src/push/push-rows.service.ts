import type { EntityManager } from 'typeorm';
import { v5 as uuidv5 } from 'uuid';
import { inParts } from '../in-parts';
import { BATCH, CHUNK } from './push-jobs';

/** A follower who is to be notified. */
export interface Recipient {
  readonly id: string;
  readonly followedAt: string;
}

/** The batches' ids, which follow from what they are: the same batch never has two. */
export async function addBatches(
  manager: EntityManager,
  broadcastId: string,
  gateways: readonly string[],
  page: readonly Recipient[],
): Promise<string[]> {
  if (gateways.length === 0) return [];
  const ids: string[] = [];
  for (const batch of inParts(page, BATCH)) {
    const [first, last] = [batch[0], batch.at(-1)];
    const made = gateways.map((gateway) => uuidv5(`${gateway} ${first?.id ?? ''}`, broadcastId));
    await manager.query(
      `INSERT INTO push_batches (id, broadcast_id, webhook_id, recipients, size, first_at, last_at, status, at)
       SELECT batch.id, $3, batch.webhook_id, $4::uuid[], cardinality($4::uuid[]), $5, $6, 'pending', clock.now
         FROM unnest($1::uuid[], $2::uuid[]) AS batch (id, webhook_id), (SELECT fanfare_now() AS now) AS clock
       ON CONFLICT DO NOTHING`,
      [made, gateways, broadcastId, batch.map(({ id }) => id), first?.followedAt, last?.followedAt],
    );
    ids.push(...made);
  }
  return ids;
}

/** One for each device of each person on the page, in chunks that are jobs. The chunks' numbers. */
export async function addDeliveries(
  manager: EntityManager,
  broadcastId: string,
  chunks: number,
  page: readonly Recipient[],
): Promise<number[]> {
  if (page.length === 0) return [];
  const [added] = await manager.query<[{ count: number }]>(
    `WITH added AS (
       INSERT INTO push_deliveries (subscriber_id, broadcast_id, endpoint_id, chunk, status, at)
       SELECT e.subscriber_id, $2, e.id, $3 + (row_number() OVER (ORDER BY e.subscriber_id, e.id) - 1) / $4::integer,
              'pending', clock.now
         FROM push_endpoints e, (SELECT fanfare_now() AS now) AS clock
        WHERE e.subscriber_id = ANY ($1::uuid[])
       ON CONFLICT DO NOTHING
       RETURNING chunk)
     SELECT count(*)::integer AS count FROM added`,
    [page.map(({ id }) => id), broadcastId, chunks, CHUNK],
  );
  return Array.from({ length: Math.ceil(added.count / CHUNK) }, (_, index) => chunks + index);
}
