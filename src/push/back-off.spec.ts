import { backOff } from './back-off';

describe('backing off', () => {
  it('takes longer each time, and ends', () => {
    expect([1, 2, 3, 4, 5, 6].map((tries) => backOff(tries, undefined, 0))).toEqual([
      5,
      30,
      120,
      600,
      3_600,
      undefined,
    ]);
  });

  it('waits as long as it is asked to, but not for ever', () => {
    expect(backOff(1, 90, 0)).toBe(90);
    expect(backOff(3, 90, 0)).toBe(120);
    expect(backOff(1, 10_000_000, 0)).toBe(21_600);
  });

  it('differs from one to the next by up to a quarter', () => {
    expect(backOff(2, undefined, 0.5)).toBe(34);
    expect(backOff(4, undefined, 0.999)).toBe(750);
  });
});
