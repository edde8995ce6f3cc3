import { parseAbsolute, toCalendarDateTime, toZoned, type CalendarDateTime } from '@internationalized/date';

/** What the clocks of a zone show at an instant. */
export function toLocal(iso: string, timeZone: string): CalendarDateTime {
  return toCalendarDateTime(parseAbsolute(iso, timeZone));
}

export interface LocalInstant {
  readonly iso?: string;
  readonly fault?: 'missing' | 'twice';
}

/** The instant at which the clocks of a zone show this, unless they never do on that day, or do so twice. */
export function instantOf(local: CalendarDateTime, timeZone: string): LocalInstant {
  const [earlier, later] = [toZoned(local, timeZone, 'earlier'), toZoned(local, timeZone, 'later')];
  if (earlier.compare(later) === 0) return { iso: earlier.toAbsoluteString() };
  // In an overlap both read as what was asked for; in a gap neither does.
  return { fault: toCalendarDateTime(earlier).compare(local) === 0 ? 'twice' : 'missing' };
}
