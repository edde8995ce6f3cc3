import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import type { OpenQuota } from '../quotas/quotas.service';
import { lastSchedulable, SCHEDULE_DAYS } from '../quotas/schedule-window';
import type { ScheduleRequest } from './broadcasts.dto';
import { Queue, QUEUE_REASON_WORDS } from './queue.service';
import { parseInstant } from './schedule-time';

/** Turns what a marketer asked for - at, now, queue - into an instant. */
@Injectable()
export class Timing {
  constructor(private readonly queue: Queue) {}

  /**
   * @param broadcastId the broadcast that is to go out then, if it is there already: it may stay where it is
   * @throws DomainError invalid-request, invalid-schedule or no-posting-time
   */
  async instantOf(
    manager: EntityManager,
    quota: OpenQuota,
    request: ScheduleRequest,
    broadcastId?: string,
  ): Promise<Date> {
    const said = [request.at, request.now, request.queue].filter((way) => way !== undefined);
    if (said.length !== 1) {
      throw invalidRequest([{ field: 'schedule', message: 'must hold exactly one of at, now and queue' }]);
    }
    if (request.now) return quota.now;
    if (request.at !== undefined) return wishedInstant(request.at, quota.now);
    const next = await this.queue.next(manager, quota, broadcastId);
    if (next instanceof Date) return next;
    throw new DomainError('no-posting-time', QUEUE_REASON_WORDS[next]);
  }
}

function wishedInstant(text: string, now: Date): Date {
  const instant = parseInstant(text);
  // What has been validated is one.
  if (!instant) throw new RangeError(`There is no such instant as ${text}`);
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
