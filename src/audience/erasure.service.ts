import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v4 as uuidv4 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { Events } from '../events/events.service';
import { awaitCopies } from './erasure-lock.service';
import { followEnded, type EndedFollow } from './follow-events';
import { Subscribers } from './subscribers.service';

/**
 * What goes on counting for the brands is written anew under a random id that leads back to nobody, what is still open
 * being closed; then everything under the person's own id is deleted.
 */
const MOVES = [
  `INSERT INTO follows (subscriber_id, account_id, followed_at, unfollowed_at)
   SELECT $2, account_id, followed_at, coalesce(unfollowed_at, greatest($3::timestamptz, followed_at))
     FROM follows WHERE subscriber_id = $1`,
  `INSERT INTO taggings (subscriber_id, tag_id, account_id, tagged_at, untagged_at)
   SELECT $2, tag_id, account_id, tagged_at, coalesce(untagged_at, greatest($3::timestamptz, tagged_at))
     FROM taggings WHERE subscriber_id = $1`,
];
const COPIES = [
  `INSERT INTO reads (subscriber_id, account_id, after_sequence, through_sequence, read_at)
   SELECT $2, account_id, after_sequence, through_sequence, read_at FROM reads WHERE subscriber_id = $1`,
  // That a broadcast was reported goes on counting; what was said of it is the person's own text.
  `INSERT INTO reports (subscriber_id, broadcast_id, account_id, reason, reported_at, id, content)
   SELECT $2, broadcast_id, account_id, '', reported_at, id, content FROM reports WHERE subscriber_id = $1`,
];
const PUSHES = [
  // Which device it was goes with the person; a push that was still to be sent is not.
  `INSERT INTO push_deliveries (subscriber_id, broadcast_id, endpoint_id, chunk, status, reason, tries, at)
   SELECT $2, broadcast_id, gen_random_uuid(), chunk, CASE status WHEN 'pending' THEN 'skipped' ELSE status END,
          CASE status WHEN 'pending' THEN 'unfollowed' ELSE reason END, tries, at
     FROM push_deliveries WHERE subscriber_id = $1`,
  // Found by the follows, which therefore must still be there.
  `UPDATE push_batches p SET recipients = array_replace(p.recipients, $1, $2)
     FROM follows f JOIN broadcasts b ON b.account_id = f.account_id
    WHERE f.subscriber_id = $1 AND p.broadcast_id = b.id AND p.first_at <= f.followed_at AND f.followed_at <= p.last_at
      AND $1 = ANY (p.recipients)`,
];
const TABLES = [
  ...['follows', 'taggings', 'reads', 'reports', 'push_endpoints', 'push_deliveries'],
  ...['previews', 'preview_people', 'preview_person_days', 'preview_codes'],
];

@Injectable()
export class Erasure {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly audit: AuditLog,
    private readonly events: Events,
  ) {}

  /** Nothing leads from what is left to the person. The same token then belongs to a newcomer. */
  async erase(me: Subscriber): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await awaitCopies(manager);
      // Claimed, not only locked: so that whoever never did anything has a row to be locked.
      const now = await this.subscribers.claim(manager, [me]);
      await manager.query('DELETE FROM events WHERE subscriber_id = $1', [me.id]);
      await this.sayGoodbye(manager, me, now);
      await anonymise(manager, me.id, now);
      for (const table of TABLES)
        await manager.query(`DELETE FROM ${table} WHERE subscriber_id = $1`, [me.id]);
      await manager.query('DELETE FROM subscribers WHERE id = $1', [me.id]);
      await this.audit.append(manager, {
        actor: actorOf(me),
        action: 'subscriber.erased',
        subject: 'subscriber',
      });
    });
  }

  /** Whoever was told that the person follows them is told that this is over, so that they can forget the person too. */
  private async sayGoodbye(manager: EntityManager, me: Subscriber, now: string): Promise<void> {
    const open = await manager.query<EndedFollow[]>(
      `SELECT account_id, followed_at, greatest($2::timestamptz, followed_at) AS unfollowed_at FROM follows
        WHERE subscriber_id = $1 AND unfollowed_at IS NULL`,
      [me.id, now],
    );
    await this.events.emit(manager, ...open.map((follow) => followEnded(me, follow, 'erased')));
  }
}

async function anonymise(manager: EntityManager, id: string, now: string): Promise<void> {
  const nobody = uuidv4();
  for (const statement of MOVES) await manager.query(statement, [id, nobody, now]);
  for (const statement of [...COPIES, ...PUSHES]) await manager.query(statement, [id, nobody]);
}
