import { Temporal } from 'temporal-polyfill';
import { ACCOUNT_TYPES, type AccountType } from '../accounts/account-type';

/**
 * A stretch of an account's calendar in which its allowance counts: half-open, [startsAt, endsAt).
 * The label is the month ("2026-11") or the day ("2026-11-22") in the account's zone.
 */
export interface Period {
  readonly label: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Whose calendar: the type says whether months or days count, the zone where midnight is. */
export interface Calendar {
  readonly type: AccountType;
  readonly timeZone: string;
}

/**
 * The one place where calendar and clock meet. A day begins at the first instant that the zone calls by its date, so a
 * missing midnight starts it late, a repeated one starts it once, and days have 23 to 25 hours.
 */
export function periodAt(instant: Date, calendar: Calendar): Period {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(
    calendar.timeZone,
  );
  return periodOf(local.toPlainDate(), calendar);
}

/** Their ends, in UTC, may lie in years that RFC 3339 cannot write. */
const OUTERMOST_YEARS = /^(0000|9999)/;

/** The period with this label, to be shown; undefined when the text is no label of this kind of account. */
export function periodLabelled(label: string, calendar: Calendar): Period | undefined {
  return OUTERMOST_YEARS.test(label) ? undefined : periodCalled(label, calendar);
}

/** A local date ("9999-12-31") as a day, to compare with; undefined for what is no date. */
export function localDay(date: string, timeZone: string): Period | undefined {
  return periodCalled(date, { type: 'subscription', timeZone });
}

function periodCalled(label: string, calendar: Calendar): Period | undefined {
  const date = isMonthly(calendar) ? /^\d{4}-\d{2}$/.exec(label) && `${label}-01` : label;
  if (date === null || !/^\d{4}-\d{2}-\d{2}$/.test(date)) return undefined;
  try {
    return periodOf(Temporal.PlainDate.from(date, { overflow: 'reject' }), calendar);
  } catch {
    return undefined;
  }
}

/** All periods that touch the instants [from, until), in order. */
export function periodsWithin(from: Date, until: Date, calendar: Calendar): Period[] {
  const periods: Period[] = [];
  for (
    let period = periodAt(from, calendar);
    period.startsAt < until;
    period = periodAfter(period, calendar)
  ) {
    periods.push(period);
  }
  return periods;
}

export function periodAfter(period: Period, calendar: Calendar): Period {
  return periodAt(period.endsAt, calendar);
}

export function periodBefore(period: Period, calendar: Calendar): Period {
  return periodAt(new Date(period.startsAt.getTime() - 1), calendar);
}

/** First instant of a local date ("2026-11-22") in a zone, or undefined for what is no date. */
export function startOfLocalDate(date: string, timeZone: string): Date | undefined {
  return periodLabelled(date, { type: 'subscription', timeZone })?.startsAt;
}

function periodOf(date: Temporal.PlainDate, calendar: Calendar): Period {
  const monthly = isMonthly(calendar);
  const first = monthly ? date.with({ day: 1 }) : date;
  const following = first.add(monthly ? { months: 1 } : { days: 1 });
  return {
    label: first.toString().slice(0, monthly ? 7 : 10),
    startsAt: startOfDay(first, calendar.timeZone),
    endsAt: startOfDay(following, calendar.timeZone),
  };
}

function isMonthly(calendar: Calendar): boolean {
  return ACCOUNT_TYPES[calendar.type].periodUnit === 'month';
}

function startOfDay(date: Temporal.PlainDate, timeZone: string): Date {
  return new Date(date.toZonedDateTime(timeZone).epochMilliseconds);
}
