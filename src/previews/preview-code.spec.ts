import fc from 'fast-check';
import { newPreviewCode, previewCodeIn } from './preview-code';

const codes = fc
  .array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((picks) => {
    let next = 0;
    return newPreviewCode((count) => Math.floor((picks[next++] ?? 0) * count));
  });

describe('preview codes', () => {
  it('have eight digits and letters in two groups, none that is taken for another', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(code).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
        expect(code).not.toMatch(/[01OILSBZGQU]/);
      }),
    );
  });

  it('are understood in small letters, without a hyphen, with spaces, other dashes and wide letters', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const [left = '', right = ''] = code.split('-');
        const wide = [...code]
          .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0))
          .join('');
        const typed = [
          code.toLowerCase(),
          left + right,
          ` ${left} ${right}\n`,
          `${left}–${right}`,
          `‎${code}`,
          wide,
        ];
        expect(typed.map(previewCodeIn)).toEqual(typed.map(() => code));
      }),
    );
  });

  it.each(['', '2345', '2345-678', '2345-67890', '2345-678O', 'İ345-6789', '2345-678😀', '----'])(
    'are not %j',
    (typed) => {
      expect(previewCodeIn(typed)).toBeUndefined();
    },
  );
});
