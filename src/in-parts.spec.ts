import { inParts } from './in-parts';

describe('a list in parts', () => {
  it('is all there, in its order, in parts no larger than asked', () => {
    expect(inParts([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(inParts([1, 2, 3, 4], 2)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(inParts([1], 2)).toEqual([[1]]);
    expect(inParts([], 2)).toEqual([]);
  });
});
