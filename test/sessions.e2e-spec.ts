import type { Answer } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenMarketer, PASSWORD } from './support/given';

const OUR_PAGE = { 'sec-fetch-site': 'same-origin' };
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

interface OpenSession {
  readonly id: string;
  readonly device: string;
  readonly current: boolean;
}

describe('sessions', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const whoAmI = (token: string) => test.api.as(token).get('/whoami');

  async function givenLogIn(email: string, headers: Record<string, string> = {}): Promise<string> {
    const body = { email, password: PASSWORD };
    return expectStatus(200, await test.api.post<{ token: string }>('/login', body, headers)).body.token;
  }

  async function givenCookie(email: string): Promise<{ cookie: string; token: string }> {
    const answer = await test.api.post('/session', { email, password: PASSWORD }, OUR_PAGE);
    const cookie = cookieIn(expectStatus(200, answer));
    return { cookie, token: cookie.slice(cookie.indexOf('=') + 1) };
  }

  async function sessionsOf(token: string): Promise<readonly OpenSession[]> {
    const answer = await test.api.as(token).get<{ items: OpenSession[] }>('/sessions');
    return expectStatus(200, answer).body.items;
  }

  it('end with the log-out of a browser: the cookie opens nothing, nor does its value as a bearer token', async () => {
    const { email, token: other } = await givenMarketer(test);
    const { cookie, token } = await givenCookie(email);
    expectStatus(200, await test.api.get('/whoami', { cookie }));
    expectStatus(204, await test.api.delete('/session', { cookie, ...OUR_PAGE }));
    expectStatus(401, await test.api.get('/whoami', { cookie }));
    expectStatus(401, await whoAmI(token));
    expectStatus(200, await whoAmI(other));
    // A second log-out, as from another tab, has nothing to end.
    expectStatus(204, await test.api.delete('/session', { cookie, ...OUR_PAGE }));
  });

  it('end with the log-out of a client that holds the token itself', async () => {
    const { email, token: other } = await givenMarketer(test);
    const token = await givenLogIn(email);
    expectStatus(204, await test.api.as(token).post('/logout'));
    expectStatus(401, await whoAmI(token));
    expectStatus(401, await test.api.as(token).post('/logout'));
    expectStatus(200, await whoAmI(other));
  });

  it.each<[string, (token: string, cookie: string) => Promise<Answer>]>([
    ['POST /logout?everywhere=true', (token) => test.api.as(token).post('/logout?everywhere=true')],
    ['DELETE /sessions', (token) => test.api.as(token).delete('/sessions')],
    [
      'DELETE /session?everywhere=true',
      (_, cookie) => test.api.delete('/session?everywhere=true', { cookie, ...OUR_PAGE }),
    ],
  ])('all end by %s', async (_, logOut) => {
    const { email, token: signedUp } = await givenMarketer(test);
    const stranger = await givenMarketer(test);
    const { cookie, token } = await givenCookie(email);
    expectStatus(204, await logOut(token, cookie));
    for (const ended of [signedUp, token]) expectStatus(401, await whoAmI(ended));
    expectStatus(200, await whoAmI(stranger.token));
  });

  it('all but the one that asks end by DELETE /sessions?keepCurrent=true', async () => {
    const { email, token: signedUp } = await givenMarketer(test);
    const token = await givenLogIn(email);
    expectStatus(204, await test.api.as(token).delete('/sessions?keepCurrent=true'));
    expectStatus(401, await whoAmI(signedUp));
    expect(await sessionsOf(token)).toMatchObject([{ current: true }]);
  });

  it('are listed with their devices, and one of them is the one that asks', async () => {
    const { email } = await givenMarketer(test);
    const token = await givenLogIn(email, { 'user-agent': FIREFOX });
    await givenLogIn(email, { 'user-agent': 'curl/8.10.1' });
    const listed = await sessionsOf(token);
    expect(listed.map(({ device, current }) => ({ device, current }))).toEqual([
      { device: 'curl/8.10.1', current: false },
      { device: 'Firefox on Linux', current: true },
      { device: 'lightMyRequest', current: false },
    ]);
  });

  it('end one by one, each by its own person only', async () => {
    const { email, token: signedUp, id } = await givenMarketer(test);
    const stranger = await givenMarketer(test);
    const token = await givenLogIn(email);
    const [first, second] = await sessionsOf(token);
    const lost = second?.id ?? '';
    expectStatus(404, await stranger.api.delete(`/sessions/${lost}`));
    expectStatus(200, await whoAmI(signedUp));
    expectStatus(204, await test.api.as(token).delete(`/sessions/${lost}`));
    expectStatus(401, await whoAmI(signedUp));
    expectStatus(404, await test.api.as(token).delete(`/sessions/${lost}`));
    expect((await sessionsOf(token)).map((session) => session.id)).toEqual([first?.id]);
    const actions = await test.database.query<{ action: string }[]>(
      'SELECT action FROM audit_entries WHERE actor = $1 ORDER BY id',
      [`user:${id}`],
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'user.signed-up',
      'session.opened',
      'session.opened',
      'session.ended',
    ]);
  });

  it('are written when they are opened and every five minutes, not with every request', async () => {
    const { token, id } = await givenMarketer(test);
    const version = async () => {
      const [row] = await test.database.query<[{ xmin: string }]>(
        'SELECT xmin::text FROM sessions WHERE user_id = $1',
        [id],
      );
      return row.xmin;
    };
    const before = await version();
    for (let count = 0; count < 5; count += 1) expectStatus(200, await whoAmI(token));
    expect(await version()).toBe(before);
    await test.database.query(
      `UPDATE sessions SET last_seen_at = last_seen_at - interval '6 minutes' WHERE user_id = $1`,
      [id],
    );
    expectStatus(200, await whoAmI(token));
    const [seen] = await test.database.query<[{ recent: boolean }]>(
      `SELECT last_seen_at > fanfare_now() - interval '1 minute' AS recent FROM sessions WHERE user_id = $1`,
      [id],
    );
    expect(seen.recent).toBe(true);
  });

  it('are never opened by a password that is changed while it is checked', async () => {
    const { email, api } = await givenMarketer(test);
    const logIns = Array.from({ length: 8 }, () =>
      test.api.post<{ token: string }>('/login', { email, password: PASSWORD }),
    );
    const change = api.post('/password', { current: PASSWORD, password: 'nine slow ovens' });
    const answers = await Promise.all(logIns);
    expectStatus(200, await change);
    for (const { status, body } of answers) {
      expect([200, 401]).toContain(status);
      if (status === 200) expectStatus(401, await whoAmI(body.token));
    }
  });

  it('are at most a hundred: the one seen longest ago makes room', async () => {
    const { email, id, token } = await givenMarketer(test);
    await test.database.query(
      `INSERT INTO sessions (id, user_id, device, created_at, last_seen_at, expires_at)
       SELECT gen_random_uuid(), $1, 'curl', now(), now() + interval '1 second', now() + interval '1 hour'
         FROM generate_series(1, 99)`,
      [id],
    );
    expectStatus(200, await whoAmI(token));
    const last = await givenLogIn(email);
    expectStatus(401, await whoAmI(token));
    const answer = await test.api.as(last).get<{ items: unknown[] }>('/sessions?limit=200');
    expect(answer.body.items).toHaveLength(100);
  });

  it('know the name that their person takes', async () => {
    const { api, id } = await givenMarketer(test);
    const changed = expectStatus(200, await api.patch('/whoami', { name: 'Ada' }));
    expect(changed.body).toMatchObject({ id, user: { id, name: 'Ada' } });
    expect((await api.get('/whoami')).body).toMatchObject({ user: { name: 'Ada' } });
    expectStatus(400, await api.patch('/whoami', { name: '' }));
    expectStatus(400, await api.patch('/whoami', { email: 'ada@example.org' }));
  });

  it('over https are read from the cookie that no neighbouring host can plant', async () => {
    const proxied = await startTestApp({ databaseUrl: test.url, trustedProxies: 1 });
    const { email } = await givenMarketer(test);
    const { token } = await givenCookie(email);
    const ask = (name: string, protocol: string) =>
      proxied.api.get('/whoami', { cookie: `${name}=${token}`, 'x-forwarded-proto': protocol });
    expectStatus(401, await ask('fanfare_session', 'https'));
    expectStatus(200, await ask('__Host-fanfare_session', 'https'));
    expectStatus(200, await ask('fanfare_session', 'http'));
    await proxied.stop();
  });
});

function cookieIn({ headers }: Answer<unknown>): string {
  return ([headers['set-cookie']].flat()[0] ?? '').toString().split(';')[0] ?? '';
}
