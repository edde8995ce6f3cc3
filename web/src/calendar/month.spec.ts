import { daysShown, inWeeks, isDay, suggestedFor, turned, withMonthOf } from './month';

describe('the days that a view shows', () => {
  it('are whole weeks, which begin as the locale has it', () => {
    const british = daysShown('month', '2026-11-24', 'en-GB');
    expect([british[0], british.at(-1), british.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    expect(daysShown('month', '2026-11-24', 'en-US')[0]).toBe('2026-11-01');
    expect(inWeeks(british).map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(daysShown('week', '2026-11-24', 'fr-FR')).toEqual(
      [23, 24, 25, 26, 27, 28, 29].map((day) => `2026-11-${String(day)}`),
    );
  });
  it('are those of the month alone in the list', () => {
    expect(daysShown('list', '2028-02-10', 'en-GB')).toHaveLength(29);
  });
  it('turn by months and weeks', () => {
    expect(turned('month', '2027-01-31', 1)).toBe('2027-02-01');
    expect(turned('list', '2027-01-31', -1)).toBe('2026-12-01');
    expect(turned('week', '2026-12-30', 1)).toBe('2027-01-06');
  });
});

it('a week is looked at together with the whole month whose slots are shown above it', () => {
  expect(withMonthOf('2026-12-01', '2026-11-30', '2026-12-06')).toEqual(['2026-11-30', '2026-12-31']);
  expect(withMonthOf('2026-11-30', '2026-11-30', '2026-12-06')).toEqual(['2026-11-01', '2026-12-06']);
});

it('a day of an address is one only in its own form', () => {
  expect([isDay('2026-11-24'), isDay('2026-13-01'), isDay('soon'), isDay(null)]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('offers the usual time, or a round one soon where that is over', () => {
  const now = '2026-11-24T12:07:00.000Z';
  expect(suggestedFor('2026-11-25', ['30 18 * * *'], 'UTC', now)).toBe('2026-11-25T18:30:00.000Z');
  expect(suggestedFor('2026-11-24', [], 'UTC', now)).toBe('2026-11-24T12:30:00.000Z');
});
