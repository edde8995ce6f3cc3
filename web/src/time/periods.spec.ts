import type { QuotaPeriod } from '../api/types';
import { at, dayOf, daysAround, nextFree, onDay, periodAt, placesIn, sameTimeFrom, soon } from './periods';

const november: QuotaPeriod = {
  period: '2026-11',
  startsAt: '2026-10-31T23:00:00.000Z',
  endsAt: '2026-11-30T23:00:00.000Z',
  allowance: 4,
  granted: 1,
  reserved: 1,
  used: 1,
  remaining: 3,
};
const day = (date: string, remaining: number): QuotaPeriod => {
  const startsAt = `${date}T00:00:00.000Z`;
  const endsAt = new Date(Date.parse(startsAt) + 86_400_000).toISOString();
  const places = { allowance: 1, granted: 0, reserved: 1 - remaining, used: 0, remaining };
  return { period: date, startsAt, endsAt, ...places };
};
const days = [day('2026-11-24', 0), day('2026-11-25', 0), day('2026-11-26', 1)];

describe('a day of an account', () => {
  it('is that of its own zone, not of the reader’s', () => {
    expect(dayOf('2026-11-30T23:30:00.000Z', 'Asia/Shanghai')).toBe('2026-12-01');
    expect(at('2026-11-24', { hour: 9, minute: 0 }, 'Asia/Shanghai')).toBe('2026-11-24T01:00:00.000Z');
  });
  it('has the same time of day across a change of the clocks', () => {
    // 09:30 in Madrid is 07:30 UTC in summer and 08:30 in winter.
    expect(onDay('2026-10-24T07:30:00.000Z', '2026-10-26', 'Europe/Madrid')).toBe('2026-10-26T08:30:00.000Z');
  });
  it('has the hour after the one that its clocks leave out', () => {
    expect(onDay('2027-03-27T01:30:00.000Z', '2027-03-28', 'Europe/Madrid')).toBe('2027-03-28T01:30:00.000Z');
  });
});

it('a period holds the instants from its beginning to before its end, and what was granted, too', () => {
  expect(periodAt([november], '2026-10-31T23:30:00.000Z')).toBe(november);
  expect(periodAt([november], '2026-11-30T23:00:00.000Z')).toBeUndefined();
  expect(placesIn(november)).toBe(5);
});

describe('instead of a full period', () => {
  it('the same time of the next free day is offered', () => {
    const wished = '2026-11-24T08:30:00.000Z';
    expect(periodAt(days, wished)?.period).toBe('2026-11-24');
    expect(nextFree(days, wished, 'UTC')).toBe('2026-11-26T08:30:00.000Z');
    expect(nextFree(days.slice(0, 2), wished, 'UTC')).toBeUndefined();
    expect(sameTimeFrom('2026-11-24T08:30:00Z', november.endsAt, 'Europe/Madrid')).toBe(
      '2026-12-01T08:30:00.000Z',
    );
  });
  it('an offer never lies before the instant from which on there is room', () => {
    const from = '2026-11-26T10:00:00.000Z';
    expect(sameTimeFrom('2026-11-24T08:30:00Z', from, 'UTC')).toBe(from);
  });
  it('two months are looked at, in the account’s own calendar', () => {
    expect(daysAround('2026-11-30T23:30:00Z', 'Europe/Madrid')).toEqual({
      from: '2026-12-01',
      to: '2027-02-01',
    });
  });
});

it('a suggestion is a round time that is not over in a minute', () => {
  expect(soon('2026-11-24T08:31:00.000Z')).toBe('2026-11-24T09:00:00.000Z');
  expect(soon('2026-11-24T08:45:00.000Z')).toBe('2026-11-24T09:00:00.000Z');
});
