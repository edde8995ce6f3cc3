import { Temporal } from 'temporal-polyfill';

const MINUTE_MS = 60_000;

/** By how many milliseconds local time is ahead of UTC at the instant. */
export function offsetAt(instantMs: number, zone: string): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(zone);
  return offsetNanoseconds / 1_000_000;
}

/** The midnight with which the instant's local day begins, as milliseconds since 1970 as if local time were UTC. */
export function localMidnight(instant: Date, zone: string): number {
  const local = new Date(instant.getTime() + offsetAt(instant.getTime(), zone));
  return Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate());
}

/** The instant at which the offset becomes another one, between two instants on either side of it; to the minute. */
export function transitionBetween(fromMs: number, toMs: number, zone: string): number {
  const before = offsetAt(fromMs, zone);
  let [low, high] = [Math.floor(fromMs / MINUTE_MS), Math.ceil(toMs / MINUTE_MS)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * MINUTE_MS, zone) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}
