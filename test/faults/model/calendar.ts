import { DateTime } from 'luxon';
import { clockChanges } from '../../support/time-zones';
import { labelAt, stretchOf, type Calendar as AnyCalendar } from '../rig/calendar';

/** Times as the model and its steps speak of them. Instants are milliseconds. */

export type AccountType = 'service' | 'subscription';

export interface Calendar extends AnyCalendar {
  readonly type: AccountType;
}

export interface Period {
  readonly label: string;
  readonly startsAt: number;
  /** Exclusive. */
  readonly endsAt: number;
}

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function periodAt(instant: number, calendar: Calendar): Period {
  const label = labelAt(instant, calendar);
  const { from, until } = stretchOf(label, calendar);
  return { label, startsAt: from, endsAt: until };
}

/** The `nth` period from the one that is running: 0 is that one, 1 the next, -1 the last. */
export function nthPeriod(now: number, nth: number, calendar: Calendar): Period {
  let period = periodAt(now, calendar);
  for (let step = 0; step < Math.abs(nth); step += 1) {
    period = periodAt(nth > 0 ? period.endsAt : period.startsAt - 1, calendar);
  }
  return period;
}

/** The first time from an instant on at which the clocks of the zone show this full hour, and then each day's. */
export function* timesOfDay(hour: number, from: number, timeZone: string): Generator<number> {
  let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day');
  for (;;) {
    const time = day.set({ hour }).toMillis();
    if (time >= from) yield time;
    day = day.plus({ days: 1 });
  }
}

/** The next instant at which the zone sets its clocks, if it does so within two years. */
export function nextClockChange(now: number, timeZone: string): number | undefined {
  const changes = clockChanges(timeZone, new Date(now), new Date(now + 730 * DAY));
  return changes.map(({ at }) => at.getTime()).find((at) => at > now);
}

export function iso(instant: number): string;
export function iso(instant: number | null): string | null;
export function iso(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}
