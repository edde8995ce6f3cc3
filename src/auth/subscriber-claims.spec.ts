import fc from 'fast-check';
import { subOfClaims, type ExpectedClaims } from './subscriber-claims';
import { TokenRefusedError } from './token-refusal';

const NOW = 1_796_079_000;
const ANYTHING: ExpectedClaims = { issuers: [], audiences: [] };
const OURS: ExpectedClaims = {
  issuers: ['https://id.example/', 'https://other-id.example'],
  audiences: ['fanfare', 'inbox'],
};
const good = { sub: 'ana', exp: NOW + 60, iss: 'https://id.example/', aud: 'fanfare' };

const refusalOf = (claims: unknown, expected = ANYTHING) => {
  try {
    return { sub: subOfClaims(claims, expected, NOW) };
  } catch (error) {
    if (!(error instanceof TokenRefusedError)) throw error;
    return { refusal: error.refusal, message: error.message };
  }
};

describe("the claims of a subscriber's token", () => {
  it.each([
    ['no sub', { exp: NOW + 9 }, 'subject', 'sub is missing'],
    ['a number as sub', { ...good, sub: 42 }, 'subject', 'sub must be text, not 42'],
    ['an empty sub', { ...good, sub: '' }, 'subject', 'sub is empty'],
    ['null as sub', { ...good, sub: null }, 'subject', 'sub must be text, not null'],
    ['a list as sub', { ...good, sub: ['ana'] }, 'subject', 'sub must be text, not ["ana"]'],
    ['129 characters', { ...good, sub: '😀'.repeat(129) }, 'subject', 'sub has 129 characters; at most 128'],
    ['a null character', { ...good, sub: 'a\u0000' }, 'subject', 'null character'],
    ['no exp', { sub: 'ana' }, 'expiry', 'exp is missing'],
    [
      'exp as text',
      { ...good, exp: '1796079000' },
      'expiry',
      'exp must be a number of seconds since 1970, not "1796079000"',
    ],
    ['exp an hour ago', { ...good, exp: NOW - 3600 }, 'expiry', 'expired at 2026-11-30T'],
    ['exp before all time', { ...good, exp: -1e300 }, 'expiry', 'expired at -1e+300'],
    ['nbf in an hour', { ...good, nbf: NOW + 3600 }, 'not-before', 'not valid before 2026-11-30T'],
    [
      'nbf as text',
      { ...good, nbf: 'soon' },
      'not-before',
      'nbf must be a number of seconds since 1970, not "soon"',
    ],
    ['a list', [good], 'malformed', 'not a JSON object'],
    ['null', null, 'malformed', 'not a JSON object'],
  ])('with %s are refused, and the reason is said', (_, claims, refusal, words) => {
    expect(refusalOf(claims)).toEqual({ refusal, message: expect.stringContaining(words) as string });
  });

  it.each([
    [
      'another issuer',
      { iss: 'https://evil.example' },
      'issuer',
      'iss must be "https://id.example/" or "https://other-id.example", but is "https://evil.example"',
    ],
    ['an issuer that lacks a slash', { iss: 'https://id.example' }, 'issuer', 'but is "https://id.example"'],
    ['no issuer', { iss: undefined }, 'issuer', 'but is missing'],
    ['a list of issuers', { iss: ['https://id.example/'] }, 'issuer', 'but is ["https://id.example/"]'],
    [
      'another audience',
      { aud: 'some-other-client', azp: 'other' },
      'audience',
      'aud must hold "fanfare" or "inbox", but is "some-other-client"',
    ],
    [
      'another audience, and ours as the party that asked',
      { aud: 'some-other-client', azp: 'fanfare' },
      'audience',
      'but is "some-other-client"',
    ],
    ['a list of other audiences', { aud: ['a', 'b'] }, 'audience', 'but is ["a","b"]'],
    ['no audience', { aud: undefined }, 'audience', 'but is missing'],
    ['no audience and another party', { aud: undefined, azp: 'other' }, 'audience', 'azp is "other"'],
    ['a null audience and our party', { aud: null, azp: 'fanfare' }, 'audience', 'but is null'],
    ['an audience in other letters', { aud: 'Fanfare' }, 'audience', 'but is "Fanfare"'],
    ['an object as audience', { aud: { fanfare: true } }, 'audience', 'but is {"fanfare":true}'],
  ])('where ours are asked for, %s is refused', (_, claims, refusal, words) => {
    const verdict = refusalOf({ ...good, ...claims }, OURS);
    expect(verdict).toEqual({ refusal, message: expect.stringContaining(words) as string });
  });

  it.each([
    ['ours', {}],
    ['our second ones', { iss: 'https://other-id.example', aud: 'inbox' }],
    ['ours among others, asked for by an app', { aud: ['userinfo', 'fanfare'], azp: 'some-app' }],
    ['no audience, but our party', { aud: undefined, azp: 'fanfare' }],
    ['no audience, but our client', { aud: undefined, client_id: 'inbox' }],
  ])('where ours are asked for, %s are taken', (_, claims) => {
    expect(refusalOf({ ...good, ...claims }, OURS)).toEqual({ sub: 'ana' });
  });

  it('where nothing is asked for, any issuer and audience are taken', () => {
    expect(refusalOf({ ...good, iss: 'https://other.example', aud: 'other', azp: 'x' })).toEqual({
      sub: 'ana',
    });
  });

  it('are good from a minute before nbf until a minute after exp, and not longer', () => {
    const instants = fc.integer({ min: -200, max: 200 });
    fc.assert(
      fc.property(instants, instants, (exp, nbf) => {
        const verdict = refusalOf({ sub: 'ana', exp: NOW + exp, nbf: NOW + nbf });
        const isGood = exp > -60 && nbf <= 60;
        expect('sub' in verdict).toBe(isGood);
      }),
    );
  });

  it('are judged whatever they are, with a reason on one line that is not endless', () => {
    const claims = fc.record(
      { sub: fc.anything(), exp: fc.anything(), nbf: fc.anything(), iss: fc.anything(), aud: fc.anything() },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(claims, fc.anything()), (value) => {
        // As they come out of a token.
        const [parsed] = JSON.parse(JSON.stringify([value])) as unknown[];
        const verdict = refusalOf(parsed, OURS);
        if ('sub' in verdict) return;
        expect(verdict.message.length).toBeLessThan(300);
        expect(verdict.message).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
