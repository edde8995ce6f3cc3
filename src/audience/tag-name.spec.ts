import { isTagName, tidyTagName } from './tag-name';

describe('the name of a tag', () => {
  it.each(['vip', 'early birds', '常客', 'Größe XL', 'a', '🥐', 'x'.repeat(64), '018f4e5a'])(
    'may be %s',
    (name) => {
      expect(isTagName(name)).toBe(true);
    },
  );

  it.each([
    '',
    ' ',
    ' vip',
    'vip ',
    'a;b',
    'a\nb',
    'a\u0000b',
    'a\ud800',
    'x'.repeat(65),
    '018F4E5A-0000-7000-8000-000000000000',
  ])('cannot be %p', (name) => {
    expect(isTagName(name)).toBe(false);
  });

  it('is the same however its accents are composed and however much space stands around it', () => {
    expect(tidyTagName(' e\u0301lite ')).toBe('\u00e9lite');
  });
});
