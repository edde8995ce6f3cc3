import { postingTimesAfter } from '../accounts/posting-times';
import type { QuotaUsage } from '../quotas/quota-usage';

export interface QueueState {
  /** Cron expressions, and the zone in which they are read. */
  readonly postingTimes: readonly string[];
  readonly timeZone: string;
  readonly usage: QuotaUsage;
  /** The instants at which a broadcast of the account goes out already. */
  readonly taken: readonly Date[];
  readonly now: Date;
  /** Nothing is scheduled later. */
  readonly until: Date;
}

export const QUEUE_REASONS = ['account-not-active', 'no-posting-times', 'no-free-posting-time'] as const;
export type QueueReason = (typeof QUEUE_REASONS)[number];

/**
 * The next posting time that no broadcast of the account has yet and whose period has a slot left; or why there is none.
 * Periods that are full are skipped whole, not one posting time after another.
 */
export function nextInQueue(state: QueueState): Date | Exclude<QueueReason, 'account-not-active'> {
  const { postingTimes, timeZone, usage, now, until } = state;
  if (postingTimes.length === 0) return 'no-posting-times';
  const taken = new Set(state.taken.map((instant) => instant.getTime()));
  let from = usage.nextAvailable(now, until);
  while (from !== undefined) {
    const time = firstOpen(postingTimesAfter(postingTimes, timeZone, new Date(from.getTime() - 1)), taken);
    if (time === undefined || time > until) break;
    if (usage.freeAt(time)) return time;
    from = usage.nextAvailable(time, until);
  }
  return 'no-free-posting-time';
}

function firstOpen(times: Generator<Date>, taken: ReadonlySet<number>): Date | undefined {
  for (const time of times) if (!taken.has(time.getTime())) return time;
  return undefined;
}
