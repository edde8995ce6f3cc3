import fc from 'fast-check';
import { parseInstant } from './schedule-time';

describe('the time for which somebody schedules', () => {
  it.each([
    ['2026-11-22T08:30:00Z', '2026-11-22T08:30:00.000Z'],
    ['2026-11-22t08:30:00z', '2026-11-22T08:30:00.000Z'],
    ['2026-11-22T08:30:00+01:00', '2026-11-22T07:30:00.000Z'],
    ['2026-11-22T08:30:00-00:00', '2026-11-22T08:30:00.000Z'],
    ['2026-12-31T23:30:00-05:30', '2027-01-01T05:00:00.000Z'],
    ['2026-11-22T00:00:00+14:00', '2026-11-21T10:00:00.000Z'],
    ['2026-11-22T00:00:00+23:59', '2026-11-21T00:01:00.000Z'],
    ['2028-02-29T12:00:00+05:45', '2028-02-29T06:15:00.000Z'],
  ])('is read from %s, whatever its offset and case', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  it.each([
    ['2026-11-22T08:30:00.5Z', '2026-11-22T08:30:00.500Z'],
    ['2026-11-22T08:30:00.123Z', '2026-11-22T08:30:00.123Z'],
    ['2026-11-22T08:30:00.123000000Z', '2026-11-22T08:30:00.123Z'],
    ['2026-11-22T08:30:00.1230001Z', '2026-11-22T08:30:00.124Z'],
    ['2026-11-22T08:30:00.000000001Z', '2026-11-22T08:30:00.001Z'],
    ['2026-12-31T23:59:59.999999999Z', '2027-01-01T00:00:00.000Z'],
  ])('with a fraction, %s, is rounded up to the millisecond', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  it('is never earlier than what was written, nor a millisecond later', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('2026-01-01T00:00:00Z'),
          max: new Date('2099-01-01T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.bigInt({ min: 0n, max: 999_999n }),
        (millisecond, nanoseconds) => {
          const written = millisecond.toISOString().replace('Z', `${String(nanoseconds).padStart(6, '0')}Z`);
          const read = BigInt(parseInstant(written)?.getTime() ?? 0) * 1_000_000n;
          const meant = BigInt(millisecond.getTime()) * 1_000_000n + nanoseconds;
          expect(read >= meant && read < meant + 1_000_000n).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['without an offset', '2026-11-22T08:30:00'],
    ['without a time', '2026-11-22'],
    ['without seconds', '2026-11-22T08:30Z'],
    ['with a blank for the T', '2026-11-22 08:30:00Z'],
    ['with blanks around it', ' 2026-11-22T08:30:00Z'],
    ['with a line after it', '2026-11-22T08:30:00Z\n'],
    ['with a short offset', '2026-11-22T08:30:00+01'],
    ['with an offset of a day', '2026-11-22T08:30:00+24:00'],
    ['with a decimal comma', '2026-11-22T08:30:00,5Z'],
    ['with a point and no fraction', '2026-11-22T08:30:00.Z'],
    ['finer than a nanosecond', '2026-11-22T08:30:00.1234567890Z'],
    ['with a named zone', '2026-11-22T08:30:00Z[Europe/Madrid]'],
    ['on a day that no calendar has', '2027-02-29T08:30:00Z'],
    ['in a thirteenth month', '2026-13-01T08:30:00Z'],
    ['at twenty-four o’clock', '2026-11-22T24:00:00Z'],
    ['in a leap second, which clocks do not know', '2026-12-31T23:59:60Z'],
    ['in a sixty-first second', '2026-12-31T23:59:61Z'],
    ['in a year of six digits', '+002026-11-22T08:30:00Z'],
    ['in other digits', '٢٠٢٦-١١-٢٢T08:30:00Z'],
    ['in seconds', '1795336200'],
    ['in words', 'tomorrow at eight'],
    ['as nothing', ''],
  ])('is refused %s', (_, text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});
