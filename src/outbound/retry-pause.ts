/** When what failed is tried again. */
export interface RetrySchedule {
  /** Seconds after the first try, the second, …: then it is given up. */
  readonly pauses: readonly number[];
  /** A receiver that asks for more patience than this is not waited for so long at a time. In seconds. */
  readonly mostPatience: number;
  /** At random, a pause grows by up to one part in so many. */
  readonly spread: number;
}

/**
 * How long to wait after so many failed tries, in seconds; undefined: give up. Never less than the receiver asked for,
 * and not the same for all, so that what failed together does not come back together.
 * @param tries how often it has been tried, from 1
 * @param retryAfter seconds
 * @param chance from 0 to 1
 */
export function retryPause(
  { pauses, mostPatience, spread }: RetrySchedule,
  tries: number,
  retryAfter: number | undefined,
  chance: number,
): number | undefined {
  const pause = pauses[tries - 1];
  if (pause === undefined) return undefined;
  return Math.ceil(Math.max(pause, Math.min(retryAfter ?? 0, mostPatience)) * (1 + chance / spread));
}
