import { ConfigError, readConfig } from './config';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      databaseUrl: undefined,
      databasePool: 20,
      jobsDatabasePool: 4,
      jobsSchema: undefined,
      dataDir: '.data',
      autoApprove: false,
      lateLimit: 60,
      rateLimit: 1200,
      authRateLimit: 10,
      connectionsPerAddress: 1000,
      outboundAllow: [],
      outboundAllowBrands: [],
      hstsIncludeSubdomains: false,
      logLevel: 'info',
    });
  });

  it('takes the address at which people reach it without what would break a link', () => {
    const publicUrl = (text: string) => readConfig({ PUBLIC_URL: text }).publicUrl;
    expect(publicUrl('https://Fanfare.example/')).toBe('https://fanfare.example');
    for (const wrong of [
      'fanfare.example',
      'ftp://x.example',
      'https://x.example/?a',
      'https://u:p@x.example',
      'https://example.org/fanfare/',
    ]) {
      expect(() => publicUrl(wrong)).toThrow('PUBLIC_URL');
    }
  });

  it('treats an empty variable as absent', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ', ADMIN_API_KEY: '' })).toEqual(readConfig({}));
  });

  it('names every mistake at once', () => {
    const environment = {
      PORT: '70000',
      DATABASE_URL: 'mysql://localhost/x',
      ADMIN_API_KEY: 'too short',
      AUTO_APPROVE: 'yes',
      LATE_LIMIT: '-5',
      RATE_LIMIT: '1e3',
      CONNECTIONS_PER_ADDRESS: 'many',
      OUTBOUND_ALLOW: '10.0.0.0/8, 10.0.0.0/33',
      CORS_ORIGINS: 'https://app.example/path',
      EMBED_ORIGINS: '*',
      LOG_LEVEL: 'loud',
    };
    const mistakes = () => {
      try {
        readConfig(environment);
      } catch (error) {
        return (error as ConfigError).mistakes;
      }
      return [];
    };
    expect(mistakes().map((mistake) => mistake.split(' ')[0])).toEqual(
      expect.arrayContaining(Object.keys(environment)),
    );
    expect(mistakes()).toHaveLength(Object.keys(environment).length);
  });

  it('takes lists of issuers and audiences', () => {
    expect(
      readConfig({ SUBSCRIBER_ISSUER: 'https://id.example/', SUBSCRIBER_AUDIENCE: 'fanfare, inbox' }),
    ).toMatchObject({
      subscriberIssuers: ['https://id.example/'],
      subscriberAudiences: ['fanfare', 'inbox'],
    });
    for (const name of ['SUBSCRIBER_ISSUER', 'SUBSCRIBER_AUDIENCE'])
      for (const list of [',', 'a,', 'a,,b']) expect(() => readConfig({ [name]: list })).toThrow(name);
  });

  it('takes no name and password in the URL of a key set, and does not repeat them', () => {
    const read = () => readConfig({ SUBSCRIBER_JWKS_URL: 'https://fan:sesame@id.example/jwks' });
    expect(read).toThrow(/SUBSCRIBER_JWKS_URL must be .* without a name and password/);
    expect(read).not.toThrow(/sesame/);
  });

  it('refuses a path below which the pages could not be found', () => {
    expect(readConfig({ PUBLIC_URL: 'https://fanfare.example/', PUBLIC_PATH: '/' }).publicUrl).toBe(
      'https://fanfare.example',
    );
    for (const environment of [{ PUBLIC_PATH: '/fanfare' }, { PUBLIC_URL: 'https://example.org/fanfare' }])
      expect(() => readConfig(environment)).toThrow(/a host name of its own/);
  });

  it('refuses two ways of verifying subscribers', () => {
    expect(() =>
      readConfig({ SUBSCRIBER_JWT_SECRET: 'x'.repeat(32), SUBSCRIBER_JWKS_URL: 'https://id.example/jwks' }),
    ).toThrow(/exclude each other/);
  });
});
