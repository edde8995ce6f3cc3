import fc from 'fast-check';
import { foldTagName, isTagName, tidyTagName } from './tag-name';

describe('the name of a tag', () => {
  it.each([
    'vip',
    'early birds',
    '常客',
    'Größe XL',
    'a',
    '🥐',
    'x'.repeat(64),
    '018f4e5a',
    'R&D',
    "O'Neil",
    '<b>',
  ])('may be %s', (name) => {
    expect(isTagName(name)).toBe(true);
  });

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
    '０18f4e5a-0000-7000-8000-000000000000',
    '\u200b',
    '\u2800',
    '\u3164',
    '\u00ad',
  ])('cannot be %p', (name) => {
    expect(isTagName(name)).toBe(false);
  });

  it.each([' e\u0301lite ', '\u00a0e\u0301lite\u3000', '\ufeff\u200b\u00e9lite\u2003\u200e'])(
    'is the same however its accents are composed and whatever stands around it: %p',
    (name) => {
      expect(tidyTagName(name)).toBe('\u00e9lite');
    },
  );
});

/** Characters of which some other form is taken for the same. */
const CHANGES = /[\p{Changes_When_NFKC_Casefolded}\p{Changes_When_Casemapped}\p{M}]/u;

describe('the folding of a name', () => {
  it.each([
    ['İstanbul', 'istanbul', 'ISTANBUL', 'ıstanbul', 'I\u0307stanbul'],
    ['İzmir', 'izmir', 'IZMIR', 'i̇zmir'],
    ['ΑΘΗΝΕΣ', 'Αθηνες', 'αθηνες', 'αθηνεσ'],
    ['ΣΊΣΥΦΟΣ', 'Σίσυφος', 'σίσυφος'],
    ['Straße', 'STRASSE', 'strasse', 'STRAẞE'],
    ['ＶＩＰ', 'vip', 'VIP', 'Ｖip'],
    ['Élite', 'e\u0301LITE', '\u00e9lite'],
    ['early birds', 'Early  Birds', ' early\u00a0birds ', 'early\u3000birds', 'early\tbirds'],
    ['ﬁne', 'FINE', 'fine'],
    ['K', '\u212a', 'k'],
    ['ſpecial', 'Special', 'SPECIAL'],
    ['co\u00adop', 'coop', 'CO\u200bOP'],
    ['ᏣᎳᎩ', 'ꮳꮃꭹ'],
    ['ԱՐԵՎ', 'Արեվ'],
    ['ﾒﾝﾊﾞｰ', 'メンバー'],
  ])('is one for all of %s, %s, …', (...names) => {
    expect(new Set(names.map(foldTagName)).size).toBe(1);
  });

  it.each([
    ['café', 'cafe'],
    ['Größe', 'Grosse'],
    ['ab', 'a b'],
    ['日本', '日木'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(foldTagName(one)).not.toBe(foldTagName(other));
  });

  it('is its own folding, and that of its capital, small, composed and decomposed form, for every character', () => {
    const failures: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const character = String.fromCodePoint(code);
      if (!CHANGES.test(character)) continue;
      const name = `a${character}b`;
      const folded = foldTagName(name);
      const variants = [
        folded,
        name.toLowerCase(),
        name.toUpperCase(),
        name.normalize('NFD'),
        name.normalize('NFKC'),
      ];
      if (variants.some((variant) => foldTagName(variant) !== folded)) failures.push(code.toString(16));
    }
    expect(failures).toEqual([]);
  });

  it('is its own folding for any text', () => {
    const letters = fc.constantFrom(
      'i',
      'İ',
      'ı',
      'I',
      '\u0307',
      '\u0301',
      'Σ',
      'ς',
      'ß',
      'ẞ',
      'ﬀ',
      '\u0345',
      ' ',
      '\u3000',
      '\u200d',
      'Ω',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(letters).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (name) => {
        const folded = foldTagName(name);
        expect(foldTagName(folded)).toBe(folded);
        // Unicode's own mapping moves the iota subscript past other marks.
        const capitals = name.normalize('NFD').includes('\u0345') ? name : name.normalize().toUpperCase();
        expect(foldTagName(capitals)).toBe(folded);
        expect(foldTagName(name.normalize('NFKD').toLowerCase())).toBe(folded);
      }),
      { numRuns: 5_000 },
    );
  });
});
