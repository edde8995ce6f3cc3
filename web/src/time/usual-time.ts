import { at, dayOf } from './periods';

const MORNING = { hour: 9, minute: 0 };

/** When an account commonly publishes: the first of its posting times that names one time of day; else nine o'clock. */
export function usualTime(postingTimes: readonly string[]): { hour: number; minute: number } {
  for (const expression of postingTimes) {
    const [, minute, hour] = /^(\d{1,2}) (\d{1,2}) /.exec(expression) ?? [];
    if (minute !== undefined && hour !== undefined) return { hour: Number(hour), minute: Number(minute) };
  }
  return MORNING;
}

/** The usual time on the day of an instant; the instant itself where it is later: periods begin at midnight. */
export function usualTimeFrom(iso: string, postingTimes: readonly string[], timeZone: string): string {
  const usual = at(dayOf(iso, timeZone), usualTime(postingTimes), timeZone);
  return Date.parse(usual) >= Date.parse(iso) ? usual : iso;
}
