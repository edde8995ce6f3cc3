import fc from 'fast-check';
import { median, percentile, ratioOf, spreadOf } from './spread';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

describe('the median', () => {
  it('is the middle one, or lies between the two in the middle', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(() => median([])).toThrow('no median of nothing');
  });

  it('has as many values on either side, whatever their order', () => {
    fc.assert(
      fc.property(values, (some) => {
        const middle = median(some);
        const below = some.filter((value) => value < middle).length;
        const above = some.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(some.length / 2);
      }),
    );
  });
});

describe('a percentile', () => {
  it('is one of the values', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([7], 0.5)).toBe(7);
  });

  it('is exceeded by no more than the rest, and the next smaller one by more', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (some, share) => {
        const found = percentile(some, share);
        expect(some.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * some.length);
        expect(some.filter((value) => value < found).length).toBeLessThan(share * some.length);
      }),
    );
  });
});

describe('a ratio', () => {
  it('is taken round by round', () => {
    expect(ratioOf(spreadOf([10, 30, 20]), spreadOf([5, 10, 20]))).toEqual({
      median: 2,
      min: 1,
      max: 3,
      rounds: [2, 3, 1],
    });
  });
});
