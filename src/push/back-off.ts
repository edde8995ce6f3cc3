/** Seconds to the next try, after the first, the second, …: then it is given up. */
const PAUSES = [5, 30, 120, 600, 3_600] as const;

/** A receiver that asks for more patience than this is not waited for so long at a time. In seconds. */
const MOST_PATIENCE = 6 * 3_600;

/**
 * How long to wait after so many failed tries, in seconds; undefined: give up. Never less than the receiver asked for,
 * and not the same for all, so that they do not come back together.
 * @param chance from 0 to 1
 */
export function backOff(tries: number, retryAfter: number | undefined, chance: number): number | undefined {
  const pause = PAUSES[tries - 1];
  if (pause === undefined) return undefined;
  return Math.ceil(Math.max(Math.min(retryAfter ?? 0, MOST_PATIENCE), pause) * (1 + chance / 4));
}
