import type { EntityManager } from 'typeorm';
import { FOLLOWS_OF_PERSON, OUT, receivedSql } from '../audience/audience';
import { visiblePreviewSql } from '../audience/preview-consent.sql';
import type { Content } from '../broadcasts/content';

export interface Reportable {
  readonly accountId: string;
  /** What the preview shows; null for a broadcast that is out. */
  readonly preview: Content | null;
}

/** What this broadcast is in the person's inbox: received, or shown as a preview. Undefined: it is not there. */
export async function reportableBy(
  manager: EntityManager,
  subscriberId: string,
  broadcastId: string,
): Promise<Reportable | undefined> {
  const [row] = await manager.query<Reportable[]>(
    `SELECT b.account_id AS "accountId", NULL::jsonb AS preview
       FROM broadcasts b JOIN ${FOLLOWS_OF_PERSON} AS f ON f.account_id = b.account_id
      WHERE b.id = $2 AND ${OUT} AND ${receivedSql('f', 'b')}
     UNION ALL
     SELECT p.account_id, p.content FROM previews p
      WHERE p.subscriber_id = $1 AND p.broadcast_id = $2 AND ${visiblePreviewSql('p')}`,
    [subscriberId, broadcastId],
  );
  return row;
}
