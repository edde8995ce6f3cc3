import * as fc from 'fast-check';
import { hasVisibleText, lengthOf } from './visible-text';

const INVISIBLE = [
  ...[
    ' ',
    '\n',
    '\t',
    '\u00a0',
    '\u3000',
    '\u2028',
    '\u0085',
    '\u0007',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\u00ad',
  ],
  ...[
    '\u202e',
    '\u2066',
    '\u3164',
    '\u115f',
    '\uffa0',
    '\u2800',
    '\ufe0f',
    '\u{e0041}',
    '\u{e0100}',
    '\u0301',
    '\u034f',
  ],
  ...['\u180e', '\ufffc', '\u{1d159}', '\u{1d173}', '\u061c'],
];

describe('visible text', () => {
  it('is not made of characters that draw nothing, in any number and order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...INVISIBLE), { maxLength: 20 }), (characters) => {
        expect(hasVisibleText(characters.join(''))).toBe(false);
      }),
    );
  });

  it.each([
    'a',
    '7',
    '.',
    '中',
    'س',
    'क',
    '🥖',
    '❤️',
    '3️⃣',
    '🇪🇸',
    '👩‍👩‍👧',
    '🏴\u{e0067}\u{e0062}\u{e007f}',
    '€',
    '—',
  ])('is there with %s, whatever stands around it', (seen) => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...INVISIBLE), { maxLength: 8 }), (around) => {
        expect(hasVisibleText(`${around.join('')}${seen}${around.join('')}`)).toBe(true);
      }),
    );
  });
});

it('counts code points, as JSON Schema does', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(lengthOf(text)).toBe([...text].length);
    }),
  );
  expect([lengthOf('❤️'.repeat(200)), lengthOf('😀'.repeat(150)), lengthOf('\ud83e \udc00')]).toEqual([
    400, 150, 3,
  ]);
});
