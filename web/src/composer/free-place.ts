import { parseAbsolute, toCalendarDate, toCalendarDateTime, toTime, toZoned } from '@internationalized/date';
import type { QuotaPeriod } from '../api/types';

export function dateOf(iso: string, timeZone: string): string {
  return toCalendarDate(parseAbsolute(iso, timeZone)).toString();
}

/** The first date and the last whose periods are looked at, for an instant and what may be offered instead. */
export function datesAround(iso: string, timeZone: string): { from: string; to: string } {
  const date = toCalendarDate(parseAbsolute(iso, timeZone));
  return { from: date.toString(), to: date.add({ days: LOOK_AHEAD }).toString() };
}

const LOOK_AHEAD = 62;

export function periodAt(periods: readonly QuotaPeriod[], iso: string): QuotaPeriod | undefined {
  const time = Date.parse(iso);
  return periods.find(({ startsAt, endsAt }) => Date.parse(startsAt) <= time && time < Date.parse(endsAt));
}

/** The same time of day on the first day of the next period with a free place. */
export function nextFree(periods: readonly QuotaPeriod[], iso: string, timeZone: string): string | undefined {
  const next = periods.find(({ startsAt, remaining }) => startsAt > iso && remaining > 0);
  return next && sameTimeFrom(iso, next.startsAt, timeZone);
}

/** The same time of day, on the day of an instant from which on there is room; that instant itself when it is later. */
export function sameTimeFrom(iso: string, from: string, timeZone: string): string {
  const day = toCalendarDate(parseAbsolute(from, timeZone));
  const time = toTime(parseAbsolute(iso, timeZone));
  const same = toZoned(toCalendarDateTime(day, time), timeZone, 'compatible').toAbsoluteString();
  return Date.parse(same) >= Date.parse(from) ? same : from;
}

/** A round time within the hour, for whoever has not thought of one. */
export function soon(now: string): string {
  const quarters = Math.ceil(Date.parse(now) / QUARTER) + 2;
  return new Date(quarters * QUARTER).toISOString();
}

/** Of an hour, in milliseconds. */
const QUARTER = 900_000;
