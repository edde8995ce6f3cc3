import type { AccountType } from '../../src/accounts/account-type';
import { stretchOf } from './rig/calendar';
import type { Prng } from './rig/seed';

/** An instant at which a day of a zone ends, and perhaps its month. */
export interface Midnight {
  readonly timeZone: string;
  /** The day that begins. */
  readonly date: string;
  /** Its first instant, in milliseconds since 1970. */
  readonly at: number;
  /** Whose periods end here. */
  readonly types: readonly AccountType[];
}

/** From the first to enter a day to the last; some are half and quarter hours off. */
const ZONES = [
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Asia/Tokyo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Europe/Berlin',
  'UTC',
  'America/St_Johns',
  'America/New_York',
  'Pacific/Marquesas',
  'Pacific/Pago_Pago',
];
/** Days on which months end as well. */
const MONTHS = ['2027-04-01', '2027-05-01', '2027-07-01', '2027-11-01'];

/** Where the clock changes at midnight: days that begin late, or whose first hour comes twice. */
const ODD_MIDNIGHTS = [
  ['America/Havana', '2027-03-14'],
  ['Asia/Beirut', '2027-03-28'],
  ['Atlantic/Azores', '2027-03-28'],
  ['Africa/Cairo', '2027-04-30'],
  ['America/Santiago', '2027-09-05'],
  ['America/Havana', '2027-11-07'],
  ['America/Havana', '2027-11-08'],
] as const;

const BOTH = ['service', 'subscription'] as const;
const ONLY_DAILY = ['subscription'] as const;

/** Some of them, one after the other, since the clock of a database only goes forward. */
export function someMidnights(count: number, random: Prng): Midnight[] {
  const dates = [...ODD_MIDNIGHTS, ...MONTHS.flatMap((date) => ZONES.map((zone) => [zone, date] as const))];
  const all = dates.map(([timeZone, date]) => ({
    timeZone,
    date,
    at: stretchOf(date, { type: 'subscription', timeZone }).from,
    types: date.endsWith('-01') ? BOTH : ONLY_DAILY,
  }));
  return random
    .shuffle(all)
    .slice(0, count)
    .sort((a, b) => a.at - b.at);
}
