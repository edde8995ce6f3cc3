import { retryPause, type RetrySchedule } from '../outbound/retry-pause';

const SCHEDULE: RetrySchedule = { pauses: [5, 30, 120, 600, 3_600], mostPatience: 6 * 3_600, spread: 4 };

/** Seconds until a message is tried again: see `retryPause`. */
export function backOff(tries: number, retryAfter: number | undefined, chance: number): number | undefined {
  return retryPause(SCHEDULE, tries, retryAfter, chance);
}
