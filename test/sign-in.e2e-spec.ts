import { decodeJwt, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose';
import type { Api } from './support/api';
import { ADMIN_KEY, startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenMarketer, givenMember, PASSWORD, unique } from './support/given';
import { SECRETS } from './support/secrets';

const { SESSION_SECRET, SUBSCRIBER_JWT_SECRET } = SECRETS;
const SESSION_TYPE = 'fanfare-session+jwt';

interface Session {
  readonly token: string;
  readonly expiresAt: string;
  readonly user: { readonly id: string; readonly email: string; readonly role: string };
}

describe('signing in', () => {
  let test: TestApp;

  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  const person = (more: object = {}) => ({
    email: `${unique('rosa')}@example.org`,
    password: PASSWORD,
    name: 'Rosa Marín',
    ...more,
  });
  const logIn = (email: string, password = PASSWORD) => test.api.post<Session>('/login', { email, password });
  const whoAmI = (token: string) => test.api.as(token).get('/whoami');

  describe('a marketer', () => {
    it('signs up, logs in with the address in any case, and is known by both tokens', async () => {
      const request = person();
      const signedUp = expectStatus(201, await test.api.post<Session>('/signup', request)).body;
      expect(signedUp.user).toMatchObject({ email: request.email, name: 'Rosa Marín', role: 'marketer' });
      const loggedIn = expectStatus(200, await logIn(request.email.toUpperCase())).body;
      expect(new Date(loggedIn.expiresAt).getTime()).toBeGreaterThan(Date.now());
      for (const { token } of [signedUp, loggedIn]) {
        const { body } = expectStatus(200, await whoAmI(token));
        expect(body).toMatchObject({ kind: 'user', id: signedUp.user.id, sub: null, accounts: [] });
      }
    });

    it('signs up once, also when asking twice at the same time', async () => {
      const request = person();
      const asked = [request, { ...request, email: request.email.toUpperCase() }];
      const answers = await Promise.all(asked.map((each) => test.api.post('/signup', each)));
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    });

    it.each([
      ['no address', { email: 'rosa' }, 400],
      ['a short password', { password: 'oven' }, 400],
      ['a password that everybody tries', { password: 'Password123' }, 422],
      ['a password that repeats itself', { password: 'aaaaaaaaaaaa' }, 422],
      ['a password that is the name', { name: 'Rosa Marín', password: 'rosa marín' }, 422],
      ['a role', { role: 'admin' }, 400],
      ['a null character', { name: 'Rosa\u0000' }, 400],
    ])('does not sign up with %s', async (_, more, status) => {
      expectStatus(status, await test.api.post('/signup', person(more)));
    });

    it('is told the same for a wrong password as for an unknown address', async () => {
      const { email } = await givenMarketer(test);
      const [wrong, unknown] = [await logIn(email, 'eight slow ovens'), await logIn(`x${email}`)];
      expect([wrong.status, unknown.status]).toEqual([401, 401]);
      expect({ ...wrong.body, instance: '' }).toEqual({ ...unknown.body, instance: '' });
    });

    it('changes the password, knowing the old one, and ends every other session', async () => {
      const { api, email } = await givenMarketer(test);
      const change = <T>(current: string, password: string) =>
        api.post<T>('/password', { current, password });
      expectStatus(401, await change('eight slow ovens', 'nine slow ovens'));
      expectStatus(422, await change(PASSWORD, email));
      const { body } = expectStatus(200, await change<Session>(PASSWORD, 'nine slow ovens'));
      expectStatus(401, await api.get('/whoami'));
      expectStatus(200, await test.api.as(body.token).get('/whoami'));
      expectStatus(401, await logIn(email));
      expectStatus(200, await logIn(email, 'nine slow ovens'));
    });

    it('is known by the accounts and roles that the token opens', async () => {
      const brand = await givenBrand(test);
      const { body } = await brand.owner.get('/whoami');
      expect(body).toHaveProperty('accounts', [{ accountId: brand.id, handle: brand.handle, role: 'owner' }]);
    });

    it('loses a role in an account with the next request', async () => {
      const brand = await givenBrand(test);
      const { api, id } = await givenMarketer(test);
      const be = (role: string) => brand.owner.post(brand.path('/members'), { userId: id, role });
      const write = () => api.post(brand.path('/broadcasts'), { content: { type: 'text', text: 'Rye' } });
      await givenMember(brand, api, 'editor');
      expectStatus(201, await write());
      await be('viewer');
      expectStatus(403, await write());
      expectStatus(204, await brand.owner.delete(brand.path(`/members/${id}`)));
      expectStatus(404, await write());
    });
  });

  describe('guessing', () => {
    it('is slowed down by address, and told how long to wait', async () => {
      const limited = await startTestApp({ databaseUrl: test.url, authRateLimit: 3 });
      const { email } = await givenMarketer(test);
      const guess = () => limited.api.post('/login', { email, password: 'is it this one?' });
      const answers = [await guess(), await guess(), await guess(), await guess()];
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429]);
      expect(answers[3]?.body).toMatchObject({ type: '/problems/too-many-requests' });
      const wait = Number(answers[3]?.headers['retry-after']);
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThanOrEqual(60);
      // The right password, and signing up, count in the same budget; what needs no password does not.
      expectStatus(429, await limited.api.post('/login', { email, password: PASSWORD }));
      expectStatus(429, await limited.api.post('/signup', person()));
      expectStatus(200, await limited.admin.get('/admin/users'));
      await limited.stop();
    });

    it('is not slowed down where the limit is switched off', async () => {
      const { email } = await givenMarketer(test);
      for (let guess = 0; guess < 12; guess += 1) expectStatus(401, await logIn(email, 'is it this one?'));
    });

    it('is not made easier by asking often: requests are limited per principal', async () => {
      const limited = await startTestApp({ databaseUrl: test.url, rateLimit: 3 });
      const [milo, ada] = [await givenMarketer(test), await givenMarketer(test)];
      const ask = (token: string) => limited.api.as(token).get('/whoami');
      for (let count = 0; count < 3; count += 1) expectStatus(200, await ask(milo.token));
      const refused = expectStatus(429, await ask(milo.token));
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expectStatus(429, await limited.api.as(milo.token).get('/accounts'));
      expectStatus(200, await ask(ada.token));
      await limited.stop();
    });
  });

  describe('a token', () => {
    const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

    function sign(
      payload: JWTPayload,
      {
        secret = SUBSCRIBER_JWT_SECRET,
        alg = 'HS256',
        typ = 'JWT',
      }: { secret?: string; alg?: string; typ?: string } = {},
    ): Promise<string> {
      return new SignJWT(payload).setProtectedHeader({ alg, typ }).sign(new TextEncoder().encode(secret));
    }

    it("of the operator's app says who the subscriber is, with `sub` and `exp` and nothing else", async () => {
      const sub = unique('customer/ñ 42');
      const token = await sign({ sub, exp: inAnHour() });
      const { body } = expectStatus(200, await whoAmI(token));
      expect(body).toMatchObject({ kind: 'subscriber', sub, user: null, accounts: [] });
      expectStatus(403, await test.api.as(token).post('/accounts', {}));
      expectStatus(403, await test.api.as(token).get('/admin/users'));
    });

    it('is the same whoever issued it: the same `sub` is the same person', async () => {
      const sub = unique('customer');
      const made = await test.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub });
      const own = await whoAmI(
        await sign({ sub, exp: inAnHour(), iss: 'https://app.example', role: 'admin' }),
      );
      if (made.status === 201) expect((await whoAmI(made.body.token)).body).toEqual(own.body);
      expect(own.body).toMatchObject({ kind: 'subscriber', sub });
    });

    it.each<[string, () => string | Promise<string>]>([
      ['is not signed', () => new UnsecuredJWT({ sub: 'rosa' }).setExpirationTime('1h').encode()],
      [
        'is signed with another secret',
        () => sign({ sub: 'rosa', exp: inAnHour() }, { secret: SESSION_SECRET }),
      ],
      [
        'is signed in a way that was not agreed',
        () =>
          sign({ sub: 'rosa', exp: inAnHour() }, { alg: 'HS512', secret: SUBSCRIBER_JWT_SECRET.repeat(2) }),
      ],
      ['has expired', () => sign({ sub: 'rosa', exp: inAnHour() - 3700 })],
      ['is not good yet', () => sign({ sub: 'rosa', exp: inAnHour(), nbf: inAnHour() - 60 })],
      ['never expires', () => sign({ sub: 'rosa' })],
      ['names nobody', () => sign({ exp: inAnHour() })],
      ['names nobody in particular', () => sign({ sub: '', exp: inAnHour() })],
      ['names somebody in 129 characters', () => sign({ sub: 'x'.repeat(129), exp: inAnHour() })],
      ['names somebody in text that cannot be kept', () => sign({ sub: 'rosa\u0000', exp: inAnHour() })],
      ['was changed', async () => `${(await sign({ sub: 'rosa', exp: inAnHour() })).slice(0, -4)}AAAA`],
      ['was cut', async () => (await sign({ sub: 'rosa', exp: inAnHour() })).slice(0, -20)],
      ['is three words', () => 'not.a.token'],
      ['is one word', () => 'rosa'],
      ['is a mistyped key', () => 'fan_0123456789abcdefghijklmnopqrstuvwxyzAB'],
    ])('that %s opens nothing', async (_, make) => {
      expectStatus(401, await whoAmI(await make()));
    });

    it('may name somebody in 128 characters, counted as people count', async () => {
      for (const sub of ['x'.repeat(128), '𝒳'.repeat(128)]) {
        expectStatus(200, await whoAmI(await sign({ sub, exp: inAnHour() })));
      }
    });

    it('of one kind does not stand in for the other', async () => {
      const { id, token } = await givenMarketer(test);
      const claims = { sub: id, exp: inAnHour(), iat: inAnHour() - 3600 };
      // A log-in token is no subscriber's, even where the operator has put the same secret in both places.
      const oneSecret = await startTestApp({ databaseUrl: test.url, subscriberJwtSecret: SESSION_SECRET });
      expectStatus(403, await oneSecret.api.as(token).get('/me/follows'));
      const asSubscriber = await oneSecret.api
        .as(await sign(claims, { secret: SESSION_SECRET }))
        .get('/whoami');
      expect(asSubscriber.body).toMatchObject({ kind: 'subscriber' });
      await oneSecret.stop();
      // A token of the app that calls itself a log-in token is none.
      expectStatus(401, await whoAmI(await sign(claims, { typ: SESSION_TYPE })));
      expectStatus(401, await whoAmI(await sign(claims, { secret: SESSION_SECRET })));
    });

    it("of a log-in ends, and is nobody's when its person is gone", async () => {
      const { id, token } = await givenMarketer(test);
      const session = { secret: SESSION_SECRET, typ: SESSION_TYPE };
      const claims = { sub: id, iat: inAnHour() - 7200, sid: decodeJwt(token).sid };
      expectStatus(200, await whoAmI(await sign({ ...claims, exp: inAnHour() }, session)));
      expectStatus(401, await whoAmI(await sign({ ...claims, exp: inAnHour() - 3601 }, session)));
      expectStatus(401, await whoAmI(await sign(claims, session)));
      const nobody = { ...claims, sub: '00000000-0000-7000-8000-000000000000', exp: inAnHour() };
      expectStatus(401, await whoAmI(await sign(nobody, session)));
      const other = await givenMarketer(test);
      const foreign = { ...claims, sid: decodeJwt(other.token).sid, exp: inAnHour() };
      expectStatus(401, await whoAmI(await sign(foreign, session)));
      for (const sid of [undefined, 1, 'rosa', "' OR true --"]) {
        expectStatus(401, await whoAmI(await sign({ ...claims, sid, exp: inAnHour() }, session)));
      }
    });

    it('comes as a bearer token, and in no other way', async () => {
      const ask = (authorization: string) => test.api.get('/whoami', { authorization });
      expectStatus(200, await ask(`Bearer ${ADMIN_KEY}`));
      expectStatus(200, await ask(`bearer  ${ADMIN_KEY}`));
      const refused = expectStatus(401, await ask(`Basic ${Buffer.from(ADMIN_KEY).toString('base64')}`));
      expect(refused.headers['www-authenticate']).toBe('Bearer');
      expectStatus(401, await ask(ADMIN_KEY));
      expectStatus(401, await test.api.get(`/whoami?access_token=${encodeURIComponent(ADMIN_KEY)}`));
    });
  });

  it('shows every kind of principal who it is', async () => {
    const brand = await givenBrand(test);
    const kinds: [Api, object][] = [
      [test.admin, { kind: 'admin-key', user: null, accounts: [] }],
      [brand.owner, { kind: 'user', id: brand.ownerId }],
    ];
    for (const [api, expected] of kinds) expect((await api.get('/whoami')).body).toMatchObject(expected);
    const made = await brand.owner.post<{ id: string; secret: string }>(brand.path('/api-keys'), {
      name: 'x',
    });
    expect((await test.api.as(made.body.secret).get('/whoami')).body).toMatchObject({
      kind: 'account-key',
      id: made.body.id,
      accounts: [{ accountId: brand.id, role: 'editor' }],
    });
  });
});
