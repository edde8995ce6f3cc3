import { parseDate, startOfWeek } from '@internationalized/date';

/** A posting time as most people think of it: some days of the week, at a time of day. */
export interface WeeklyTime {
  readonly days: readonly Weekday[];
  readonly hour: number;
  readonly minute: number;
}

/** As in cron: 0 is Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** In the order in which most calendars of the world show them. */
export const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 0];

/** The same in the order in which the calendars of a locale show them. */
export function weekIn(locale: string): readonly Weekday[] {
  const first = startOfWeek(parseDate('2026-11-25'), locale).toDate('UTC').getUTCDay();
  const at = WEEK.findIndex((day) => day === first);
  return [...WEEK.slice(at), ...WEEK.slice(0, at)];
}

const WEEKLY = /^\s*(\d{1,2})\s+(\d{1,2})\s+\*\s+\*\s+(\S+)\s*$/;
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Undefined for an expression that says anything else. */
export function weeklyTimeOf(expression: string): WeeklyTime | undefined {
  const [, minute, hour, weekdays] = WEEKLY.exec(expression) ?? [];
  if (minute === undefined || hour === undefined || weekdays === undefined) return undefined;
  if (Number(minute) > 59 || Number(hour) > 23) return undefined;
  const days = daysOf(weekdays.toLowerCase());
  return days && { days, hour: Number(hour), minute: Number(minute) };
}

function daysOf(field: string): readonly Weekday[] | undefined {
  if (field === '*') return WEEK;
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, from, to = from] = /^([a-z]{3}|\d)(?:-([a-z]{3}|\d))?$/.exec(part) ?? [];
    const [first, last] = [numberOf(from), numberOf(to)];
    if (first === undefined || last === undefined || first > last) return undefined;
    for (let day = first; day <= last; day += 1) found.add(day % 7);
  }
  return WEEK.filter((day) => found.has(day));
}

function numberOf(text = ''): number | undefined {
  const number = /^\d$/.test(text) ? Number(text) : NAMES.indexOf(text);
  return number < 0 || number > 7 ? undefined : number;
}

export function expressionOf({ days, hour, minute }: WeeklyTime): string {
  return `${String(minute)} ${String(hour)} * * ${fieldOf(days)}`;
}

function fieldOf(days: readonly Weekday[]): string {
  if (days.length === 7) return '*';
  const run = runOf(days);
  // Cron knows Sunday as 7, too, which is how a run can end with it.
  if (run) return `${String(run.from)}-${String(run.to || 7)}`;
  return WEEK.filter((day) => days.includes(day)).join(',');
}

/** The first and the last of three or more days in a row. */
export function runOf(days: readonly Weekday[]): { from: Weekday; to: Weekday } | undefined {
  const places = WEEK.flatMap((day, place) => (days.includes(day) ? [place] : []));
  const [first = 0, last = 0] = [places.at(0), places.at(-1)];
  if (places.length < 3 || last - first !== places.length - 1) return undefined;
  return { from: WEEK[first] ?? 1, to: WEEK[last] ?? 0 };
}

/** The first day of 2023 was a Sunday. */
export function nameOfDay(day: Weekday, locale: string, weekday: 'long' | 'short' = 'long'): string {
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + day));
}

export function nameOfTime({ hour, minute }: Pick<WeeklyTime, 'hour' | 'minute'>, locale: string): string {
  return new Intl.DateTimeFormat(locale, { timeStyle: 'short', timeZone: 'UTC' }).format(
    Date.UTC(2023, 0, 1, hour, minute),
  );
}
