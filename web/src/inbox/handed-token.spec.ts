import { holds, isSomebodyElse, readToken, tokenIn, tokenOf, untilRenewal } from './handed-token';

const tokenFor = (claims: object) => {
  const bytes = new TextEncoder().encode(JSON.stringify(claims));
  return `e30.${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')}.c2ln`;
};

describe('a token that is handed in', () => {
  it('stands behind the # of the address', () => {
    expect(tokenIn('#token=a.b.c')).toBe('a.b.c');
    expect(tokenIn('#lang=fr&token=a.b.c')).toBe('a.b.c');
    expect(tokenIn('#token=')).toBeUndefined();
    expect(tokenIn('')).toBeUndefined();
  });

  it('says whose it is, in any script, and until when', () => {
    const token = tokenFor({ sub: '安娜', exp: 1_800_000_000 });
    expect(readToken(` ${token}\n`)).toEqual({ token, sub: '安娜', expiresAt: 1_800_000_000_000 });
  });

  it.each(['', 'a', 'a.b.c', 'a.%%.c', tokenFor({ sub: 'ana' }), tokenFor({ exp: 1 })])(
    'is not %p',
    (text) => {
      expect(readToken(text)).toBeUndefined();
    },
  );

  it.each([
    ['nobody', undefined, false],
    ['nobody that is remembered', null, false],
    ['the same person', 'ana', false],
    ['another person', 'ben', true],
    ['a person whose id differs by case', 'Ana', true],
    ['a person whose id differs by a space', 'ana ', true],
  ])('is somebody else’s where the device knows %s: %p', (_, known, isElse) => {
    expect(isSomebodyElse({ token: '', sub: 'ana', expiresAt: 1 }, known)).toBe(isElse);
  });

  it('is asked for anew a minute before it ends', () => {
    const token = { token: '', sub: 'ana', expiresAt: 1_000_000 };
    expect(untilRenewal(token, 900_000)).toBe(40_000);
    expect(untilRenewal(token, 999_000)).toBe(0);
    expect([holds(token, 999_999), holds(token, 1_000_000)]).toEqual([true, false]);
  });

  it('is taken from the page around the frame only', () => {
    const message = {
      isFromParent: true,
      origin: 'https://app.example',
      data: { type: 'fanfare-token', token: 't' },
    };
    expect(tokenOf(message, 'https://app.example')).toBe('t');
    expect(tokenOf(message, undefined)).toBe('t');
    expect(tokenOf(message, 'https://other.example')).toBeUndefined();
    expect(tokenOf({ ...message, isFromParent: false }, undefined)).toBeUndefined();
    for (const data of [
      undefined,
      null,
      'fanfare-token',
      { type: 'fanfare-token' },
      { type: 'x', token: 't' },
    ]) {
      expect(tokenOf({ ...message, data }, undefined)).toBeUndefined();
    }
  });
});
