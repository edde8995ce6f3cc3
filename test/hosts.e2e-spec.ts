import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenMarketer, PASSWORD } from './support/given';

const APP = 'capacitor://localhost';

describe('behind a proxy, or called by pages of other hosts, the server', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({
      trustedProxies: 1,
      authRateLimit: 5,
      corsOrigins: [APP, 'https://app.example'],
    });
  });
  afterAll(() => app.stop());

  it.each(['/v1/%zz', '/v1/me/inbox/%', '/v1/nothing', '/v1/me/inbox', '/%'])(
    'lets pages of allowed origins see its refusal of %s, and no others',
    async (url) => {
      const asked = (origin: string) => app.app.inject({ url, headers: { origin } });
      const own = await asked(APP);
      expect(own.statusCode).toBeGreaterThanOrEqual(400);
      expect(own.headers['access-control-allow-origin']).toBe(APP);
      expect(own.headers['access-control-expose-headers']).toContain('ETag');
      expect(own.headers.vary).toContain('Origin');
      expect((await asked('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('counts log-ins by the address of the client, whichever port the proxy writes behind it', async () => {
    const statuses: number[] = [];
    for (let port = 50_000; port < 50_012; port += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.2:${port}` };
      const request = { email: 'nobody@example.org', password: 'wrong-wrong-1' };
      statuses.push((await app.api.post('/login', request, headers)).status);
    }
    expect(statuses.filter((status) => status === 401)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
  });

  it('says which hosts do not fit where a proxy does not pass the host on, and what it has to pass', async () => {
    const { email } = await givenMarketer(app);
    const logIn = (headers: Record<string, string>) =>
      app.api.post<{ detail: string }>(
        '/session',
        { email, password: PASSWORD },
        { 'x-forwarded-for': '203.0.113.9', ...headers },
      );
    const refused = await logIn({ host: '127.0.0.1:3000', origin: 'http://fanfare.lan' });
    expectStatus(403, refused);
    for (const words of ['http://fanfare.lan', 'http://127.0.0.1:3000', 'proxy_set_header Host'])
      expect(refused.body.detail).toContain(words);
    const passedOn: Record<string, string>[] = [
      { host: 'fanfare.lan', origin: 'http://fanfare.lan' },
      {
        host: 'inner:3000',
        'x-forwarded-host': 'fanfare.lan',
        'x-forwarded-port': '8080',
        origin: 'http://fanfare.lan:8080',
      },
      { host: 'fanfare.lan', 'x-forwarded-proto': 'https', origin: 'https://fanfare.lan' },
    ];
    for (const headers of passedOn) expectStatus(200, await logIn(headers));
    const bySite = await logIn({ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' });
    expect(expectStatus(403, bySite).body.detail).toContain('a page that is cross-site');
  });

  it('sends CSV only to those who want it more than JSON', async () => {
    const typeFor = async (accept: string) =>
      String((await app.admin.get('/admin/quota', { accept })).headers['content-type']).split(';')[0];
    expect(await typeFor('application/json, text/csv;q=0.1')).toBe('application/json');
    expect(await typeFor('text/csv;q=0, application/json')).toBe('application/json');
    expect(await typeFor('text/csv')).toBe('text/csv');
    expect(await typeFor('*/*')).toBe('application/json');
  });
});
