import {
  CalendarDate,
  endOfMonth,
  endOfWeek,
  parseDate,
  startOfMonth,
  startOfWeek,
} from '@internationalized/date';
import { at, soon, type Day } from '../time/periods';
import { usualTime } from '../time/usual-time';

export const VIEWS = ['month', 'week', 'list'] as const;
export type View = (typeof VIEWS)[number];

/** The days that a view shows, whole weeks where it shows weeks. The locale says on which day they begin. */
export function daysShown(view: View, day: Day, locale: string): readonly Day[] {
  const date = parseDate(day);
  if (view === 'week') return daysBetween(startOfWeek(date, locale), endOfWeek(date, locale));
  const [first, last] = [startOfMonth(date), endOfMonth(date)];
  if (view === 'list') return daysBetween(first, last);
  return daysBetween(startOfWeek(first, locale), endOfWeek(last, locale));
}

/** The first day and the last of what is shown together with the whole month of the day that is looked at. */
export function withMonthOf(day: Day, from: Day, to: Day): readonly [Day, Day] {
  const [first, last] = [startOfMonth(parseDate(day)).toString(), endOfMonth(parseDate(day)).toString()];
  return [first < from ? first : from, last > to ? last : to];
}

export function inWeeks(days: readonly Day[]): readonly (readonly Day[])[] {
  return Array.from({ length: Math.ceil(days.length / 7) }, (_, week) => days.slice(week * 7, week * 7 + 7));
}

/** The day to look at after going one month or week on or back. */
export function turned(view: View, day: Day, by: 1 | -1): Day {
  const date = parseDate(day);
  const next = view === 'week' ? date.add({ weeks: by }) : startOfMonth(date).add({ months: by });
  return next.toString();
}

export function isDay(text: string | null): text is Day {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));
}

export function monthOf(day: Day): string {
  return day.slice(0, 7);
}

/** An instant of the day by which formats know it in every zone. */
export function noonOf(day: Day): string {
  return `${day}T12:00:00Z`;
}

function daysBetween(first: CalendarDate, last: CalendarDate): readonly Day[] {
  const days: Day[] = [];
  for (let day = first; day.compare(last) <= 0; day = day.add({ days: 1 })) days.push(day.toString());
  return days;
}

/** When to offer on a day: at the usual time, or today, if that is over, within the hour. */
export function suggestedFor(
  day: Day,
  postingTimes: readonly string[],
  timeZone: string,
  now: string,
): string {
  const usual = at(day, usualTime(postingTimes), timeZone);
  return usual > now ? usual : soon(now);
}
