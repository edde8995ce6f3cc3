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

/** How often a delivery is tried at most. */
export const MOST_TRIES = PAUSES.length + 1;

/** A receiver that asks for more patience is asked again after this, in seconds. */
const MOST_PATIENCE = 24 * HOUR;

/** Days of nothing but failures after which an endpoint is disabled. */
export const DAYS_UNTIL_DISABLED = 5;

/** An endpoint that answers later than this, in milliseconds, waits in the slow lane. */
export const SLOW_MS = 3_000;

/**
 * Seconds until the next try after so many failed ones; undefined: give up. Never less than the receiver asked for, and
 * a little more for each at random, so that what failed together does not come back together.
 * @param tries how often it has been tried, from 1
 * @param retryAfter seconds
 * @param chance from 0 to 1
 */
export function secondsUntilRetry(
  tries: number,
  retryAfter: number | undefined,
  chance: number,
): number | undefined {
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return undefined;
  return Math.ceil(Math.max(pause, Math.min(retryAfter ?? 0, MOST_PATIENCE)) * (1 + chance / 5));
}
