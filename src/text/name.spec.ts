import * as fc from 'fast-check';
import { isName, tidyName } from './name';

const NAMES = [
  ...[
    'Sunrise Bakery',
    'R&D',
    "O'Neil",
    '<b>',
    'Bäckerei İzmir',
    'ΑΘΗΝΕΣ',
    '日出面包房',
    'مخبز الشروق',
    'מאפייה',
    'बेकरी',
    '7',
  ],
  // Words that need their (non-)joiners.
  ...['می\u200cخواهم', 'क्\u200dष', 'ශ්\u200dරී', 'ന്\u200d', 'ক\u200dষ'],
  ...[
    '👩‍👩‍👧',
    '👩🏽‍🚀 Space',
    '❤️‍🔥',
    '3️⃣ pm',
    '🏳️‍🌈',
    '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
    '🇪🇸',
    '葛\u{e0100}飾',
  ],
];
const NOT_IN_NAMES = [
  ...['\n', '\r', '\t', '\u0007', '\u0000', '\u0085', '\u2028', '\u2029'],
  ...[
    '\u200b',
    '\u200c',
    '\u200d',
    '\u200e',
    '\u200f',
    '\u202a',
    '\u202e',
    '\u2066',
    '\u2069',
    '\u061c',
    '\u2060',
    '\ufeff',
  ],
  ...[
    '\u00ad',
    '\u034f',
    '\u3164',
    '\u115f',
    '\u180e',
    '\ufe0f',
    '\u{e0041}',
    '\u{1d173}',
    '\u{e0100}',
    '\ud83e',
  ],
];
const CAUSES_NOTHING = fc.constantFrom('', ' ', '\u00a0', '\u3000', '\n', '\ufeff', '\u200b', ' \t\u2003 ');

describe('a name', () => {
  it.each(NAMES)('may be %s, padded or not', (name) => {
    fc.assert(
      fc.property(CAUSES_NOTHING, CAUSES_NOTHING, (before, after) => {
        const tidy = tidyName(`${before}${name.normalize('NFD')}${after}`);
        expect(tidy).toBe(name.normalize('NFC'));
        expect(isName(tidy)).toBe(true);
      }),
    );
  });

  it.each(NOT_IN_NAMES.map((character) => [character.codePointAt(0)?.toString(16) ?? '', character]))(
    'has no U+%s within a word',
    (_, character) => {
      expect(isName(tidyName(`Sh${character}op`))).toBe(false);
    },
  );

  it.each(['', '   ', '\u200b', '\u00a0\u3000', '\u0301', '\u2800', '\u3164', '\u{1d159}'])(
    'has something to see: not %j',
    (blank) => {
      expect(isName(tidyName(blank))).toBe(false);
    },
  );

  it('is tidied once, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(tidyName(tidyName(text))).toBe(tidyName(text));
      }),
    );
  });
});
