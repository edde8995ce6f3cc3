import { DateTime } from 'luxon';

/**
 * Periods as the checker computes them: by luxon, which has its own arithmetic and its own idea of zones, so that a
 * mistake in the application's is not made here again.
 */

/** How many publications a period holds without grants. Said here once more on purpose. */
export const ALLOWANCE: Readonly<Record<string, number>> = { service: 4, subscription: 1 };

export interface Calendar {
  readonly type: string;
  readonly timeZone: string;
}

/** Half-open, in milliseconds. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

const HALF_HOUR = 1_800_000;
const stretches = new Map<string, Stretch>();

/** The month or day that the zone's wall calendar shows at the instant. */
export function labelAt(at: number, { type, timeZone }: Calendar): string {
  return DateTime.fromMillis(Math.floor(at), { zone: timeZone }).toFormat(
    type === 'service' ? 'yyyy-MM' : 'yyyy-MM-dd',
  );
}

/** From the first instant that the zone calls so. */
export function stretchOf(label: string, calendar: Calendar): Stretch {
  const key = `${label} ${calendar.type} ${calendar.timeZone}`;
  const known = stretches.get(key);
  if (known) return known;
  const unit = calendar.type === 'service' ? 'month' : 'day';
  const first = DateTime.fromISO(unit === 'month' ? `${label}-01` : label, { zone: calendar.timeZone });
  if (!first.isValid) throw new Error(`${label} is no period of a ${calendar.type} account`);
  const stretch = {
    from: firstInstant(first.startOf(unit), calendar),
    until: firstInstant(first.plus({ [unit]: 1 }).startOf(unit), calendar),
  };
  stretches.set(key, stretch);
  return stretch;
}

/** Where midnight comes twice, luxon gives the second one. */
function firstInstant(start: DateTime, calendar: Calendar): number {
  const label = labelAt(start.toMillis(), calendar);
  let at = start.toMillis();
  while (labelAt(at - HALF_HOUR, calendar) === label) at -= HALF_HOUR;
  return at;
}

export function isWithin(at: number, { from, until }: Stretch): boolean {
  return at >= from && at < until;
}
