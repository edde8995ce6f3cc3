import { parseDateTime } from '@internationalized/date';
import { instantOf, toLocal } from './local-time';

describe('local time', () => {
  it('is what the clocks of the zone show', () => {
    expect(toLocal('2026-11-24T23:30:00.000Z', 'Asia/Shanghai').toString()).toBe('2026-11-25T07:30:00');
  });

  it.each([
    ['2026-11-25T07:30', 'Asia/Shanghai', { iso: '2026-11-24T23:30:00.000Z' }],
    ['2026-03-29T02:30', 'Europe/Madrid', { fault: 'missing' }],
    ['2026-10-25T02:30', 'Europe/Madrid', { fault: 'twice' }],
    ['2026-10-25T03:00', 'Europe/Madrid', { iso: '2026-10-25T02:00:00.000Z' }],
  ])('%s in %s', (local, zone, instant) => {
    expect(instantOf(parseDateTime(local), zone)).toEqual(instant);
  });
});
