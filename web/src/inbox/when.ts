import { dateFormat } from '../i18n/format';

/** Instants as messengers write them: the closer, the shorter. */
export interface Clock {
  readonly now: number;
  readonly timeZone: string;
  readonly locale: string;
}

/** 18:30 · yesterday · Tue · 24 Nov · 24/11/2025 */
export function shortWhen(iso: string, clock: Clock): string {
  const { timeZone, locale } = clock;
  const date = new Date(iso);
  const days = daysAgo(date, clock);
  const write = (options: Intl.DateTimeFormatOptions) =>
    dateFormat(locale, { timeZone, ...options }).format(date);
  if (days <= 0) return write({ timeStyle: 'short' });
  if (days === 1) return relativeDay(-1, locale);
  if (days < 7) return write({ weekday: 'short' });
  return isThisYear(date, clock) ? write({ day: 'numeric', month: 'short' }) : write({ dateStyle: 'short' });
}

/** Today · Yesterday · Tuesday 24 November · 24 November 2025 */
export function dayWhen(iso: string, clock: Clock): string {
  const { timeZone, locale } = clock;
  const date = new Date(iso);
  const days = daysAgo(date, clock);
  if (days === 0 || days === 1) return capitalised(relativeDay(-days, locale), locale);
  const options: Intl.DateTimeFormatOptions = isThisYear(date, clock)
    ? { weekday: 'long', day: 'numeric', month: 'long' }
    : { dateStyle: 'long' };
  return capitalised(dateFormat(locale, { timeZone, ...options }).format(date), locale);
}

/** 2026-11-24: the same for all instants of a day. */
export function dayOf(iso: string, timeZone: string): string {
  return isoDay(new Date(iso), timeZone);
}

function daysAgo(date: Date, { now, timeZone }: Clock): number {
  const [then, today] = [date, new Date(now)].map((day) => Date.parse(isoDay(day, timeZone)));
  return Math.round(((today ?? 0) - (then ?? 0)) / 86_400_000);
}

function isThisYear(date: Date, { now, timeZone }: Clock): boolean {
  return isoDay(date, timeZone).slice(0, 4) === isoDay(new Date(now), timeZone).slice(0, 4);
}

function isoDay(date: Date, timeZone: string): string {
  const options = { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
  return dateFormat('en-CA', options).format(date);
}

function relativeDay(days: number, locale: string): string {
  return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day');
}

function capitalised(text: string, locale: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join('');
}
