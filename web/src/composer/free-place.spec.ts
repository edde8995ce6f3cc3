import type { QuotaPeriod } from '../api/types';
import { datesAround, nextFree, periodAt, sameTimeFrom, soon } from './free-place';

const day = (date: string, remaining: number): QuotaPeriod => {
  const startsAt = `${date}T00:00:00.000Z`;
  const endsAt = new Date(Date.parse(startsAt) + 86_400_000).toISOString();
  return {
    period: date,
    startsAt,
    endsAt,
    allowance: 1,
    granted: 0,
    reserved: 1 - remaining,
    used: 0,
    remaining,
  };
};
const days = [day('2026-11-24', 0), day('2026-11-25', 0), day('2026-11-26', 1)];

it('a full day offers the same time of the next free one', () => {
  const wished = '2026-11-24T08:30:00.000Z';
  expect(periodAt(days, wished)?.period).toBe('2026-11-24');
  expect(nextFree(days, wished, 'UTC')).toBe('2026-11-26T08:30:00.000Z');
  expect(nextFree(days.slice(0, 2), wished, 'UTC')).toBeUndefined();
});

it('an offer never lies before the instant from which there is room', () => {
  expect(sameTimeFrom('2026-11-24T08:30:00Z', '2026-11-26T10:00:00.000Z', 'UTC')).toBe(
    '2026-11-26T10:00:00.000Z',
  );
});

it('looks two months ahead, in the account’s own calendar', () => {
  expect(datesAround('2026-11-30T23:30:00Z', 'Europe/Madrid')).toEqual({
    from: '2026-12-01',
    to: '2027-02-01',
  });
});

it('suggests a round time that is not over in a minute', () => {
  expect(soon('2026-11-24T08:31:00.000Z')).toBe('2026-11-24T09:15:00.000Z');
});
