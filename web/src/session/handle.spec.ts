import { handleFrom, isHandle } from './handle';

describe('a handle', () => {
  it.each([
    ['Sunrise Bakery', 'sunrise-bakery'],
    ['Café de la Paix', 'cafe-de-la-paix'],
    ['  A & B  ', 'a-b'],
    ['潮の博物館', ''],
    ['The very long name of a very small shop', 'the-very-long-name-of-a-very-s'],
  ])('from %p is %p', (name, handle) => {
    expect(handleFrom(name)).toBe(handle);
  });

  it('has 3 to 30 characters and a letter or digit at both ends', () => {
    for (const good of ['abc', 'a-b', 'a_1', 'x'.repeat(30)]) expect(isHandle(good)).toBe(true);
    for (const bad of ['ab', '-ab', 'ab-', 'Abc', 'a b', 'x'.repeat(31)]) expect(isHandle(bad)).toBe(false);
  });
});
