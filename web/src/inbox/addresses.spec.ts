import { articlePath, brandPath, isList, PLACES, threadIn, threadPath } from './addresses';

describe('addresses in the inbox', () => {
  it('lead to a thread, alone or behind an article', () => {
    expect(threadIn(threadPath('0199'))).toBe('0199');
    expect(threadIn(articlePath('0199', '0200', 1))).toBe('0199');
    expect(threadIn(PLACES.directory)).toBeUndefined();
    expect(brandPath('sunrise-bakery')).toBe('/inbox/brands/sunrise-bakery');
  });

  it('are lists, or what was opened from them', () => {
    expect([PLACES.inbox, PLACES.folder].map(isList)).toEqual([true, true]);
    expect([PLACES.directory, threadPath('0199')].map(isList)).toEqual([false, false]);
    expect([articlePath('0199', '0200', 1), brandPath('rye')].map(isList)).toEqual([false, false]);
  });

  it('that mean nothing show the lists, also on a phone', () => {
    expect(['/inbox/anything', '/inbox/t', '/inbox/t/a/b', '/inbox/brands/a/b'].map(isList)).toEqual(
      Array.from({ length: 4 }, () => true),
    );
  });
});
