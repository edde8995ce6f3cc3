import { MOST_TRIES, secondsUntilRetry } from './retry-schedule';

describe('the tries of a delivery', () => {
  const pauses = (chance: number, retryAfter?: number) =>
    Array.from(
      { length: MOST_TRIES - 1 },
      (_, index) => secondsUntilRetry(index + 1, retryAfter, chance) ?? 0,
    );
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

  it('are ten over three days', () => {
    expect(MOST_TRIES).toBe(10);
    expect(sum(pauses(0))).toBe(75 * 3600 + 35 * 60 + 5);
    expect(sum(pauses(1))).toBeLessThan(4 * 86_400);
    expect(secondsUntilRetry(MOST_TRIES, undefined, 0.5)).toBeUndefined();
  });

  it('begin five seconds after the first and grow ever farther apart', () => {
    expect(pauses(0)[0]).toBe(5);
    expect(pauses(0)).toEqual(pauses(0).toSorted((a, b) => a - b));
  });

  it('are spread, never earlier than said', () => {
    expect(secondsUntilRetry(2, undefined, 0)).toBe(300);
    expect(secondsUntilRetry(2, undefined, 1)).toBe(360);
  });

  it('wait for as long as the receiver asked, up to a day', () => {
    expect(secondsUntilRetry(1, 90, 0)).toBe(90);
    expect(secondsUntilRetry(4, 90, 0)).toBe(7_200);
    expect(secondsUntilRetry(1, 999_999, 0)).toBe(86_400);
  });
});
