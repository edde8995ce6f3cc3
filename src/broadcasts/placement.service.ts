import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { assertAccountAllows } from '../accounts/account-status';
import { AuditLog, type QuotaMove } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { Quotas, type ChosenSlots, type OpenQuota } from '../quotas/quotas.service';
import type { BroadcastRow } from './broadcast-row.service';
import type { ScheduleRequest } from './broadcasts.dto';
import { Timing } from './timing.service';

/** An instant at which a broadcast can go out, and the slots that it takes then. */
interface Place {
  readonly instant: Date;
  readonly chosen: ChosenSlots;
}

/** Finds the instant and the slots of a broadcast that is to go out, and puts it there. */
@Injectable()
export class Placement {
  constructor(
    private readonly quotas: Quotas,
    private readonly timing: Timing,
    private readonly audit: AuditLog,
  ) {}

  /**
   * When it will go out and which slots that takes. Writes nothing, so that a refusal costs little.
   * @param broadcastId the broadcast, if it is there already
   */
  async find(
    manager: EntityManager,
    quota: OpenQuota,
    request: ScheduleRequest,
    broadcastId?: string,
  ): Promise<Place> {
    assertAccountAllows(quota.account, 'schedule');
    const instant = await this.timing.instantOf(manager, quota, request, broadcastId);
    return { instant, chosen: await this.quotas.choose(manager, quota, instant) };
  }

  /**
   * Puts a broadcast that has not been published at its place, under the locks under which that was found.
   * @param left the slots that it has just freed
   */
  async put(
    manager: EntityManager,
    caller: Principal,
    quota: OpenQuota,
    broadcast: BroadcastRow,
    { instant, chosen }: Place,
    left: readonly QuotaMove[] = [],
  ): Promise<BroadcastRow> {
    const { id, account_id: accountId } = broadcast;
    const again = broadcast.status === 'scheduled';
    const placed = {
      ...broadcast,
      status: 'scheduled' as const,
      scheduled_at: instant,
      missed_reason: null,
      term: chosen.own.term.term,
      period: chosen.own.period.label,
      version: broadcast.version + 1,
      updated_at: quota.now,
    };
    await manager.query(
      `UPDATE broadcasts SET status = 'scheduled', missed_reason = NULL, scheduled_at = $2, term = $3, version = $4,
                             updated_at = $5
        WHERE id = $1`,
      [id, placed.scheduled_at, placed.term, placed.version, placed.updated_at],
    );
    const reserved = await this.quotas.take(manager, accountId, id, chosen);
    await this.audit.append(manager, {
      actor: actorOf(caller),
      action: again ? 'broadcast.rescheduled' : 'broadcast.scheduled',
      subject: `broadcast:${id}`,
      accountId,
      facts: {
        ...afterwards(broadcast),
        ...(again && { from: broadcast.scheduled_at?.toISOString() }),
        at: instant.toISOString(),
        quota: [...left, reserved],
      },
    });
    return placed;
  }
}

/** For the audit: what had become of a broadcast that is scheduled once more, which it no longer says itself. */
function afterwards({ status, scheduled_at, missed_reason }: BroadcastRow): object {
  if (status !== 'missed' && status !== 'cancelled') return {};
  return {
    after: status,
    from: scheduled_at?.toISOString(),
    ...(missed_reason !== null && { missedReason: missed_reason }),
  };
}
