import { pageOfPath } from './page-of-path';

describe('the page of a path', () => {
  it.each([
    ['/', 'index.html'],
    ['/login?to=%2Fa%2F1', 'index.html'],
    ['/a/0199/settings/keys', 'index.html'],
    ['/inbox', 'inbox.html'],
    ['/inbox/subscriptions', 'inbox.html'],
    ['/inboxes', 'index.html'],
    ['/v1', undefined],
    ['/v1/nothing', undefined],
    ['/V1/accounts', undefined],
    ['/Docs', undefined],
    ['/health/alive', undefined],
    ['/docs/nothing', undefined],
    ['/problems/full-moon', undefined],
    ['/assets/console-old', undefined],
    ['/robots.txt', undefined],
    ['/a/wp-login.php', undefined],
  ])('%s is %p', (path, page) => {
    expect(pageOfPath(path)).toBe(page);
  });
});
