import type { EntityManager } from 'typeorm';
import { followsOf } from '../audience/audience';
import { silenceSql } from '../push/notifying';
import type { Outcome } from '../push/outcome';
import type { ChunkJob } from '../push/push-jobs';
import type { Device } from './web-push-sender.service';

/** A message that is due to a device. */
export type Due = (Device | { readonly url: null }) & {
  readonly subscriberId: string;
  readonly endpointId: string;
  readonly tries: number;
  /** Whether it took long lately, or never answered. */
  readonly slow: boolean;
  /** Why it is not to be sent any more. */
  readonly silence: string | null;
};

export type Done = Due & {
  readonly outcome: Outcome;
  readonly tried: boolean;
  /** Whether it took long this time; undefined where nothing was asked. */
  readonly wasSlow?: boolean;
};

/** What of a chunk is due now. */
export function dueOf(
  manager: EntityManager,
  { broadcastId, chunk }: ChunkJob,
  accountId: string,
): Promise<Due[]> {
  return manager.query<Due[]>(
    `SELECT d.subscriber_id AS "subscriberId", d.endpoint_id AS "endpointId", d.tries, e.url, e.p256dh, e.auth,
            coalesce(e.slow, false) AS slow,
            CASE WHEN f.subscriber_id IS NULL THEN 'unfollowed' ELSE ${silenceSql('f', 'a')} END AS silence
       FROM push_deliveries d
       JOIN accounts a ON a.id = $3
       LEFT JOIN push_endpoints e ON e.subscriber_id = d.subscriber_id AND e.id = d.endpoint_id
       LEFT JOIN LATERAL ${followsOf('d.subscriber_id', 'a.id')} AS f ON f.unfollowed_at IS NULL
      WHERE d.broadcast_id = $1 AND d.chunk = $2 AND d.status = 'pending'
        AND (d.due_at IS NULL OR d.due_at <= fanfare_now())
      ORDER BY d.subscriber_id, d.endpoint_id`,
    [broadcastId, chunk, accountId],
  );
}

export async function writeOutcomes(
  manager: EntityManager,
  broadcastId: string,
  done: readonly Done[],
): Promise<void> {
  if (done.length === 0) return;
  await manager.query(
    `UPDATE push_deliveries d
        SET status = done.status, reason = done.reason, tries = d.tries + done.tries, at = clock.now,
            due_at = clock.now + make_interval(secs => done.pause)
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::integer[], $7::float8[])
              AS done (subscriber_id, endpoint_id, status, reason, tries, pause),
            (SELECT fanfare_now() AS now) AS clock
      WHERE d.subscriber_id = done.subscriber_id AND d.broadcast_id = $1 AND d.endpoint_id = done.endpoint_id`,
    [
      broadcastId,
      done.map(({ subscriberId }) => subscriberId),
      done.map(({ endpointId }) => endpointId),
      done.map(({ outcome }) => outcome.status),
      done.map(({ outcome }) => ('reason' in outcome ? outcome.reason : null)),
      done.map(({ tried }) => (tried ? 1 : 0)),
      done.map(({ outcome }) => ('pause' in outcome ? outcome.pause : null)),
    ],
  );
}

/** Devices that are gone for good; one that has registered again in the meantime, with another secret, is not. */
export async function forgetDead(manager: EntityManager, done: readonly Done[]): Promise<void> {
  const dead = done.filter(({ outcome, tried }) => outcome.status === 'gone' && tried);
  if (dead.length === 0) return;
  await manager.query(
    `DELETE FROM push_endpoints e USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS dead (subscriber_id, id, auth)
      WHERE e.subscriber_id = dead.subscriber_id AND e.id = dead.id AND e.auth = dead.auth`,
    [
      dead.map(({ subscriberId }) => subscriberId),
      dead.map(({ endpointId }) => endpointId),
      dead.map((device) => ('auth' in device ? device.auth : null)),
    ],
  );
}

/** Seconds until something of the chunk is due; 0: something was left over; undefined: all of it is done. */
export async function secondsToNext(
  manager: EntityManager,
  { broadcastId, chunk }: ChunkJob,
): Promise<number | undefined> {
  const [next] = await manager.query<[{ seconds: number | null }]>(
    // What has not been tried has no time yet: greatest() takes no notice of NULL.
    `SELECT min(greatest(0, ceil(extract(epoch FROM due_at - fanfare_now()))))::float8 AS seconds
       FROM push_deliveries WHERE broadcast_id = $1 AND chunk = $2 AND status = 'pending'`,
    [broadcastId, chunk],
  );
  return next.seconds ?? undefined;
}

/** How devices have answered, for the next broadcast; written only where that has changed. */
export async function noteSpeed(manager: EntityManager, done: readonly Done[]): Promise<void> {
  const changed = done.filter(({ slow, wasSlow }) => wasSlow !== undefined && wasSlow !== slow);
  if (changed.length === 0) return;
  await manager.query(
    `UPDATE push_endpoints e SET slow = device.slow
       FROM unnest($1::uuid[], $2::uuid[], $3::boolean[]) AS device (subscriber_id, id, slow)
      WHERE e.subscriber_id = device.subscriber_id AND e.id = device.id`,
    [
      changed.map(({ subscriberId }) => subscriberId),
      changed.map(({ endpointId }) => endpointId),
      changed.map(({ wasSlow }) => wasSlow),
    ],
  );
}

/** Gives what is due to these devices a chunk of its own, whose job is another lane's. */
export async function moveToSlowChunk(
  manager: EntityManager,
  broadcastId: string,
  devices: readonly Pick<Due, 'subscriberId' | 'endpointId'>[],
): Promise<number> {
  const [rows] = await manager.query<[[{ chunk: number }], number]>(
    'UPDATE push_runs SET slow_chunks = slow_chunks + 1 WHERE broadcast_id = $1 RETURNING -slow_chunks AS chunk',
    [broadcastId],
  );
  const [{ chunk }] = rows;
  await manager.query(
    `UPDATE push_deliveries d SET chunk = $4
       FROM unnest($2::uuid[], $3::uuid[]) AS device (subscriber_id, endpoint_id)
      WHERE d.subscriber_id = device.subscriber_id AND d.broadcast_id = $1 AND d.endpoint_id = device.endpoint_id`,
    [
      broadcastId,
      devices.map(({ subscriberId }) => subscriberId),
      devices.map(({ endpointId }) => endpointId),
      chunk,
    ],
  );
  return chunk;
}
