import { Temporal } from 'temporal-polyfill';

/** RFC 3339 with an offset: without one, a time is a different instant for every reader. */
export const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/**
 * The instant that an RFC 3339 text names, or undefined. A fraction finer than a millisecond is rounded up, since
 * rounding down would let a broadcast go out before the instant that was asked for. For the same reason a leap second
 * is no instant here: computers' clocks know none, and the second before it would be early.
 */
export function parseInstant(text: string): Date | undefined {
  if (!RFC_3339.test(text) || text.slice(17, 19) === '60') return undefined;
  try {
    const instant = Temporal.Instant.from(text.toUpperCase());
    return new Date(instant.round({ smallestUnit: 'millisecond', roundingMode: 'ceil' }).epochMilliseconds);
  } catch {
    return undefined;
  }
}
