import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenMarketer, givenSubscriber, PASSWORD, unique } from './support/given';

const WRONG = 'wrong-wrong-1';
const from = (address: string) => ({ 'x-forwarded-for': address });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe('attempts', () => {
  let open: TestApp;
  /** Five log-ins a minute, in two replicas. */
  let few: TestApp;
  let fewToo: TestApp;
  /** A hundred. */
  let many: TestApp;
  /** Five requests a minute. */
  let limited: TestApp;

  beforeAll(async () => {
    open = await startTestApp();
    const start = (limits: { authRateLimit?: number; rateLimit?: number }) =>
      startTestApp({ databaseUrl: open.url, trustedProxies: 1, ...limits });
    few = await start({ authRateLimit: 5 });
    fewToo = await start({ authRateLimit: 5 });
    many = await start({ authRateLimit: 100 });
    limited = await start({ rateLimit: 5 });
  });
  beforeEach(() => open.database.query('DELETE FROM attempts'));
  afterAll(async () => {
    for (const app of [few, fewToo, many, limited, open]) await app.stop();
  });

  async function statusesOf(
    app: TestApp,
    addresses: readonly string[],
    email = unique('nobody') + '@example.org',
  ) {
    const statuses: number[] = [];
    for (const address of addresses) {
      statuses.push((await app.api.post('/login', { email, password: WRONG }, from(address))).status);
    }
    return statuses;
  }
  const some = (refusedFrom: number, of: number) => times(of, (n) => (n < refusedFrom ? 401 : 429));

  describe('to log in', () => {
    it.each([
      ['one address with another port each', (n: number) => `203.0.113.2:${50_000 + n}`],
      ['one /64 of IPv6', (n: number) => `2001:db8:1:1::${(n + 1).toString(16)}`],
      [
        'one IPv6 address with brackets, ports and zones',
        (n: number) => [`[2001:db8:2::5]:${n}`, '2001:0DB8:2::5', '2001:db8:2:0::5%eth0'][n % 3] ?? '',
      ],
      [
        'one IPv4 address, also mapped into IPv6',
        (n: number) => ['203.0.113.11', '::ffff:203.0.113.11', '[::ffff:203.0.113.11]:80'][n % 3] ?? '',
      ],
      ['what is no address', (n: number) => `_hidden${n}`],
    ])('have one budget from %s', async (_, addressOf) => {
      expect(await statusesOf(few, times(12, addressOf))).toEqual(some(5, 12));
    });

    it('have a larger budget from one /48 of IPv6, and each IPv4 address has its own', async () => {
      const emails = (n: number) => `${unique('nobody')}-${n}@example.org`;
      const one = async (address: string, n: number) => (await statusesOf(few, [address], emails(n)))[0];
      const statuses = [];
      for (let n = 0; n < 42; n += 1) statuses.push(await one(`2001:db8:3:${n.toString(16)}::1`, n));
      expect(statuses).toEqual(some(40, 42));
      for (let n = 0; n < 10; n += 1) expect(await one(`198.51.100.${n}`, n)).toBe(401);
    });

    it('have one budget over all replicas, and those in the wrong form count in it', async () => {
      const [one, other] = [few, fewToo];
      const guess = (app: TestApp, body: object) => app.api.post('/login', body, from('203.0.113.9'));
      expectStatus(401, await guess(one, { email: 'a@example.org', password: WRONG }));
      expectStatus(401, await guess(one, { email: 'a@example.org', password: WRONG }));
      expectStatus(400, await guess(other, { email: 'a@example.org' }));
      expectStatus(400, await guess(one, {}));
      expectStatus(401, await guess(other, { email: 'b@example.org', password: WRONG }));
      expectStatus(429, await guess(one, { email: 'c@example.org', password: WRONG }));
      expectStatus(429, await guess(other, { email: 'c@example.org', password: WRONG }));
    });

    it('at one account from everywhere are paused, longer and longer, but not for its owner at an address of theirs', async () => {
      const { email } = await givenMarketer(open);
      const home = from('198.51.100.77');
      expectStatus(200, await many.api.post('/login', { email, password: PASSWORD }, home));
      const statuses = await statusesOf(
        many,
        times(20, (n) => `203.0.113.${n}`),
        email,
      );
      expect(statuses).toEqual(some(6, 20));
      const refused = await many.api.post('/login', { email, password: PASSWORD }, from('192.0.2.1'));
      expect(expectStatus(429, refused).body).toMatchObject({ type: '/problems/too-many-requests' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(15);
      for (let n = 0; n < 10; n += 1) {
        expectStatus(200, await many.api.post('/login', { email, password: PASSWORD }, home));
      }
      // The pause is over: one more guess, and a longer one begins.
      await open.database.query(`UPDATE attempts SET expire = 0 WHERE key LIKE 'guess-turns:%'`);
      expect(await statusesOf(many, ['192.0.2.1', '192.0.2.2'], email)).toEqual([401, 429]);
      const [{ left }] = await open.database.query<[{ left: string }]>(
        `SELECT max(expire - $1) / 1000 AS left FROM attempts WHERE key LIKE 'guess-turns:%'`,
        [Date.now()],
      );
      expect(Number(left)).toBeGreaterThan(20);
    });

    it('at an address that nobody has signed up with are paused alike', async () => {
      expect(
        await statusesOf(
          many,
          times(9, (n) => `203.0.113.${n}`),
        ),
      ).toEqual(some(6, 9));
    });

    it('begun all at once are checked no more often than one after another', async () => {
      const email = `${unique('nobody')}@example.org`;
      const guess = (n: number) =>
        many.api.post('/login', { email, password: WRONG }, from(`203.0.113.${n}`));
      const statuses = (await Promise.all(times(30, guess))).map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(6);
      expect(statuses.filter((status) => status === 429)).toHaveLength(24);
    });
  });

  describe('that are refused', () => {
    type Method = 'GET' | 'POST' | 'DELETE';
    async function ask(
      method: Method,
      url: string,
      headers: Record<string, string>,
    ): Promise<{ status: number }> {
      const { statusCode } = await limited.app.inject({ method, url, headers });
      return { status: statusCode };
    }

    const madeUp = { authorization: 'Bearer ff_made-up-and-long-enough-to-be-one-12345' };
    it.each<[string, string, Record<string, string>, Method?]>([
      ['a made-up key', '/v1/whoami', madeUp],
      ['guessed admin keys for a token', '/v1/admin/subscriber-tokens', madeUp, 'POST'],
      ['no credentials', '/v1/accounts', {}],
      ['an unknown path', '/v1/no-such-thing', {}],
      ['an unknown path outside the API', '/nothing/here.txt', {}],
      ['a method that is not taken', '/v1/whoami', {}, 'DELETE'],
      ['a malformed path', '/v1/%zz', {}],
      ['a malformed path outside the API', '/%c0%ae%zz', {}],
    ])('count by address: %s', async (name, path, headers, method = 'GET') => {
      const address = `198.51.100.${name.length}`;
      const statuses = [];
      for (let n = 0; n < 8; n += 1) {
        statuses.push((await ask(method, path, { ...headers, ...from(`${address}:${n}`) })).status);
      }
      expect(statuses.map((status) => (status === 429 ? 429 : 'refused'))).toEqual([
        ...times(5, () => 'refused'),
        ...times(3, () => 429),
      ]);
    });

    it('count for the principal where it is known: of an account of somebody else, of an admin', async () => {
      const [{ api, token }, brand] = [await givenMarketer(open), await givenBrand(open)];
      expectStatus(404, await api.get(brand.path()));
      const stranger = limited.api.as(token);
      for (let n = 0; n < 4; n += 1) expectStatus(404, await stranger.get(brand.path()));
      expectStatus(403, await stranger.get('/admin/users'));
      expectStatus(429, await stranger.get(brand.path()));
      expectStatus(429, await stranger.get('/admin/users'));
    });

    it('do not hold back who is known at the same address, nor does a known token open what counts by address', async () => {
      const { token } = await givenMarketer(open);
      const office = from('192.0.2.44');
      const known = { ...office, authorization: `Bearer ${token}` };
      expect(await ask('GET', '/v1/whoami', known)).toHaveProperty('status', 200);
      for (let n = 0; n < 5; n += 1)
        expect(await ask('GET', '/v1/nothing', office)).toHaveProperty('status', 404);
      expect(await ask('GET', '/v1/whoami', office)).toHaveProperty('status', 429);
      expect(await ask('GET', '/v1/whoami', known)).toHaveProperty('status', 200);
      expect(await ask('GET', '/v1/nothing', known)).toHaveProperty('status', 429);
      expect(await ask('GET', '/v1/directory', known)).toHaveProperty('status', 429);
    });
  });

  it('by the keys of one account share one budget; people at one address have their own', async () => {
    const brand = await givenBrand(open);
    const keys = [];
    for (let n = 0; n < 6; n += 1) {
      const { body } = expectStatus(
        201,
        await brand.owner.post<{ secret: string }>(brand.path('/api-keys'), {
          name: `k${n}`,
          role: 'viewer',
        }),
      );
      keys.push(body.secret);
    }
    const statuses = [];
    for (const key of keys) statuses.push((await limited.api.as(key).get(brand.path())).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    for (let n = 0; n < 8; n += 1) {
      const person = await givenSubscriber(open);
      expectStatus(200, await limited.api.as(person.token ?? '').get('/me/follows'));
    }
  });
});
