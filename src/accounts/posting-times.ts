import { CronExpressionParser } from 'cron-parser';
import { localMidnight, offsetAt, transitionBetween } from './local-time';

/** Digits, names, `*`, lists, ranges and steps. No other letters: to cron-parser `H` is another time at every reading. */
const FIELD = '(?:[0-9*,/-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)+';

/** Minute, hour, day of month, month, weekday. */
const FIVE_FIELDS = new RegExp(`^\\s*(?:${FIELD}\\s+){4}${FIELD}\\s*$`, 'i');

export const MAX_POSTING_TIME_LENGTH = 100;

const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** The 29th of February may be eight years away, as it is from 2096 on. */
const MAX_DAYS_APART = 8 * 366;

/** What an expression says of a day and of the times on it. */
interface Rule {
  readonly months: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
  /** Of the day, in order. */
  readonly minutes: readonly number[];
}

/** Whether the text is a 5-field cron expression that comes up at all ("0 8 30 2 *" never does). */
export function isPostingTime(text: string): boolean {
  if (text.length > MAX_POSTING_TIME_LENGTH || !FIVE_FIELDS.test(text)) return false;
  try {
    return comesUp(ruleOf(text));
  } catch {
    return false;
  }
}

/**
 * The posting times of all expressions together, from `after` (exclusive) on, in order, without end.
 * A time that the clock skips is taken as much later as the clock skips, be that an hour or, in Lord Howe, half of one; a
 * time of day that comes twice is taken once, at the first.
 *
 * It walks the calendar day by day and asks for the zone on days that have a time only: with cron-parser's own walk, which
 * asks at every step, twenty expressions that come up on the 29th of February held the process for half a second.
 */
export function* postingTimesAfter(
  expressions: readonly string[],
  zone: string,
  after: Date,
): Generator<Date> {
  const rules = expressions.map(ruleOf);
  const start = localMidnight(after, zone);
  let last = start;
  let pastMidnight: readonly number[] = [];
  for (let day = start; day - last <= MAX_DAYS_APART * DAY_MS && rules.length > 0; day += DAY_MS) {
    const minutes = minutesOn(new Date(day), rules);
    if (minutes.length === 0 && pastMidnight.length === 0) continue;
    last = day;
    const midnight = day + DAY_MS - offsetAt(day + DAY_MS - offsetAt(day, zone), zone);
    const instants = inOrder([...pastMidnight, ...instantsOf(day, minutes, zone)]);
    // In Greenland the clock skips the last hour of a day: what was to be in it comes on the next one, among its times.
    pastMidnight = instants.filter((instant) => instant >= midnight);
    for (const instant of instants) {
      if (instant > after.getTime() && instant < midnight) yield new Date(instant);
    }
  }
}

function ruleOf(text: string): Rule {
  const { month, dayOfMonth, dayOfWeek, hour, minute } = CronExpressionParser.parse(text).fields;
  return {
    months: new Set(month.values.map(Number)),
    days: new Set(dayOfMonth.values.map(Number)),
    weekdays: new Set(dayOfWeek.values.map((day) => Number(day) % 7)),
    anyDay: dayOfMonth.isWildcard,
    anyWeekday: dayOfWeek.isWildcard,
    minutes: hour.values.flatMap((hours) => minute.values.map((minutes) => 60 * hours + minutes)),
  };
}

function comesUp({ months, days, anyWeekday }: Rule): boolean {
  const isOnSomeDay = [...months].some((month) =>
    [...days].some((day) => day <= (DAYS_OF_MONTH[month - 1] ?? 0)),
  );
  return !anyWeekday || isOnSomeDay;
}

/** Minutes of the day at which any of the rules comes up on this date (written as if it were in UTC). */
function minutesOn(date: Date, rules: readonly Rule[]): readonly number[] {
  const here = rules.filter((rule) => isOn(rule, date));
  return inOrder(here.flatMap(({ minutes }) => minutes));
}

/** Cron's own rule: where both the day of the month and the weekday are named, either will do. */
function isOn({ months, days, weekdays, anyDay, anyWeekday }: Rule, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const isDay = days.has(date.getUTCDate());
  const isWeekday = weekdays.has(date.getUTCDay());
  if (anyDay) return isWeekday;
  return anyWeekday ? isDay : isDay || isWeekday;
}

function inOrder(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The instants of the times of a day in the zone; `day` is its local midnight, written as if it were in UTC. */
function instantsOf(day: number, minutes: readonly number[], zone: string): readonly number[] {
  const before = offsetAt(day - offsetAt(day, zone) - 3 * HOUR_MS, zone);
  const behind = offsetAt(day + DAY_MS - before + 3 * HOUR_MS, zone);
  const locals = minutes.map((minute) => day + minute * MINUTE_MS);
  if (before === behind) return locals.map((local) => local - before);
  const transition = transitionBetween(day - before - 4 * HOUR_MS, day + DAY_MS - before + 4 * HOUR_MS, zone);
  return locals.map((local) => {
    if (local - before < transition) return local - before;
    if (local - behind >= transition) return local - behind;
    // Skipped: as late after the clock moved as it would have been.
    return local - before;
  });
}
