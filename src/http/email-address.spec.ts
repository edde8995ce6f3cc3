import fc from 'fast-check';
import { emailWeakness, normalEmail } from './email-address';

describe('an e-mail address', () => {
  it.each([
    ['rosa@bakery.example', 'rosa@bakery.example'],
    ['  Rosa@Bakery.EXAMPLE\n', 'rosa@bakery.example'],
    ["o'hara+news@sub.bakery.example", "o'hara+news@sub.bakery.example"],
    ['rosa@xn--bckerei-5wa.example', 'rosa@xn--bckerei-5wa.example'],
    [`${'a'.repeat(64)}@bakery.example`, `${'a'.repeat(64)}@bakery.example`],
  ])('%p is kept as %p', (text, address) => {
    expect(normalEmail(text)).toBe(address);
    expect(emailWeakness(text)).toBeUndefined();
  });

  it.each([
    ['the sign for kelvin', 'milo\u212A@bakery.example'],
    ['a Cyrillic letter', 'r\u043Esa@bakery.example'],
    ['a full-width letter', 'ｒosa@bakery.example'],
    ['a zero-width space', 'rosa\u200B@bakery.example'],
    ['a soft hyphen', 'ro\u00ADsa@bakery.example'],
    ['a bidi control', 'rosa\u202E@bakery.example'],
    ['a combining accent', 'rosa\u0301@bakery.example'],
    ['an ideographic full stop', 'rosa@bakery\u3002example'],
    ['a byte order mark before it', '\uFEFFrosa@bakery.example'],
    ['a no-break space after it', 'rosa@bakery.example\u00A0'],
    ['a quoted local part', '"rosa marin"@bakery.example'],
    ['a comment', 'rosa(work)@bakery.example'],
    ['an address as its host', 'rosa@[127.0.0.1]'],
    ['two signs', 'rosa@milo@bakery.example'],
    ['two dots', 'rosa..m@bakery.example'],
    ['a dot at its end', 'rosa.@bakery.example'],
    ['no domain below the top', 'rosa@localhost'],
    ['a local part that is too long', `${'a'.repeat(65)}@bakery.example`],
    ['250 characters too many', `rosa@${'a.'.repeat(250)}example`],
    ['a line break within', 'rosa\n@bakery.example'],
    ['a null character', 'rosa\u0000@bakery.example'],
    ['nothing', ''],
  ])('with %s is refused', (_, text) => {
    expect(normalEmail(text)).toBeUndefined();
    expect(emailWeakness(text)).toMatch(/^must be/);
  });

  it('with letters beyond ASCII in its domain is refused with the way to write it', () => {
    expect(emailWeakness('rosa@bäckerei.example')).toContain('rosa@xn--bckerei-5wa.example'.split('@')[1]);
    expect(emailWeakness('rósa@bakery.example')).toContain('plain ASCII');
  });

  it('has one form: what is kept is itself kept unchanged, in plain ASCII without capitals', () => {
    const ascii = fc.string({ unit: fc.constantFrom(...'abzAZ09.+-_@ \t'), maxLength: 40 });
    const anything = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(ascii, anything, fc.emailAddress()), (text) => {
        const address = normalEmail(text);
        if (address === undefined) return;
        expect(address).toMatch(/^[!-?[-~]{1,64}@[!-?[-~]{3,}$/);
        expect(address.length).toBeLessThanOrEqual(254);
        expect(normalEmail(address)).toBe(address);
        expect(normalEmail(` ${text.toUpperCase()} `)).toBe(address);
      }),
    );
  });

  it('that looks like another one under Unicode’s foldings is that one, or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }), (local) => {
        const text = `${local}@bakery.example`;
        const folded = text.normalize('NFKC').toLowerCase();
        const address = normalEmail(text);
        if (address !== undefined) expect(address).toBe(folded.trim());
      }),
    );
  });
});
