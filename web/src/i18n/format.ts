/** Instants, periods and amounts as people of a locale write them. Instants are always shown in a zone that is named. */
export interface Formats {
  /** 24 Nov 2026, 18:30 */
  readonly instant: (iso: string, timeZone: string) => string;
  /** Tue 24 Nov, 18:30 */
  readonly moment: (iso: string, timeZone: string) => string;
  /** Tuesday 24 November */
  readonly day: (iso: string, timeZone: string) => string;
  /** 24 Nov */
  readonly date: (iso: string, timeZone: string) => string;
  /** 18:30 */
  readonly time: (iso: string, timeZone: string) => string;
  /** GMT+1 */
  readonly zone: (iso: string, timeZone: string) => string;
  /** Of a quota: "November 2026" for 2026-11, "24 November 2026" for 2026-11-24 */
  readonly period: (label: string) => string;
  /** 3 hours ago, in 5 minutes */
  readonly relative: (iso: string, now: number) => string;
  readonly number: (amount: number) => string;
  readonly percent: (share: number) => string;
}

/** The same ones for the same locale: hundreds of chips and rows on a page share them. */
export function formatsFor(locale: string): Formats {
  const formats = allFormats.get(locale) ?? makeFormats(locale);
  allFormats.set(locale, formats);
  return formats;
}

const allFormats = new Map<string, Formats>();

function makeFormats(locale: string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => dateFormat(locale, options);
  const count = new Intl.NumberFormat(locale);
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  return {
    instant: (iso, timeZone) =>
      dates({ timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
    moment: (iso, timeZone) =>
      dates({
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        hour: 'numeric',
        minute: '2-digit',
      }).format(new Date(iso)),
    day: (iso, timeZone) =>
      dates({ timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(new Date(iso)),
    date: (iso, timeZone) => dates({ timeZone, day: 'numeric', month: 'short' }).format(new Date(iso)),
    time: (iso, timeZone) => dates({ timeZone, timeStyle: 'short' }).format(new Date(iso)),
    zone: (iso, timeZone) => {
      const parts = dates({ timeZone, timeZoneName: 'short' }).formatToParts(new Date(iso));
      return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
    },
    period: (label) => {
      const isDay = label.length > 'YYYY-MM'.length;
      const date = new Date(`${isDay ? label : `${label}-01`}T00:00:00Z`);
      if (Number.isNaN(date.getTime())) return label;
      const shown = { timeZone: 'UTC', month: 'long', year: 'numeric' } as const;
      return dates(isDay ? { ...shown, day: 'numeric' } : shown).format(date);
    },
    relative: (iso, now) => {
      const seconds = (new Date(iso).getTime() - now) / 1000;
      const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const);
      return relative.format(Math.round(seconds / length), unit);
    },
    number: (amount) => count.format(amount),
    percent: (share) => percent.format(share),
  };
}

const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Making one takes a tenth of a millisecond, and a calendar asks for hundreds. */
export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const format = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale, options);
  dateFormats.set(key, format);
  return format;
}
