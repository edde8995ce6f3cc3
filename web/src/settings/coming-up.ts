import {
  getDayOfWeek,
  parseAbsolute,
  Time,
  toCalendarDate,
  toCalendarDateTime,
  toZoned,
  type CalendarDate,
} from '@internationalized/date';

/** What each of the five fields of a cron expression admits. */
interface Cron {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly dates: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Which of the two ways to name a day it uses; where it uses both, either will do. */
  readonly namesDates: boolean;
  readonly namesWeekdays: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Leap days are eight years apart at most. */
const DAYS_AHEAD = 8 * 366;

/** The next posting times, the soonest first. An expression that cannot be read has none. */
export function comingUp(
  expressions: readonly string[],
  timeZone: string,
  after: string,
  count: number,
): readonly string[] {
  const each = expressions.map((text) => {
    const cron = readCron(text);
    return cron ? next(cron, timeZone, after, count) : [];
  });
  return [...new Set(each.flat())].sort().slice(0, count);
}

function next(cron: Cron, timeZone: string, after: string, count: number): readonly string[] {
  const found: string[] = [];
  let day = toCalendarDate(parseAbsolute(after, timeZone));
  for (let ahead = 0; ahead < DAYS_AHEAD && found.length < count; ahead += 1) {
    if (isOn(cron, day)) found.push(...instantsOf(cron, day, timeZone).filter((instant) => instant > after));
    day = day.add({ days: 1 });
  }
  return found;
}

function isOn(cron: Cron, day: CalendarDate): boolean {
  if (!cron.months.includes(day.month)) return false;
  const byDate = cron.dates.includes(day.day);
  // Counted from Sunday, as cron does.
  const byWeekday = cron.weekdays.includes(getDayOfWeek(day, 'en-US'));
  return cron.namesDates && cron.namesWeekdays ? byDate || byWeekday : byDate && byWeekday;
}

/** A time that the clocks skip is taken an hour later; one that they show twice is taken once. */
function instantsOf(cron: Cron, day: CalendarDate, timeZone: string): readonly string[] {
  return cron.hours.flatMap((hour) =>
    cron.minutes.map((minute) =>
      toZoned(toCalendarDateTime(day, new Time(hour, minute)), timeZone, 'compatible').toAbsoluteString(),
    ),
  );
}

function readCron(text: string): Cron | undefined {
  const [minute, hour, date, month, weekday, ...more] = text.trim().toLowerCase().split(/\s+/);
  if (weekday === undefined || more.length > 0) return undefined;
  const minutes = readField(minute, 0, 59);
  const hours = readField(hour, 0, 23);
  const dates = readField(date, 1, 31);
  const months = readField(month, 1, 12, (name) => MONTHS.indexOf(name) + 1);
  const weekdays = readField(weekday, 0, 7, (name) => WEEKDAYS.indexOf(name))?.map((day) => day % 7);
  if (!minutes || !hours || !dates || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    dates,
    months,
    weekdays,
    namesDates: date !== '*',
    namesWeekdays: weekday !== '*',
  };
}

/** The values of a list, of ranges such as `mon-fri`, and of every so many. */
function readField(
  text = '',
  min: number,
  max: number,
  named: (name: string) => number = () => -1,
): readonly number[] | undefined {
  const values = new Set<number>();
  for (const part of text.split(',')) {
    const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const read = (word: string) => (/^\d+$/.test(word) ? Number(word) : named(word));
    const from = first === '*' ? min : read(first);
    const to = last !== undefined ? read(last) : first === '*' || step !== undefined ? max : from;
    const by = Number(step ?? 1);
    if (first === '' || from < min || to > max || from > to || by < 1) return undefined;
    for (let value = from; value <= to; value += by) values.add(value);
  }
  return [...values].sort((a, b) => a - b);
}
