import fc from 'fast-check';
import { hasLength, tidied } from './text-length';

describe('the length of a text', () => {
  it('is counted in characters, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(12), fc.nat(12), (text, min, more) => {
        const count = [...text].length;
        expect(hasLength(text, min, min + more)).toBe(count >= min && count <= min + more);
      }),
    );
  });

  it('counts variation selectors like anything else', () => {
    expect(hasLength(`a${'\ufe0f'.repeat(100)}`, 1, 80)).toBe(false);
  });

  it('is asked before a text is tidied', () => {
    const tidy = jest.fn((text: string) => text.trim());
    expect(tidied(' a ', 10, tidy)).toBe('a');
    const long = 'a' + '\u0315\u0300'.repeat(30_000);
    expect(tidied(long, 64, tidy)).toBe(long);
    expect(tidy).toHaveBeenCalledTimes(1);
  });
});
