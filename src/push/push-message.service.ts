import type { EntityManager } from 'typeorm';
import type { Content } from '../broadcasts/content';
import { pushText, type PushText } from './push-text';

/** How long a notification is worth being shown, in seconds; nothing is tried for longer either. */
export const TIME_TO_LIVE = 24 * 3_600;

/** What every recipient of a broadcast is shown. */
export interface PushMessage extends PushText {
  readonly broadcastId: string;
  readonly accountId: string;
  /** Folded accounts' pushes can wait for the device to be awake. */
  readonly folded: boolean;
  readonly publishedAt: Date;
  /** Seconds for which it is still worth being shown. */
  readonly timeToLive: number;
  /** Set when it is to be shown to nobody any more. */
  readonly obsolete: 'recalled' | 'expired' | undefined;
}

interface Row {
  readonly accountId: string;
  readonly name: string;
  readonly type: string;
  readonly content: Content;
  readonly recalled: boolean;
  readonly publishedAt: Date;
  readonly age: string;
}

/** @throws when the broadcast was never published: nobody sends a job for it then */
export async function readMessage(manager: EntityManager, broadcastId: string): Promise<PushMessage> {
  const [row] = await manager.query<Row[]>(
    `SELECT b.account_id AS "accountId", a.name, a.type, b.content, b.status = 'recalled' AS recalled,
            b.published_at AS "publishedAt", extract(epoch FROM fanfare_now() - b.published_at) AS age
       FROM broadcasts b JOIN accounts a ON a.id = b.account_id
      WHERE b.id = $1 AND b.published_at IS NOT NULL`,
    [broadcastId],
  );
  if (!row) throw new Error(`Broadcast ${broadcastId} is not published.`);
  const { accountId, name, type, content, recalled, publishedAt, age } = row;
  const timeToLive = Math.floor(TIME_TO_LIVE - Number(age));
  return {
    ...pushText(name, content),
    broadcastId,
    accountId,
    folded: type === 'subscription',
    publishedAt,
    timeToLive,
    obsolete: recalled ? 'recalled' : timeToLive <= 0 ? 'expired' : undefined,
  };
}
