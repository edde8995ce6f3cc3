import { IANAZone } from 'luxon';

/** Every zone that this Node knows by its main name, and some by other names that people use. */
export const TIME_ZONES: readonly string[] = [
  ...Intl.supportedValuesOf('timeZone'),
  ...['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'US/Pacific', 'Etc/GMT+12', 'Etc/GMT-14'],
];

export interface ClockChange {
  readonly timeZone: string;
  /** The first instant of the new offset. */
  readonly at: Date;
}

const MINUTE = 60_000;
/** No zone of these years changes its clock twice within so short a time: Morocco's Ramadan hour lasts five weeks. */
const STEP = 21 * 24 * 60 * MINUTE;

/** Every clock change of a zone in [from, until), found by asking luxon for offsets. */
export function clockChanges(timeZone: string, from: Date, until: Date): ClockChange[] {
  const zone = IANAZone.create(timeZone);
  const changes: ClockChange[] = [];
  let offset = zone.offset(from.getTime());
  for (let at = from.getTime(); at < until.getTime(); at += STEP) {
    const next = zone.offset(at + STEP);
    if (next !== offset) changes.push({ timeZone, at: new Date(firstMinuteOf(next, zone, at, at + STEP)) });
    offset = next;
  }
  return changes;
}

function firstMinuteOf(offset: number, zone: IANAZone, before: number, from: number): number {
  let [low, high] = [before, from];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (zone.offset(middle) === offset) high = middle;
    else low = middle;
  }
  return high;
}
