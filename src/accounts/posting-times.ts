import { CronExpressionParser } from 'cron-parser';

/** Digits, names, `*`, lists, ranges and steps. No other letters: to cron-parser `H` is another time at every reading. */
const FIELD = '(?:[0-9*,/-]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)+';

/** Minute, hour, day of month, month, weekday. */
const FIVE_FIELDS = new RegExp(`^\\s*(?:${FIELD}\\s+){4}${FIELD}\\s*$`, 'i');

/** Whether the text is a 5-field cron expression that comes up at all ("0 8 30 2 *" never does). */
export function isPostingTime(text: string): boolean {
  if (!FIVE_FIELDS.test(text)) return false;
  try {
    CronExpressionParser.parse(text, { currentDate: '2024-01-01T00:00:00Z', tz: 'UTC' }).next();
    return true;
  } catch {
    return false;
  }
}

/**
 * The posting times of all expressions together, from `after` (exclusive) on, in order, without end.
 * A time that the clock skips is taken when the clock has moved on by its hour (Lord Howe moves by half of one: there it
 * is left out); a time of day that comes twice is taken once.
 */
export function* postingTimesAfter(
  expressions: readonly string[],
  zone: string,
  after: Date,
): Generator<Date> {
  const runs = expressions.map((text) => CronExpressionParser.parse(text, { currentDate: after, tz: zone }));
  const next = runs.map((run) => run.next().toDate());
  while (next.length > 0) {
    const soonest = next.reduce((a, b) => (b < a ? b : a));
    yield soonest;
    for (const [index, run] of runs.entries()) {
      // `<=`, so that two expressions that name the same instant yield it once.
      while ((next[index] ?? soonest) <= soonest) next[index] = run.next().toDate();
    }
  }
}
