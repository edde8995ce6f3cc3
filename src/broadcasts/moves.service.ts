import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { assertVersion, type ExpectedVersions } from '../errors/version';
import { Events } from '../events/events.service';
import { Exhaustion } from '../quotas/exhaustion.service';
import { Quotas, type OpenQuota } from '../quotas/quotas.service';
import { AudienceTags } from './audience-tags.service';
import { broadcastView, eventDataOf, readBroadcast, type BroadcastRow } from './broadcast-row.service';
import { mayBe, statusesFor, type BroadcastAct } from './broadcast-status';
import type { BroadcastView, ScheduleRequest } from './broadcasts.dto';
import { Placement } from './placement.service';
import { PublishWish } from './publish-wish.service';

/** Moves a broadcast along its life: schedule, reschedule, cancel, recall. Publishing is the scheduler's alone. */
@Injectable()
export class Moves {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly placement: Placement,
    private readonly tags: AudienceTags,
    private readonly publishing: PublishWish,
    private readonly audit: AuditLog,
    private readonly exhaustion: Exhaustion,
    private readonly events: Events,
  ) {}

  /**
   * Schedules a draft or what was missed or cancelled, or moves a scheduled broadcast: then the old slot is freed and a new
   * one taken together.
   * @param version those that the caller may have read; undefined for whichever there is
   * @throws DomainError version-conflict when somebody else changed the broadcast since
   */
  async schedule(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    request: ScheduleRequest,
    version?: ExpectedVersions,
  ): Promise<BroadcastView> {
    const move = () =>
      inTransaction(this.database, async (manager) => {
        const quota = await this.openQuota(manager, caller, accountId, 'schedule');
        const broadcast = await this.lockFor(manager, 'schedule', accountId, broadcastId);
        assertVersion(broadcast.version, version);
        await this.tags.hold(manager, accountId, broadcast);
        // Freed first, so that the slot being left can be the one that is taken.
        const again = broadcast.status === 'scheduled';
        const left = again
          ? await this.quotas.release(manager, broadcastId, broadcast.term, 'rescheduled')
          : [];
        const place = await this.placement.find(manager, quota, request, broadcastId);
        return this.placement.put(manager, caller, quota, broadcast, place, left);
      });
    const row = await this.exhaustion.watch(accountId, move);
    // Only after the commit: the scheduler must find what it is woken for.
    if (row.scheduled_at) this.publishing.wishIfSoon(row.scheduled_at, row.updated_at);
    return broadcastView(row);
  }

  /** Cancels a scheduled broadcast; its slot is free again. @param version as above */
  async cancel(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    version?: ExpectedVersions,
  ): Promise<BroadcastView> {
    return inTransaction(this.database, async (manager) => {
      const { now } = await this.openQuota(manager, caller, accountId, 'cancel');
      const broadcast = await this.lockFor(manager, 'cancel', accountId, broadcastId);
      assertVersion(broadcast.version, version);
      return broadcastView(await this.callOff(manager, actorOf(caller), broadcast, now, 'cancelled'));
    });
  }

  /** The part of cancelling that happens under the locks. */
  async callOff(
    manager: EntityManager,
    actor: string,
    broadcast: BroadcastRow,
    now: Date,
    reason: string,
  ): Promise<BroadcastRow> {
    const { id, account_id: accountId } = broadcast;
    const quota = await this.quotas.release(manager, id, broadcast.term, reason);
    const off = {
      ...broadcast,
      status: 'cancelled' as const,
      period: null,
      version: broadcast.version + 1,
      updated_at: now,
    };
    await manager.query(
      `UPDATE broadcasts SET status = 'cancelled', version = $2, updated_at = $3 WHERE id = $1`,
      [id, off.version, now],
    );
    await this.audit.append(manager, {
      actor,
      action: 'broadcast.cancelled',
      subject: `broadcast:${id}`,
      accountId,
      facts: { reason, quota },
    });
    return off;
  }

  /** Hides a published broadcast from every inbox. Its slot stays used: what was shouted was shouted. @param version as above */
  async recall(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    reason?: string,
    version?: ExpectedVersions,
  ): Promise<BroadcastView> {
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'recall');
      const broadcast = await this.lockFor(manager, 'recall', accountId, broadcastId);
      assertVersion(broadcast.version, version);
      const now = await databaseNow(manager);
      const changed = { status: 'recalled' as const, recalled_at: now, updated_at: now };
      const recalled = { ...broadcast, ...changed, version: broadcast.version + 1 };
      await manager.query(
        `UPDATE broadcasts SET status = 'recalled', recalled_at = $2, updated_at = $2, version = $3 WHERE id = $1`,
        [broadcastId, now, recalled.version],
      );
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'broadcast.recalled',
        subject: `broadcast:${broadcastId}`,
        accountId,
        facts: reason === undefined ? {} : { reason },
      });
      await this.events.emit(manager, { type: 'broadcast.recalled', accountId, data: eventDataOf(recalled) });
      return broadcastView(recalled);
    });
  }

  /** @throws DomainError broadcast-status-conflict when the broadcast is in no status that allows the act */
  async lockFor(
    manager: EntityManager,
    act: BroadcastAct,
    accountId: string,
    broadcastId: string,
  ): Promise<BroadcastRow> {
    const broadcast = await readBroadcast(manager, accountId, broadcastId, { lock: true });
    if (mayBe(act, broadcast.status)) return broadcast;
    throw new DomainError(
      'broadcast-status-conflict',
      `The broadcast is ${broadcast.status}; one can ${act} only what is ${statusesFor(act).join(' or ')}.`,
      { broadcastStatus: broadcast.status },
    );
  }

  private async openQuota(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    act: 'schedule' | 'cancel',
  ): Promise<OpenQuota> {
    return this.quotas.open(manager, await this.accounts.open(manager, caller, accountId, act));
  }
}
