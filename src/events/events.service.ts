import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { inParts } from '../in-parts';
import { Jobs } from '../jobs/jobs.service';
import { newIds } from '../new-ids';
import type { NewEvent } from './event';
import type { EventType } from './event-type';
import { wantsSql } from './wanted-sql';

/** What the job `events` carries. */
export interface EventsJob {
  readonly eventIds: readonly string[];
}

const EVENTS_PER_JOB = 200;

/** Where changes say that they happened, for webhooks. In the transaction of the change: neither is there without the other. */
@Injectable()
export class Events {
  constructor(private readonly jobs: Jobs) {}

  /** Keeps the events that an enabled endpoint wants, and sends jobs to tell it. One small question when there is none. */
  async emit(manager: EntityManager, ...events: readonly NewEvent[]): Promise<void> {
    if (!(await anybodyListens(manager, events))) return;
    const kept = await manager.query<{ id: string }[]>(
      `INSERT INTO events (id, type, account_id, subscriber_id, at, data)
       SELECT event.id, event.type, event.account_id, event.subscriber_id, clock.now, event.data
         FROM (SELECT fanfare_now() AS now) AS clock,
              unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::jsonb[])
                AS event (id, type, account_id, subscriber_id, data)
        WHERE EXISTS (SELECT FROM webhook_endpoints w WHERE ${wantsSql('w', 'event.type', 'event.account_id')})
       RETURNING id`,
      [
        newIds(events.length),
        events.map(({ type }) => type),
        events.map(({ accountId }) => accountId),
        events.map(({ subscriberId }) => subscriberId ?? null),
        events.map(({ data }) => JSON.stringify(data)),
      ],
    );
    const ids = kept.map(({ id }) => id);
    const jobs = inParts(ids, EVENTS_PER_JOB).map((eventIds) => ({ data: { eventIds } satisfies EventsJob }));
    await this.jobs.send(manager, 'events', jobs);
  }

  /**
   * Those of the accounts of which somebody wants to be told such events: for who would have to read much to say what
   * happened.
   */
  async wanted(
    manager: EntityManager,
    type: EventType,
    accountIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    if (accountIds.length === 0) return new Set();
    // Asked of the endpoints, and not of each account: a batch is of a thousand accounts.
    const listeners = await manager.query<{ account_id: string | null }[]>(
      `SELECT DISTINCT w.account_id FROM webhook_endpoints w
        WHERE (w.account_id IS NULL OR w.account_id = ANY ($1::uuid[])) AND ${wantsSql('w', '$2::text', 'w.account_id')}`,
      [accountIds, type],
    );
    const wanted = listeners.flatMap(({ account_id: id }) => id ?? accountIds);
    return new Set(wanted);
  }
}

/** Whether there is an endpoint at all that may hear of these accounts, whatever its filters. */
async function anybodyListens(manager: EntityManager, events: readonly NewEvent[]): Promise<boolean> {
  if (events.length === 0) return false;
  const rows = await manager.query<unknown[]>(
    `SELECT FROM webhook_endpoints
      WHERE disabled_at IS NULL AND (account_id IS NULL OR account_id = ANY ($1::uuid[])) LIMIT 1`,
    [events.map(({ accountId }) => accountId)],
  );
  return rows.length > 0;
}
