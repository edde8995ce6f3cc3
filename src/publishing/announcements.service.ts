import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { eventDataOf, SELECT_BROADCAST, type BroadcastRow } from '../broadcasts/broadcast-row.service';
import type { EventType } from '../events/event-type';
import { Events } from '../events/events.service';
import { Jobs } from '../jobs/jobs.service';

interface Announced {
  readonly id: string;
  readonly accountId: string;
}

/** Tells the rest of the platform, in the transaction of the batch, what became of broadcasts; cheap when nobody listens. */
@Injectable()
export class Announcements {
  constructor(
    private readonly events: Events,
    private readonly jobs: Jobs,
  ) {}

  async published(manager: EntityManager, broadcasts: readonly Announced[]): Promise<void> {
    if (broadcasts.length === 0) return;
    await this.emit(manager, 'broadcast.published', broadcasts);
    const pushed = await this.toBePushed(manager, broadcasts);
    const jobs = pushed.map(({ id }) => ({ data: { broadcastId: id } }));
    await this.jobs.send(manager, 'published', jobs);
  }

  async missed(manager: EntityManager, broadcasts: readonly Announced[]): Promise<void> {
    await this.emit(manager, 'broadcast.missed', broadcasts);
  }

  /** Where there is nobody to push to, those of which somebody wants to be told that this is completed. */
  private async toBePushed(
    manager: EntityManager,
    broadcasts: readonly Announced[],
  ): Promise<readonly Announced[]> {
    if (await anybodyToPushTo(manager)) return broadcasts;
    const accountIds = broadcasts.map(({ accountId }) => accountId);
    const wanted = await this.events.wanted(manager, 'broadcast.completed', accountIds);
    return broadcasts.filter(({ accountId }) => wanted.has(accountId));
  }

  private async emit(
    manager: EntityManager,
    type: EventType,
    broadcasts: readonly Announced[],
  ): Promise<void> {
    const accountIds = broadcasts.map(({ accountId }) => accountId);
    const wanted = await this.events.wanted(manager, type, accountIds);
    if (wanted.size === 0) return;
    const ids = broadcasts.filter(({ accountId }) => wanted.has(accountId)).map(({ id }) => id);
    const rows = await manager.query<BroadcastRow[]>(
      `${SELECT_BROADCAST} AND b.id = ANY ($1) ORDER BY b.sequence, b.id`,
      [ids],
    );
    const events = rows.map((row) => ({ type, accountId: row.account_id, data: eventDataOf(row) }));
    await this.events.emit(manager, ...events);
  }
}

async function anybodyToPushTo(manager: EntityManager): Promise<boolean> {
  const [{ anybody }] = await manager.query<[{ anybody: boolean }]>(
    `SELECT EXISTS (SELECT FROM push_endpoints)
         OR EXISTS (SELECT FROM webhook_endpoints
                     WHERE account_id IS NULL AND disabled_at IS NULL AND 'push.batch' = ANY (events)) AS anybody`,
  );
  return anybody;
}
