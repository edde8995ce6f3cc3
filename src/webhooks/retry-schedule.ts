import { retryPause, type RetrySchedule } from '../outbound/retry-pause';

const [MINUTE, HOUR] = [60, 3_600];

/**
 * Seconds between one try and the next, as the Standard Webhooks specification suggests: ten tries in all, the last of them 75
 * hours, 35 minutes and 5 seconds after the first.
 */
const PAUSES = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

const SCHEDULE: RetrySchedule = { pauses: PAUSES, mostPatience: 24 * HOUR, spread: 5 };

/** How often a delivery is tried at most. */
export const MOST_TRIES = PAUSES.length + 1;

/** Days of nothing but failures after which an endpoint is disabled. */
export const DAYS_UNTIL_DISABLED = 5;

/** An endpoint that answers later than this, in milliseconds, waits in the slow lane. */
export const SLOW_MS = 3_000;

/** Seconds until a delivery is tried again: see `retryPause`. */
export function secondsUntilRetry(
  tries: number,
  retryAfter: number | undefined,
  chance: number,
): number | undefined {
  return retryPause(SCHEDULE, tries, retryAfter, chance);
}
