import { CronExpressionParser } from 'cron-parser';
import { comingUp } from './coming-up';

const NOW = '2026-11-22T10:00:00.000Z';

/** What the server's own reading of cron says. */
function asServer(expression: string, tz: string, after: string, count: number): string[] {
  const run = CronExpressionParser.parse(expression, { currentDate: after, tz });
  return Array.from({ length: count }, () => run.next().toDate().toISOString());
}

describe('the posting times that come up', () => {
  it.each([
    '30 8 * * 1-5',
    '0 11 * * 6',
    '*/20 9-11 * * *',
    '0 8 1,15 * *',
    '0 8 13 * fri',
    '15 10 * feb-apr mon,wed',
    '0 9 31 * *',
    '5/25 0 */10 * *',
    '0 18 * * 5-7',
  ])('are those that the server takes: %s', (expression) => {
    for (const zone of ['UTC', 'Europe/Madrid', 'Asia/Shanghai', 'America/New_York']) {
      expect(comingUp([expression], zone, NOW, 3)).toEqual(asServer(expression, zone, NOW, 3));
    }
  });

  it('go with the clocks when these are changed', () => {
    const before = '2027-03-26T12:00:00.000Z';
    expect(comingUp(['30 2 * * *'], 'Europe/Madrid', before, 3)).toEqual([
      '2027-03-27T01:30:00.000Z',
      '2027-03-28T01:30:00.000Z',
      '2027-03-29T00:30:00.000Z',
    ]);
  });

  it('may be years away', () => {
    expect(comingUp(['0 9 29 2 *'], 'UTC', NOW, 1)).toEqual(['2028-02-29T09:00:00.000Z']);
  });

  it('of several expressions are one row, and an instant that two of them name comes once', () => {
    expect(comingUp(['0 12 * * *', '0 18 * * *', '0 12 * * 0'], 'UTC', NOW, 3)).toEqual([
      '2026-11-22T12:00:00.000Z',
      '2026-11-22T18:00:00.000Z',
      '2026-11-23T12:00:00.000Z',
    ]);
  });

  it.each(['', '0 8 * *', '60 8 * * *', '0 8 30 2 *', '0 8 * * foo', '0 8 5-2 * *', '*/0 8 * * *'])(
    'are none for "%s"',
    (expression) => {
      expect(comingUp([expression], 'UTC', NOW, 1)).toEqual([]);
    },
  );
});
