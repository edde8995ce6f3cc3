import { expressionOf, nameOfDay, nameOfTime, runOf, weekIn, weeklyTimeOf, WEEK } from './weekly-time';

describe('a weekly posting time', () => {
  it.each([
    ['30 8 * * 1-5', [1, 2, 3, 4, 5], 8, 30],
    ['0 11 * * 6', [6], 11, 0],
    ['5 0 * * *', WEEK, 0, 5],
    ['0 18 * * mon,WED,7', [1, 3, 0], 18, 0],
    ['0 9 * * 5-7', [5, 6, 0], 9, 0],
  ])('is read from "%s"', (expression, days, hour, minute) => {
    expect(weeklyTimeOf(expression)).toEqual({ days, hour, minute });
  });

  it.each([
    '*/15 8 * * *',
    '0 8 1 * *',
    '0 8 * 12 1',
    '0 8 * * 1/2',
    '0 8 * * 5-2',
    '0 24 * * *',
    '0 8 * *',
    '',
  ])('is not what "%s" says', (expression) => {
    expect(weeklyTimeOf(expression)).toBeUndefined();
  });

  it.each(['30 8 * * 1-5', '0 11 * * 6', '5 0 * * *', '0 18 * * 1,3,0', '0 9 * * 5-7'])(
    'is written as "%s" again',
    (expression) => {
      const time = weeklyTimeOf(expression);
      expect(time && expressionOf(time)).toBe(expression);
    },
  );

  it('says three days or more in a row as a run', () => {
    expect(runOf([1, 2, 3, 4, 5])).toEqual({ from: 1, to: 5 });
    expect(runOf([0, 5, 6])).toEqual({ from: 5, to: 0 });
    expect(runOf([6, 0])).toBeUndefined();
    expect(runOf([1, 2, 4])).toBeUndefined();
  });

  it('is named in the language of the page', () => {
    expect(nameOfDay(0, 'en-GB')).toBe('Sunday');
    expect(nameOfDay(1, 'fr-FR')).toBe('lundi');
    expect(nameOfDay(6, 'zh-CN', 'short')).toBe('周六');
    expect(nameOfTime({ hour: 8, minute: 5 }, 'en-GB')).toBe('08:05');
  });
});

it('the week begins as the calendars of the locale have it', () => {
  expect(weekIn('fr-FR')[0]).toBe(1);
  expect(weekIn('en-US')[0]).toBe(0);
  expect(weekIn('ar-EG')).toEqual([6, 0, 1, 2, 3, 4, 5]);
});
