import type { EntityManager } from 'typeorm';
import { requireRoomFor, STORAGE_LIMITS } from '../limits';

interface Stored {
  readonly drafts: number;
  readonly bytes: number;
  readonly today: number;
}

/** @throws DomainError limit-reached, when a brand keeps as many drafts as it may, or has written enough for one day */
export async function requireRoomForBroadcast(manager: EntityManager, accountId: string): Promise<void> {
  const { draftsOfAccount, draftBytesOfAccount, broadcastsOfAccountInDay } = STORAGE_LIMITS;
  const [stored] = await manager.query<[Stored]>(
    `SELECT count(*) FILTER (WHERE is_draft)::integer AS drafts,
            coalesce(sum(bytes) FILTER (WHERE is_draft), 0)::double precision AS bytes,
            count(*) FILTER (WHERE created_at > fanfare_now() - interval '1 day')::integer AS today
       FROM (SELECT created_at, pg_column_size(content) AS bytes, status = 'draft' AND deleted_at IS NULL AS is_draft
               FROM broadcasts WHERE account_id = $1) AS kept`,
    [accountId],
  );
  requireRoomFor(stored.drafts, draftsOfAccount, 'drafts', 'delete those that are not needed any more.');
  requireRoomFor(stored.bytes, draftBytesOfAccount, 'bytes of drafts', 'delete some of them.');
  requireRoomFor(
    stored.today,
    broadcastsOfAccountInDay,
    'broadcasts that were written within 24 hours',
    'go on tomorrow.',
  );
}
