import { tagGroupsOf } from './audience';

describe('whom a broadcast was addressed to', () => {
  it('is everyone', () => {
    expect(tagGroupsOf({ everyone: true })).toEqual([]);
  });
  it('is whoever holds certain tags', () => {
    expect(tagGroupsOf({ tags: { none: ['c'], any: ['a', 'b'], all: [] } })).toEqual([
      { id: 'any', tagIds: ['a', 'b'] },
      { id: 'none', tagIds: ['c'] },
    ]);
  });
});
