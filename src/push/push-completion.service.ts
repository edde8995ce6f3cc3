import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { PushCounts } from '../audience/push-counts.service';
import { Events } from '../events/events.service';

/** Notices when a broadcast has been pushed to everybody, and says so once. */
@Injectable()
export class PushCompletion {
  constructor(
    private readonly events: Events,
    private readonly counts: PushCounts,
  ) {}

  /**
   * Held by whoever writes what became of pushes, until their commit: so that of two who do the last of it the later one
   * sees what the other has done.
   */
  async lock(manager: EntityManager, broadcastId: string): Promise<void> {
    await manager.query('SELECT FROM push_runs WHERE broadcast_id = $1 FOR UPDATE', [broadcastId]);
  }

  /** Under the lock, after one's own writing. */
  async check(manager: EntityManager, broadcastId: string): Promise<void> {
    const completed = await manager.query<[{ account_id: string; completed_at: Date }[], number]>(
      `UPDATE push_runs r SET completed_at = greatest(clock.now, r.expanded_at)
         FROM (SELECT fanfare_now() AS now) AS clock, broadcasts b
        WHERE r.broadcast_id = $1 AND b.id = $1 AND r.expanded_at IS NOT NULL AND r.completed_at IS NULL
          AND NOT EXISTS (SELECT FROM push_deliveries WHERE broadcast_id = $1 AND status = 'pending')
          AND NOT EXISTS (SELECT FROM push_batches WHERE broadcast_id = $1 AND status = 'pending')
      RETURNING b.account_id, r.completed_at`,
      [broadcastId],
    );
    const [row] = completed[0];
    if (!row) return;
    const accountId = row.account_id;
    const pushes = await this.counts.of(manager, broadcastId);
    await this.events.emit(manager, {
      type: 'broadcast.completed',
      accountId,
      data: { broadcastId, accountId, completedAt: row.completed_at.toISOString(), pushes },
    });
  }
}
