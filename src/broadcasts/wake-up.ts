/** What is due later than this is found by a tick of the cron first. Milliseconds; the cron ticks once a second. */
const HORIZON_MS = 1_500;

/** Keeps a clock that stands still, as in a test, from turning wake-ups into a busy loop. Milliseconds. */
const MIN_DELAY_MS = 5;

/**
 * In how many milliseconds the scheduler wakes up before its next tick, or undefined if it need not.
 * @param untilDueMs from now to the next broadcast that is due, by the database's clock; null where none is scheduled
 */
export function wakeUpDelayMs(untilDueMs: number | null): number | undefined {
  if (untilDueMs === null || untilDueMs > HORIZON_MS) return undefined;
  // Rounded up: a timer that is early by a fraction of a millisecond would find nothing.
  return Math.max(MIN_DELAY_MS, Math.ceil(untilDueMs) + 1);
}

/** Whether a broadcast may come due before the next tick has seen it, so that the scheduler has to look for it at once. */
export function isDueBeforeNextTick(scheduledAt: Date, now: Date): boolean {
  return scheduledAt.getTime() - now.getTime() <= HORIZON_MS;
}
