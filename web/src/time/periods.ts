import {
  parseAbsolute,
  parseDate,
  Time,
  toCalendarDate,
  toCalendarDateTime,
  toTime,
  toZoned,
} from '@internationalized/date';
import type { QuotaPeriod } from '../api/types';

/** Days are told as `2026-11-24`, always of the account's own calendar. */
export type Day = string;

/** On which day of the zone the instant falls. */
export function dayOf(iso: string, timeZone: string): Day {
  return toCalendarDate(parseAbsolute(iso, timeZone)).toString();
}

/**
 * The instant at which the clocks of the zone show this time on this day. Where that hour is left out, because they go
 * forward, it is the one after.
 */
export function at(day: Day, { hour, minute }: { hour: number; minute: number }, timeZone: string): string {
  return instantAt(day, new Time(hour, minute), timeZone);
}

/** The same time of day on another day, as the clocks of the zone show it. */
export function onDay(iso: string, day: Day, timeZone: string): string {
  return instantAt(day, toTime(parseAbsolute(iso, timeZone)), timeZone);
}

function instantAt(day: Day, time: Time, timeZone: string): string {
  return toZoned(toCalendarDateTime(parseDate(day), time), timeZone, 'compatible').toAbsoluteString();
}

export function periodAt(periods: readonly QuotaPeriod[], iso: string): QuotaPeriod | undefined {
  const time = Date.parse(iso);
  return periods.find(({ startsAt, endsAt }) => Date.parse(startsAt) <= time && time < Date.parse(endsAt));
}

/** All places of a period: what the type gives and what admins have added. */
export function placesIn({ allowance, granted }: QuotaPeriod): number {
  return allowance + granted;
}

/** How far ahead a free place is looked for, in days. */
const LOOK_AHEAD = 62;

/** The first day and the last whose periods are looked at, for an instant and what may be offered instead. */
export function daysAround(iso: string, timeZone: string): { from: Day; to: Day } {
  const date = toCalendarDate(parseAbsolute(iso, timeZone));
  return { from: date.toString(), to: date.add({ days: LOOK_AHEAD }).toString() };
}

/** The next period with a free slot after the one of an instant. */
export function nextFreePeriod(periods: readonly QuotaPeriod[], iso: string): QuotaPeriod | undefined {
  return periods.find(({ startsAt, remaining }) => Date.parse(startsAt) > Date.parse(iso) && remaining > 0);
}

/** The same time of day on the first day of the next period with a free slot. */
export function nextFree(periods: readonly QuotaPeriod[], iso: string, timeZone: string): string | undefined {
  const next = nextFreePeriod(periods, iso);
  return next && sameTimeFrom(iso, next.startsAt, timeZone);
}

/**
 * What to offer instead of an instant whose period is full: the same time of day, on the day of the instant from which
 * on there is room; that instant itself when it is later.
 */
export function sameTimeFrom(iso: string, from: string, timeZone: string): string {
  const same = onDay(iso, dayOf(from, timeZone), timeZone);
  return Date.parse(same) >= Date.parse(from) ? same : from;
}

/** A round time within the hour, for whoever has not thought of one. */
export function soon(now: string): string {
  const quarters = Math.ceil(Date.parse(now) / QUARTER) + 1;
  return new Date(quarters * QUARTER).toISOString();
}

/** Of an hour, in milliseconds. */
const QUARTER = 900_000;
