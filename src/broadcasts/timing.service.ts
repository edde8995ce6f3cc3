import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import { Quotas, type OpenQuota } from '../quotas/quotas.service';
import { lastSchedulable, SCHEDULE_DAYS } from '../quotas/schedule-window';
import type { ScheduleRequest } from './broadcasts.dto';
import { postingTimesAfter } from '../accounts/posting-times';
import { parseInstant } from './schedule-time';

/** Turns what a marketer asked for - at, now, queue - into an instant. */
@Injectable()
export class Timing {
  constructor(private readonly quotas: Quotas) {}

  /** @throws DomainError invalid-request, invalid-schedule or no-posting-time */
  async instantOf(manager: EntityManager, quota: OpenQuota, request: ScheduleRequest): Promise<Date> {
    const said = [request.at, request.now, request.queue].filter((way) => way !== undefined);
    if (said.length !== 1) {
      throw invalidRequest([{ field: 'schedule', message: 'say exactly one of at, now and queue' }]);
    }
    if (request.now) return quota.now;
    return request.at === undefined ? this.nextInQueue(manager, quota) : wishedInstant(request.at, quota.now);
  }

  /** The next posting time whose period has a slot left. Full periods are skipped whole, not one time after another. */
  private async nextInQueue(manager: EntityManager, quota: OpenQuota): Promise<Date> {
    const { postingTimes, timeZone } = quota.account;
    const until = lastSchedulable(quota.now);
    const usage = await this.quotas.usageWithin(manager, quota, quota.now, until);
    let from = usage.nextAvailable(quota.now, until);
    while (postingTimes.length > 0 && from !== undefined) {
      const [time] = postingTimesAfter(postingTimes, timeZone, new Date(from.getTime() - 1));
      if (time === undefined || time > until) break;
      if (usage.freeAt(time)) return time;
      from = usage.nextAvailable(time, until);
    }
    throw new DomainError(
      'no-posting-time',
      postingTimes.length === 0
        ? 'The account has no posting times: set `postingTimes`, or schedule with `at`.'
        : `No posting time of the next ${SCHEDULE_DAYS} days has a free slot.`,
    );
  }
}

function wishedInstant(text: string, now: Date): Date {
  const instant = parseInstant(text);
  if (!instant)
    throw invalidRequest([{ field: 'schedule.at', message: `there is no such instant as ${text}` }]);
  if (instant < now) {
    throw new DomainError(
      'invalid-schedule',
      `${text} is past; it is ${now.toISOString()}. Use {"now": true}.`,
    );
  }
  const last = lastSchedulable(now);
  if (instant > last) {
    throw new DomainError(
      'invalid-schedule',
      `${text} is more than ${SCHEDULE_DAYS} days ahead; the last possible instant is ${last.toISOString()}.`,
    );
  }
  return instant;
}
