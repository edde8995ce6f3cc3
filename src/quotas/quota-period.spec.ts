import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clockChanges, TIME_ZONES } from '../../test/support/time-zones';
import {
  periodAfter,
  periodAt,
  periodLabelled,
  periodsWithin,
  type Calendar,
  type Period,
} from './quota-period';

const DAY = 24 * 3_600_000;
const FROM = new Date('2024-01-01T00:00:00Z');
const UNTIL = new Date('2031-01-01T00:00:00Z');
const daysOf = (timeZone: string): Calendar => ({ type: 'subscription', timeZone });
const monthsOf = (timeZone: string): Calendar => ({ type: 'service', timeZone });

describe('periods, in every zone that Node knows', () => {
  const changes = TIME_ZONES.flatMap((timeZone) => clockChanges(timeZone, FROM, UNTIL));

  it('partition the days and months around every clock change of 2024 to 2030', () => {
    expect(changes.length).toBeGreaterThan(1_000);
    for (const { timeZone, at } of changes) {
      expectPartition(daysOf(timeZone), new Date(at.getTime() - DAY), new Date(at.getTime() + DAY));
      expectPartition(monthsOf(timeZone), at, new Date(at.getTime() + 1));
    }
  });

  it('partition a leap year into twelve months, and New Year into two days', () => {
    const year = Array.from({ length: 12 }, (_, month) => `2028-${String(month + 1).padStart(2, '0')}`);
    for (const timeZone of TIME_ZONES) {
      const months = expectPartition(
        monthsOf(timeZone),
        date('2027-12-30T00:00Z'),
        date('2028-12-30T12:00Z'),
      );
      expect(months.map(({ label }) => label)).toEqual(['2027-12', ...year]);
      const newYear = expectPartition(daysOf(timeZone), date('2028-12-31T00:00Z'), date('2029-01-01T13:00Z'));
      expect(newYear.map(({ label }) => label)).toEqual(expect.arrayContaining(['2028-12-31', '2029-01-01']));
    }
  });

  it('partition time around any instant', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TIME_ZONES),
        fc.constantFrom('service' as const, 'subscription' as const),
        fc.date({ min: FROM, max: UNTIL, noInvalidDate: true }),
        (timeZone, type, at) => {
          expectPartition({ type, timeZone }, at, new Date(at.getTime() + 1));
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('are those of luxon, except that luxon begins a day whose midnight comes twice at the second one', () => {
    const later = new Set<string>();
    for (const { timeZone, at } of changes) {
      for (const calendar of [daysOf(timeZone), monthsOf(timeZone)]) {
        const period = periodAt(at, calendar);
        const start = luxonStart(at, calendar);
        if (start === period.startsAt.getTime()) continue;
        // The local time is 00:00 at both instants; the day has begun with the first.
        expect(wallClock(timeZone, start)).toBe(wallClock(timeZone, period.startsAt.getTime()));
        expect(start).toBeGreaterThan(period.startsAt.getTime());
        later.add(timeZone);
      }
    }
    expect([...later].filter((zone) => !MIDNIGHT_TWICE.includes(zone))).toEqual([]);
  });
});

/** Where the clock is set back from 01:00 to 00:00. */
const MIDNIGHT_TWICE = ['America/Havana', 'Atlantic/Azores'];

describe('a day', () => {
  it.each([
    ['Europe/Madrid', '2026-03-29', 23, '2026-03-28T23:00Z'],
    ['Europe/Madrid', '2026-10-25', 25, '2026-10-24T22:00Z'],
    ['America/New_York', '2027-03-14', 23, '2027-03-14T05:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', 24.5, '2026-04-04T13:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', 23.5, '2026-10-03T13:30Z'],
    ['Asia/Kathmandu', '2026-11-22', 24, '2026-11-21T18:15Z'],
    ['Pacific/Kiritimati', '2026-11-22', 24, '2026-11-21T10:00Z'],
    ['Pacific/Pago_Pago', '2026-11-22', 24, '2026-11-22T11:00Z'],
  ])('in %s, %s, lasts %d hours', (timeZone, label, hours, startsAt) => {
    const day = labelled(label, daysOf(timeZone));
    expect(day.startsAt).toEqual(date(startsAt));
    expect((day.endsAt.getTime() - day.startsAt.getTime()) / 3_600_000).toBe(hours);
  });

  it.each([
    ['Africa/Cairo', '2026-04-24'],
    ['Asia/Beirut', '2026-03-29'],
    ['America/Santiago', '2026-09-06'],
    ['America/Havana', '2026-03-08'],
  ])('that has no midnight, in %s on %s, begins at one o’clock', (timeZone, label) => {
    const { startsAt, endsAt } = labelled(label, daysOf(timeZone));
    expect(wallClock(timeZone, startsAt.getTime())).toBe(`${label} 01:00`);
    expect(endsAt.getTime() - startsAt.getTime()).toBe(23 * 3_600_000);
    expect(periodAt(new Date(startsAt.getTime() - 1), daysOf(timeZone)).endsAt).toEqual(startsAt);
  });

  it('whose midnight comes twice, in Havana, begins at the first', () => {
    const { startsAt, endsAt } = labelled('2026-11-01', daysOf('America/Havana'));
    expect(startsAt).toEqual(date('2026-11-01T04:00Z'));
    expect(wallClock('America/Havana', startsAt.getTime() + 3_600_000)).toBe('2026-11-01 00:00');
    expect(endsAt).toEqual(date('2026-11-02T05:00Z'));
  });
});

describe('a label', () => {
  it.each(['0000-01', '9999-12', '2026-13', '2026-1', '2026-11-22', 'November', ''])(
    'is none of a month: %s',
    (label) => {
      expect(periodLabelled(label, monthsOf('UTC'))).toBeUndefined();
    },
  );

  it('has ends that RFC 3339 can write in every zone', () => {
    for (const timeZone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago']) {
      const { startsAt } = labelled('0001-01', monthsOf(timeZone));
      const { endsAt } = labelled('9998-12', monthsOf(timeZone));
      expect(startsAt.toISOString()).toMatch(/^000[01]-/);
      expect(endsAt.toISOString()).toMatch(/^999[89]-/);
    }
  });
});

describe('a month', () => {
  it.each([
    ['2027-02', 28],
    ['2028-02', 29],
    ['2026-12', 31],
  ])('%s lasts %d days', (label, days) => {
    const { startsAt, endsAt } = labelled(label, monthsOf('Asia/Tokyo'));
    expect((endsAt.getTime() - startsAt.getTime()) / DAY).toBe(days);
  });

  it('begins late when the midnight before it is missing', () => {
    const october = labelled('2023-10', monthsOf('America/Asuncion'));
    expect(october.startsAt).toEqual(date('2023-10-01T04:00Z'));
    expect(wallClock('America/Asuncion', october.startsAt.getTime())).toBe('2023-10-01 01:00');
  });
});

/** Goes through the periods that touch [from, until) and checks each of them, and that they join. */
function expectPartition(calendar: Calendar, from: Date, until: Date): Period[] {
  const periods = periodsWithin(from, until, calendar);
  for (const period of periods) {
    expectOwnStretch(period, calendar);
    if (periodAfter(period, calendar).startsAt.getTime() !== period.endsAt.getTime()) {
      throw disagreement('it does not join the next', period, calendar);
    }
  }
  return periods;
}

/** Exactly the instants of [startsAt, endsAt) carry the label, by Intl and by periodAt itself. */
function expectOwnStretch(period: Period, calendar: Calendar): void {
  const { label, startsAt, endsAt } = period;
  const dateAt = (instant: number) => wallClock(calendar.timeZone, instant).slice(0, label.length);
  const [start, end] = [startsAt.getTime(), endsAt.getTime()];
  if (dateAt(start) !== label || dateAt(end - 1) !== label)
    throw disagreement('it is not its own date', period, calendar);
  if (dateAt(start - 1) >= label || dateAt(end) <= label)
    throw disagreement('it begins late or ends early', period, calendar);
  for (const inside of [start, Math.floor((start + end) / 2), end - 1]) {
    const same = periodAt(new Date(inside), calendar);
    if (same.label !== label || same.startsAt.getTime() !== start || same.endsAt.getTime() !== end) {
      throw disagreement('an instant in it belongs to another', period, calendar);
    }
  }
}

function disagreement(what: string, period: Period, { timeZone }: Calendar): Error {
  return new Error(`${timeZone}: ${what}: ${JSON.stringify(period)}`);
}

function luxonStart(at: Date, { type, timeZone }: Calendar): number {
  return DateTime.fromJSDate(at, { zone: timeZone })
    .startOf(type === 'service' ? 'month' : 'day')
    .toMillis();
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows, by Intl: "2026-11-22 23:59". */
function wallClock(timeZone: string, instant: number): string {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' });
  formats.set(timeZone, format);
  return format.format(instant);
}

function labelled(label: string, calendar: Calendar): Period {
  const period = periodLabelled(label, calendar);
  if (!period) throw new Error(`${label} is no label`);
  return period;
}

function date(text: string): Date {
  return new Date(text);
}
