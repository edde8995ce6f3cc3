import { accountIn, isAt, placesOfAccount, placesOfPlatform } from './navigation';

const current = (path: string) =>
  [...placesOfAccount('bakery'), ...placesOfPlatform({ role: 'admin' })]
    .filter((place) => isAt(path, place))
    .map(({ key }) => key);

describe('the navigation', () => {
  it.each([
    ['/a/bakery/calendar', ['calendar']],
    ['/a/bakery/broadcasts/1', ['broadcasts']],
    ['/a/bakery/compose/1', ['compose']],
    ['/a/library/calendar', []],
    ['/admin/quota/bakery', ['adminQuota']],
    ['/admin/accounts', ['adminAccounts']],
    ['/admin/import/bakery', ['adminImport']],
    ['/register', []],
  ])('at %s stands on %p', (path, places) => {
    expect(current(path)).toEqual(places);
  });

  it('has the platform’s places for admins only', () => {
    expect(placesOfPlatform({ role: 'marketer' })).toEqual([]);
  });

  it('knows whose page it is', () => {
    expect(accountIn('/a/bakery/settings/keys')).toBe('bakery');
    expect(accountIn('/admin/accounts')).toBeUndefined();
  });
});
