import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { isPostingTime, postingTimesAfter } from './posting-times';

describe('a posting time', () => {
  it.each([
    '30 8 * * *',
    '30 8 * * 1-5',
    '0 8,12,18 * * mon,Wed,FRI',
    '*/15 9-17 * * *',
    '0 8 29 2 *',
    '0 8 1 jan *',
    '0 8 * * 0',
    '0 8 * * 7',
    '  0   8 * * *  ',
  ])('may be "%s"', (text) => {
    expect(isPostingTime(text)).toBe(true);
  });

  it.each([
    ['has no such day', '0 8 30 2 *'],
    ['has no such day either', '0 8 31 4,6,9,11 *'],
    ['has a minute too many', '60 8 * * *'],
    ['has an hour too many', '0 24 * * *'],
    ['has no day 0', '0 8 0 * *'],
    ['has a month too many', '0 8 * 13 *'],
    ['runs backwards', '0 17-9 * * *'],
    ['steps by nothing', '*/0 8 * * *'],
    ['has a hole in its list', '0,,30 8 * * *'],
    ['has four fields', '0 8 * *'],
    ['has six fields', '0 0 8 * * *'],
    ['is a nickname', '@daily'],
    ['would be another time at every reading', 'H H * * *'],
    ['uses what only some crons know: last', '0 8 L * *'],
    ['uses what only some crons know: last Monday', '0 8 * * MONL'],
    ['uses what only some crons know: second Friday', '0 8 * * 5#2'],
    ['uses what only some crons know: no day', '0 8 ? * *'],
    ['is empty', ''],
    ['is prose', 'every day at eight o’clock'],
  ])('is refused when it %s: %s', (_, text) => {
    expect(isPostingTime(text)).toBe(false);
  });
});

describe('the posting times of an account', () => {
  it('come in order, once each, also where two expressions name the same instant', () => {
    expect(first(5, ['0 8 * * *', '0 8 * * 1-5', '30 9 * * *'], 'UTC', '2026-11-22T07:00:00Z')).toEqual([
      '2026-11-22T08:00:00.000Z',
      '2026-11-22T09:30:00.000Z',
      '2026-11-23T08:00:00.000Z',
      '2026-11-23T09:30:00.000Z',
      '2026-11-24T08:00:00.000Z',
    ]);
  });

  it('begin after the instant that is named, not at it', () => {
    expect(first(1, ['0 8 * * *'], 'UTC', '2026-11-22T07:59:59.999Z')).toEqual(['2026-11-22T08:00:00.000Z']);
    expect(first(1, ['0 8 * * *'], 'UTC', '2026-11-22T08:00:00.000Z')).toEqual(['2026-11-23T08:00:00.000Z']);
  });

  it('are local times of its zone, in summer as in winter', () => {
    expect(first(2, ['30 8 * * *'], 'Europe/Madrid', '2026-10-24T00:00:00Z')).toEqual([
      '2026-10-24T06:30:00.000Z',
      '2026-10-25T07:30:00.000Z',
    ]);
    expect(first(1, ['0 0 * * *'], 'Asia/Kathmandu', '2026-11-22T00:00:00Z')).toEqual([
      '2026-11-22T18:15:00.000Z',
    ]);
  });

  it('fall, on a day when they match the month’s day or the weekday, on both', () => {
    expect(first(3, ['0 8 13 * 5'], 'UTC', '2026-12-05T00:00:00Z')).toEqual([
      '2026-12-11T08:00:00.000Z',
      '2026-12-13T08:00:00.000Z',
      '2026-12-18T08:00:00.000Z',
    ]);
  });

  it.each([
    [
      'half past two in Madrid',
      '30 2 * * *',
      'Europe/Madrid',
      '2026-03-28T12:00:00Z',
      '2026-03-29T01:30:00.000Z',
    ],
    ['midnight in Cairo', '0 0 * * *', 'Africa/Cairo', '2026-04-23T12:00:00Z', '2026-04-23T22:00:00.000Z'],
    [
      'half past midnight in Havana',
      '30 0 * * *',
      'America/Havana',
      '2026-03-07T12:00:00Z',
      '2026-03-08T05:30:00.000Z',
    ],
  ])('are taken an hour later when the clock skips them: %s', (_, text, zone, after, expected) => {
    expect(first(1, [text], zone, after)).toEqual([expected]);
  });

  it('are taken half an hour later when the clock skips half of one', () => {
    expect(first(1, ['15 2 * * *'], 'Australia/Lord_Howe', '2026-10-03T12:00:00Z')).toEqual([
      '2026-10-03T15:45:00.000Z',
    ]);
  });

  it('come in order around a skipped hour, also for somebody who asks in its middle', () => {
    const times = ['2026-03-29T00:30:00.000Z', '2026-03-29T01:00:00.000Z', '2026-03-29T01:15:00.000Z'];
    const expressions = ['30 1 * * *', '15 2 * * *', '0 3 * * *'];
    expect(first(3, expressions, 'Europe/Madrid', '2026-03-29T00:00:00Z')).toEqual(times);
    expect(first(1, expressions, 'Europe/Madrid', '2026-03-29T01:00:00Z')).toEqual(times.slice(2));
  });

  it.each([
    [
      'half past two in Madrid',
      '30 2 * * *',
      'Europe/Madrid',
      '2026-10-24T12:00:00Z',
      '2026-10-26T00:00:00Z',
    ],
    ['midnight in Havana', '0 0 * * *', 'America/Havana', '2026-10-31T12:00:00Z', '2026-11-02T00:00:00Z'],
    [
      'a quarter to two in Lord Howe',
      '45 1 * * *',
      'Australia/Lord_Howe',
      '2026-04-04T02:00:00Z',
      '2026-04-05T13:00:00Z',
    ],
  ])('are taken once when the clock shows them twice: %s', (_, text, zone, after, until) => {
    const times = first(3, [text], zone, after).filter((time) => new Date(time) < new Date(until));
    expect(times).toHaveLength(1);
  });

  it('come in order where the clock skips the last hour of a day', () => {
    expect(first(3, ['30 23 * * *', '0 0 * * *'], 'America/Nuuk', '2026-03-28T02:30:00Z')).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-03-29T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  it('are those of cron-parser, where the clock never changes', () => {
    const part = (min: number, max: number) =>
      fc.oneof(
        fc.constant('*'),
        fc.integer({ min, max }).map(String),
        fc.integer({ min: 2, max: 9 }).map((step) => `*/${step}`),
        fc
          .tuple(fc.integer({ min, max }), fc.integer({ min, max }))
          .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
      );
    const expression = fc
      .tuple(part(0, 59), part(0, 23), part(1, 28), part(1, 12), part(0, 7))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(
        fc.array(expression, { minLength: 1, maxLength: 2 }),
        fc.constantFrom('UTC', 'Asia/Kolkata', 'Asia/Shanghai', 'Pacific/Kiritimati'),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
        (expressions, tz, after) => {
          const wanted = expressions.flatMap((text) => {
            const run = CronExpressionParser.parse(text, { currentDate: after, tz });
            return [run.next(), run.next(), run.next()].map((time) => time.toDate().toISOString());
          });
          const [a, b, c] = [...new Set(wanted)].sort();
          expect(first(3, expressions, tz, after.toISOString())).toEqual([a, b, c]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are what Temporal makes of each local day, in every zone around every change of its clock', () => {
    const years = fc.integer({ min: 2025, max: 2040 });
    const minutes = fc.constantFrom(0, 5, 15, 30, 45, 59);
    const expression = fc.tuple(fc.integer({ min: 0, max: 23 }), minutes);
    const zones = fc.constantFrom(
      ...Intl.supportedValuesOf('timeZone'),
      'Australia/Lord_Howe',
      'Antarctica/Troll',
    );
    fc.assert(
      fc.property(
        zones,
        years,
        fc.array(expression, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: -36 * 60, max: 36 * 60 }),
        (zone, year, times, offset) => {
          const january = Temporal.ZonedDateTime.from(`${year}-01-01T00:00:00[${zone}]`);
          const change = january.getTimeZoneTransition('next') ?? january;
          const after = change.epochMilliseconds + offset * 60_000 + 12_345;
          const expressions = times.map(([hour, minute]) => `${minute} ${hour} * * *`);
          const found = first(6, expressions, zone, new Date(after).toISOString());
          expect(found).toEqual(expectedTimes(times, zone, after).slice(0, 6));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('never come for an account that has none', () => {
    expect(first(1, [], 'UTC', '2026-11-22T00:00:00Z')).toEqual([]);
  });
});

/** By the words of the promise: each time of each local day, moved as Temporal's "compatible" moves it. */
function expectedTimes(times: readonly (readonly [number, number])[], zone: string, after: number): string[] {
  const today = Temporal.Instant.fromEpochMilliseconds(after).toZonedDateTimeISO(zone).toPlainDate();
  const instants = Array.from({ length: 12 }, (_, day) => today.add({ days: day - 2 })).flatMap((date) =>
    times.map(
      ([hour, minute]) =>
        date.toPlainDateTime({ hour, minute }).toZonedDateTime(zone, { disambiguation: 'compatible' })
          .epochMilliseconds,
    ),
  );
  const later = [...new Set(instants)].filter((instant) => instant > after).sort((a, b) => a - b);
  return later.map((instant) => new Date(instant).toISOString());
}

function first(count: number, expressions: readonly string[], zone: string, after: string): string[] {
  const times: string[] = [];
  for (const time of postingTimesAfter(expressions, zone, new Date(after))) {
    times.push(time.toISOString());
    if (times.length === count) break;
  }
  return times;
}
