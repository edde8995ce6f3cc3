import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { dayOf, placesIn, type Day } from '../time/periods';

/** When it went out, will go out, should have gone out; of a draft, when it was begun. */
export function instantOf({ publishedAt, scheduledAt, createdAt }: Broadcast): string {
  return publishedAt ?? scheduledAt ?? createdAt;
}

/** What stands on each day of the zone, in order of time. Drafts stand on none. */
export function byDay(
  broadcasts: readonly Broadcast[],
  timeZone: string,
): ReadonlyMap<Day, readonly Broadcast[]> {
  const days = new Map<Day, Broadcast[]>();
  const inOrder = [...broadcasts].sort((one, other) => instantOf(one).localeCompare(instantOf(other)));
  for (const broadcast of inOrder) {
    if (broadcast.status === 'draft') continue;
    const day = dayOf(instantOf(broadcast), timeZone);
    const others = days.get(day);
    if (others) others.push(broadcast);
    else days.set(day, [broadcast]);
  }
  return days;
}

/** The period that a day lies in: the one of its last instant, since a type may have changed during the day. */
export function periodOfDay(periods: readonly QuotaPeriod[], day: Day): QuotaPeriod | undefined {
  return periods.findLast(({ period }) => period === day || period === day.slice(0, 7));
}

/**
 * The days that a list has something to say of. Where today is among them, it begins with today: those before it are
 * asked for less often.
 */
export function inAgenda(
  days: readonly Day[],
  today: Day,
  isTold: (day: Day) => boolean,
): { readonly earlier: readonly Day[]; readonly shown: readonly Day[] } {
  const told = days.filter(isTold);
  if (!days.includes(today)) return { earlier: [], shown: told };
  return { earlier: told.filter((day) => day < today), shown: told.filter((day) => day >= today) };
}

/** What is in a slot of a period. `taken`: by a broadcast that is not among those that are known here. */
export type Slot = Broadcast | 'taken' | 'free';

/** A period's slots one by one. The period says how many are free, never the absence of a broadcast. */
export function placesOf(period: QuotaPeriod, broadcasts: readonly Broadcast[]): readonly Slot[] {
  const holders = broadcasts
    .filter((broadcast) => broadcast.period === period.period && HOLDS.has(broadcast.status))
    .sort((one, other) => instantOf(one).localeCompare(instantOf(other)));
  const others = Math.max(0, placesIn(period) - holders.length);
  return [
    ...holders,
    ...Array.from({ length: others }, (_, place) => (place < others - period.remaining ? 'taken' : 'free')),
  ];
}

const HOLDS: ReadonlySet<Broadcast['status']> = new Set(['scheduled', 'published', 'recalled']);

/** Whether people may give it a time, or another one: what went out has happened. */
export function isMovable({ status }: Broadcast): boolean {
  return status !== 'published' && status !== 'recalled';
}

/** Whether it can still be written at. */
export function isWritable({ status }: Broadcast): boolean {
  return status === 'draft' || status === 'scheduled';
}

/** Of the button that gives it a time. */
export function moveWordOf({ status }: Broadcast): 'calendar.move' | 'calendar.scheduleTo' {
  return status === 'scheduled' ? 'calendar.move' : 'calendar.scheduleTo';
}

export { titleOf } from '../api/title-of';
