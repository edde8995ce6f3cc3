import { homeOf, safeReturn } from './last-account';

const accounts = [{ accountId: 'bakery' }, { accountId: 'library' }];
const marketer = { role: 'marketer' };

describe('the way home', () => {
  it.each([
    ['library', accounts, marketer, '/a/library/calendar'],
    ['museum', accounts, marketer, '/a/bakery/calendar'],
    [null, [], marketer, '/register'],
    [null, [], { role: 'admin' }, '/admin/accounts'],
    [null, accounts, { role: 'admin' }, '/a/bakery/calendar'],
  ])('after %p', (kept, own, user, home) => {
    expect(homeOf(kept, { accounts: own, user })).toBe(home);
  });

  it.each([
    ['/a/bakery/followers?tag=x', '/a/bakery/followers?tag=x'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/\r\t\\evil.example', '/'],
    ['/./\t/evil.example', '/'],
    ['/%09/evil.example', '/%09/evil.example'],
    ['/invitations/x#y', '/invitations/x#y'],
    [null, '/'],
  ])('returns for %p to %p', (asked, path) => {
    expect(safeReturn(asked)).toBe(path);
  });
});
