import { retryAfterOf } from './retry-after';

describe('Retry-After', () => {
  const now = new Date('2026-11-22T08:00:00Z');

  it.each([
    ['120', 120],
    ['0', 0],
    ['Sun, 22 Nov 2026 08:02:00 GMT', 120],
    ['Sun, 22 Nov 2026 07:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['99999999999999', undefined],
    [undefined, undefined],
  ])('%s is %s seconds', (header, seconds) => {
    expect(retryAfterOf(header, now)).toBe(seconds);
  });
});
