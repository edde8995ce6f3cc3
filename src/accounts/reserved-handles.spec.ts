import fc from 'fast-check';
import { isReservedHandle } from './reserved-handles';

describe('a handle', () => {
  it.each([
    ...['admin', 'support', 'fanfare', 'official', 'null', 'docs', 'api', 'www'],
    ...['adm1n', 'supp0rt', 'fanfar3', 'offlclal', 'off1cial', 's_u_p_p_o_r_t', 'ad-min', 'sup-port'],
    ...['fanfare-support', 'official_team', 'admin-security-help', 'adrnin', 'vvebmaster', 'no_reply'],
  ])('that is or looks like a name of the platform is reserved: %s', (handle) => {
    expect(isReservedHandle(handle)).toBe(true);
  });

  it.each([
    ...[
      'sunrise-bakery',
      'sunrise-support',
      'the-official-museum',
      'city-of-madrid',
      'brand-1',
      'news',
      'shop',
      'radio-4',
    ],
    ...[
      'administrate-it',
      'apiary',
      'helpers',
      'museum',
      'demo',
      'acme',
      'library',
      'marketing-news',
      '4711',
    ],
  ])('of a brand is free: %s', (handle) => {
    expect(isReservedHandle(handle)).toBe(false);
  });

  it('that is reserved stays so whichever separators are put into it', () => {
    const names = fc.constantFrom('admin', 'support', 'official', 'fanfare', 'security');
    fc.assert(
      fc.property(
        names,
        fc.array(fc.constantFrom('', '-', '_'), { minLength: 12, maxLength: 12 }),
        (name, between) => {
          const spread = [...name]
            .map((letter, at) => `${letter}${at < name.length - 1 ? between[at] : ''}`)
            .join('');
          expect(isReservedHandle(spread)).toBe(true);
        },
      ),
    );
  });
});
