import type { Account } from '../api/types';

/** A month (2026-11) or a day (2026-11-22), as the API writes the periods of a quota. */
export type Period = string;

type Type = Account['type'];

const MONTH_LENGTH = 'YYYY-MM'.length;

/** The month or day in which an account of this type and zone is. */
export function periodAt(instant: number, type: Type, timeZone: string): Period {
  // Sweden writes dates as ISO 8601 does.
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant);
  return type === 'service' ? day.slice(0, MONTH_LENGTH) : day;
}

/** The period of those whose clocks are ahead of all others: no account is in a later one. */
export function latestPeriodAt(instant: number, type: Type): Period {
  return periodAt(instant, type, 'Pacific/Kiritimati');
}

/** So many periods later, or earlier. */
export function shifted(period: Period, by: number): Period {
  const date = startOf(period);
  if (isMonth(period)) date.setUTCMonth(date.getUTCMonth() + by);
  else date.setUTCDate(date.getUTCDate() + by);
  return date.toISOString().slice(0, period.length);
}

/** This period and those after it. */
export function periodsFrom(first: Period, count: number): readonly Period[] {
  return Array.from({ length: count }, (_, place) => shifted(first, place));
}

/** Two lines above a column: "2026" / "Nov" of a month, "Nov" / "22" of a day. The upper one only where it changes. */
export function headingsOf(
  periods: readonly Period[],
  locale: string,
): readonly { readonly upper: string; readonly lower: string }[] {
  const write = (period: Period, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }).format(startOf(period));
  return periods.map((period, place) => {
    const [upper, lower] = isMonth(period)
      ? [write(period, { year: 'numeric' }), write(period, { month: 'short' })]
      : [write(period, { month: 'short' }), String(startOf(period).getUTCDate())];
    const before = periods[place - 1];
    const isNew = before === undefined || coarse(before) !== coarse(period);
    return { upper: isNew ? upper : '', lower };
  });
}

/** What the upper line stands for: the year of a month, the month of a day. */
function coarse(period: Period): string {
  return period.slice(0, period.lastIndexOf('-'));
}

function isMonth(period: Period): boolean {
  return period.length === MONTH_LENGTH;
}

function startOf(period: Period): Date {
  return new Date(`${isMonth(period) ? `${period}-01` : period}T00:00:00Z`);
}
