import { noSessionCookies, readSessionCookie, sessionCookie } from './session-cookie';

const NOON = '2026-11-22T12:00:00.000Z';

describe('the session cookie', () => {
  it('is for requests to the API and for no script', () => {
    expect(sessionCookie('a.b.c', NOON, false)).toBe(
      'fanfare_session=a.b.c; Path=/v1; Expires=Sun, 22 Nov 2026 12:00:00 GMT; HttpOnly; SameSite=Strict',
    );
  });

  it('is bound to the host over https, as its prefix demands', () => {
    expect(sessionCookie('a.b.c', NOON, true)).toBe(
      '__Host-fanfare_session=a.b.c; Path=/; Secure; Expires=Sun, 22 Nov 2026 12:00:00 GMT; HttpOnly; SameSite=Strict',
    );
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['theme=dark', undefined],
    ['fanfare_session=', undefined],
    ['fanfare_session=a.b.c', 'a.b.c'],
    ['theme=dark; fanfare_session=a.b.c==; x', 'a.b.c=='],
    ['fanfare_session=planted; __Host-fanfare_session=a.b.c', 'a.b.c'],
    ['fanfare_session=a.b.c; fanfare_session=planted', 'a.b.c'],
  ])('is read from %p', (header, token) => {
    expect(readSessionCookie(header, false)).toBe(token);
  });

  it.each([
    ['fanfare_session=planted', undefined],
    ['fanfare_session=planted; __Host-fanfare_session=a.b.c', 'a.b.c'],
    ['__Host-fanfare_session=; fanfare_session=planted', undefined],
  ])('over https is read by the name that no other host can set: %p', (header, token) => {
    expect(readSessionCookie(header, true)).toBe(token);
  });

  it('is taken away by its own name, over https by both', () => {
    expect(noSessionCookies(false).map((line) => line.split('=')[0])).toEqual(['fanfare_session']);
    expect(noSessionCookies(true).map((line) => line.split('=')[0])).toEqual([
      '__Host-fanfare_session',
      'fanfare_session',
    ]);
    for (const line of noSessionCookies(true)) expect(line).toContain('Expires=Thu, 01 Jan 1970');
  });
});
