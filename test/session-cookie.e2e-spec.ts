import { decodeJwt, SignJWT } from 'jose';
import type { Answer } from './support/api';
import { ADMIN_KEY, startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenMarketer, givenSubscriber, PASSWORD } from './support/given';
import { SECRETS } from './support/secrets';

const OUR_PAGE = { 'sec-fetch-site': 'same-origin' };

interface Begun {
  readonly expiresAt: string;
  readonly user: { readonly id: string; readonly email: string };
}

describe('a log-in by cookie', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const begin = (email: string, headers: Record<string, string> = OUR_PAGE) =>
    test.api.post<Begun>('/session', { email, password: PASSWORD }, headers);
  const whoAmI = (headers: Record<string, string>) => test.api.get('/whoami', headers);

  async function givenCookie(email: string): Promise<string> {
    return cookieOf(expectStatus(200, await begin(email)));
  }

  it('tells the page who it is and until when, and keeps the token from it', async () => {
    const { email, id } = await givenMarketer(test);
    const answer = expectStatus(200, await begin(email));
    expect(Object.keys(answer.body).sort()).toEqual(['expiresAt', 'user']);
    expect(answer.body.user).toMatchObject({ id, email });
    expect(answer.text).not.toContain('eyJ');
    const line = setCookies(answer)[0] ?? '';
    expect(line).toMatch(/^fanfare_session=eyJ[^;]+; Path=\/v1; Expires=[^;]+; HttpOnly; SameSite=Strict$/);
    expect(new Date(/Expires=([^;]+)/.exec(line)?.[1] ?? '').toISOString()).toBe(answer.body.expiresAt);
    expect((await whoAmI({ cookie: cookieOf(answer) })).body).toMatchObject({ kind: 'user', id });
  });

  it('over https is bound to the host and to https, also behind a proxy that nobody was told of', async () => {
    const { email, id } = await givenMarketer(test);
    const headers = { ...OUR_PAGE, origin: 'https://fanfare.example' };
    const [line = ''] = setCookies(expectStatus(200, await begin(email, headers)));
    expect(line).toMatch(
      /^__Host-fanfare_session=[^;]+; Path=\/; Secure; Expires=[^;]+; HttpOnly; SameSite=Strict$/,
    );
    const cookie = line.split(';')[0] ?? '';
    expect((await whoAmI({ cookie: `theme=dark; ${cookie}` })).body).toMatchObject({ id });
    const ended = expectStatus(204, await test.api.delete('/session', headers));
    expect(setCookies(ended).map((each) => each.split('=')[0])).toEqual([
      '__Host-fanfare_session',
      'fanfare_session',
    ]);
  });

  it('opens what the same token would open in a header', async () => {
    const brand = await givenBrand(test);
    const { body } = await brand.owner.get<{ user: { email: string } }>('/whoami');
    const cookie = await givenCookie(body.user.email);
    const ours = { cookie, ...OUR_PAGE };
    expectStatus(200, await test.api.get(brand.path('/members'), { cookie }));
    expectStatus(200, await test.api.patch(brand.path(), { description: 'Rye' }, ours));
    expectStatus(403, await test.api.get('/admin/accounts', { cookie }));
    expectStatus(404, await test.api.get((await givenBrand(test)).path(), { cookie }));
    expectStatus(403, await test.api.get('/me/inbox', { cookie }));
  });

  describe('is good for nothing on the pages of others', () => {
    it.each([
      ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
      ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, 403],
      ['another site, on plain http', { origin: 'http://evil.example' }, 403],
      ['a frame in a sandbox', { origin: 'null' }, 403],
      ['something that does not say where it comes from', {}, 403],
      ['our own page', OUR_PAGE, 200],
      ['our own page, on plain http', { host: 'fanfare.lan:3000', origin: 'http://fanfare.lan:3000' }, 200],
    ])('%s', async (_, headers, status) => {
      const brand = await givenBrand(test);
      const { body } = await brand.owner.get<{ user: { email: string } }>('/whoami');
      const cookie = await givenCookie(body.user.email);
      const answer = await test.api.patch(brand.path(), { description: 'Changed' }, { cookie, ...headers });
      expectStatus(status, answer);
      if (status === 403) expect(answer.body).toHaveProperty('type', '/problems/cross-site-request');
      const stored = (await brand.owner.get<{ description: string | null }>(brand.path())).body.description;
      expect(stored).toBe(status === 200 ? 'Changed' : null);
    });

    it('which can log nobody in or out, either', async () => {
      const { email } = await givenMarketer(test);
      for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}]) {
        const refused = expectStatus(403, await begin(email, headers as Record<string, string>));
        expect(refused.headers['set-cookie']).toBeUndefined();
        expectStatus(403, await test.api.delete('/session', headers as Record<string, string>));
      }
    });

    it('whatever origins may call the API with a token', async () => {
      const open = await startTestApp({ databaseUrl: test.url, corsOrigins: ['https://app.example'] });
      const { email } = await givenMarketer(test);
      const cookie = await givenCookie(email);
      const headers = { cookie, origin: 'https://app.example', 'sec-fetch-site': 'cross-site' };
      const read = await open.api.get('/whoami', headers);
      // The browser neither sends the cookie along nor shows the answer, since it does not allow credentials.
      expect(read.headers['access-control-allow-origin']).toBe('https://app.example');
      expect(read.headers['access-control-allow-credentials']).toBeUndefined();
      expectStatus(403, await open.api.post('/accounts', {}, headers));
      await open.stop();
    });
  });

  it('does not stand in for a header that is not good, and a header needs no origin', async () => {
    const { api, email, token } = await givenMarketer(test);
    const cookie = await givenCookie(email);
    expectStatus(401, await whoAmI({ cookie, authorization: 'Bearer mistyped' }));
    expectStatus(401, await whoAmI({ cookie, authorization: `Basic ${token}` }));
    const elsewhere = { 'sec-fetch-site': 'cross-site', cookie };
    const change = { current: PASSWORD, password: 'eight slower ovens' };
    expectStatus(200, await api.post('/password', change, elsewhere));
  });

  it('holds log-ins only: neither keys nor subscribers’ tokens', async () => {
    const { token = '' } = await givenSubscriber(test);
    for (const value of [ADMIN_KEY, token, '', 'x'.repeat(4000)]) {
      expectStatus(401, await whoAmI({ cookie: `fanfare_session=${value}` }));
    }
  });

  it('ends with its time, with a change of the password, and with the log-out', async () => {
    const { api, id, email, token } = await givenMarketer(test);
    const expired = await new SignJWT({ sid: decodeJwt(token).sid })
      .setProtectedHeader({ alg: 'HS256', typ: 'fanfare-session+jwt' })
      .setSubject(id)
      .setExpirationTime('-1s')
      .sign(new TextEncoder().encode(SECRETS.SESSION_SECRET));
    expectStatus(401, await whoAmI({ cookie: `fanfare_session=${expired}` }));

    const cookie = await givenCookie(email);
    const ended = expectStatus(204, await test.api.delete('/session', { cookie, ...OUR_PAGE }));
    expect(setCookies(ended)).toEqual([
      'fanfare_session=; Path=/v1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Strict',
    ]);

    expectStatus(401, await whoAmI({ cookie }));

    const another = await givenCookie(email);
    expectStatus(200, await whoAmI({ cookie: another }));
    expectStatus(200, await api.post('/password', { current: PASSWORD, password: 'eight slower ovens' }));
    expectStatus(401, await whoAmI({ cookie: another }));
  });

  it('is refused like every other for a wrong password, and as seldom', async () => {
    const limited = await startTestApp({ databaseUrl: test.url, authRateLimit: 2 });
    const { email } = await givenMarketer(test);
    const guess = () => limited.api.post('/session', { email, password: 'a guess of mine' }, OUR_PAGE);
    expect((await guess()).body).toHaveProperty('type', '/problems/wrong-password');
    expectStatus(401, await guess());
    expectStatus(429, await guess());
    await limited.stop();
  });
});

function setCookies(answer: Answer<unknown>): string[] {
  const lines = answer.headers['set-cookie'];
  return Array.isArray(lines) ? lines : lines === undefined ? [] : [String(lines)];
}

function cookieOf(answer: Answer<unknown>): string {
  return setCookies(answer)[0]?.split(';')[0] ?? '';
}
