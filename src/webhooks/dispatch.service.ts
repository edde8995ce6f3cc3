import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database';
import type { EventsJob } from '../events/events.service';
import { wantsSql } from '../events/wanted-sql';
import { Jobs } from '../jobs/jobs.service';
import type { Job } from '../jobs/queue-worker.service';
import { newIds } from '../new-ids';
import { DeliveryJobs } from './delivery-jobs.service';
import { QueueBound } from './queue-bound.service';

interface Pair {
  readonly eventId: string;
  readonly endpointId: string;
}

/** Makes a delivery of every event for every endpoint that wants it. */
@Injectable()
export class Dispatch implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly queueBound: QueueBound,
  ) {}

  onModuleInit(): void {
    this.jobs.work<EventsJob>('events', { concurrency: 4 }, (job) => this.dispatch(job));
  }

  private async dispatch(job: Job<EventsJob>): Promise<void> {
    const told = await inTransaction(this.database, async (manager) => {
      // Locked, so that one that is being disabled gets nothing which nobody would ever send or give up.
      const pairs = await manager.query<Pair[]>(
        `SELECT e.id AS "eventId", w.id AS "endpointId"
           FROM events e JOIN webhook_endpoints w ON ${wantsSql('w', 'e.type', 'e.account_id')} AND w.created_at <= e.at
          WHERE e.id = ANY ($1) ORDER BY e.at, e.id FOR SHARE OF w`,
        [job.data.eventIds],
      );
      await this.deliver(manager, pairs);
      await job.finish(manager);
      return [...new Set(pairs.map(({ endpointId }) => endpointId))];
    });
    this.deliveryJobs.wake();
    await this.queueBound.enforce(told);
  }

  /** The ids of the deliveries that were made; there is never more than one of an event for an endpoint. */
  async deliver(manager: EntityManager, pairs: readonly Pair[]): Promise<string[]> {
    if (pairs.length === 0) return [];
    const made = await manager.query<{ deliveryId: string; endpointId: string; slow: boolean }[]>(
      `WITH made AS (
         INSERT INTO webhook_deliveries (id, endpoint_id, event_id, status, next_try_at, created_at)
         SELECT pair.id, pair.endpoint_id, pair.event_id, 'pending', clock.now, clock.now
           FROM (SELECT fanfare_now() AS now) AS clock,
                unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS pair (id, endpoint_id, event_id)
         ON CONFLICT (event_id, endpoint_id) DO NOTHING
         RETURNING id, endpoint_id)
       SELECT made.id AS "deliveryId", w.id AS "endpointId", w.slow
         FROM made JOIN webhook_endpoints w ON w.id = made.endpoint_id ORDER BY made.id`,
      [newIds(pairs.length), pairs.map(({ endpointId }) => endpointId), pairs.map(({ eventId }) => eventId)],
    );
    await this.deliveryJobs.send(
      manager,
      made.map((delivery) => ({ ...delivery, round: 1 })),
    );
    return made.map(({ deliveryId }) => deliveryId);
  }
}
