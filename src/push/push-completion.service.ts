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
   * Called at the end of a transaction that has written what became of pushes. The run's row is locked until the commit:
   * of two who do the last of it, the later one sees what the other has done. Not locked before it has to be, since
   * everybody who pushes this broadcast waits for each other here.
   */
  async check(manager: EntityManager, broadcastId: string): Promise<void> {
    await manager.query('SELECT FROM push_runs WHERE broadcast_id = $1 FOR NO KEY UPDATE', [broadcastId]);
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
