import fc from 'fast-check';
import { ConfigError, readConfig } from '../config';
import { describeDatabase, parseDatabaseUrl } from './database-url';

const refusal = (url: string): string => {
  try {
    parseDatabaseUrl(url);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('DATABASE_URL', () => {
  it.each([
    [
      'postgres://fan:pw@db:5432/fan1',
      { user: 'fan', password: 'pw', host: 'db', port: 5432, database: 'fan1' },
    ],
    [
      'postgresql://fan:pw@/fan1?host=/run/postgresql',
      { user: 'fan', host: '/run/postgresql', database: 'fan1' },
    ],
    [
      'postgres:///fan1?host=/run/postgresql&user=fan',
      { user: 'fan', host: '/run/postgresql', database: 'fan1' },
    ],
    ['postgres://fan:pw@%2Frun%2Fpostgresql/fan1', { host: '/run/postgresql', database: 'fan1' }],
    ['postgres://fan:p%40ss%3Aw%2Frd%231%3F%2550@db/fan1', { password: 'p@ss:w/rd#1?%50' }],
    ['postgres://fan:p@s+s@db/fan1', { password: 'p@s+s', host: 'db' }],
    ['postgres://fan:p w@db/fan1', { password: 'p w' }],
    ['postgres://fan@[::1]:5433/fan1', { host: '::1', port: 5433, password: undefined }],
    ['postgres://db', { host: 'db', port: undefined, user: undefined, database: undefined }],
    ['postgres://fan:pw@db/fan%20db\n', { database: 'fan db' }],
    ['postgres://', { host: undefined, database: undefined }],
    ['postgres://db/f?options=-c%20search_path%3Dapp', { options: '-c search_path=app' }],
    ['postgres://db/f?options=-c+search_path%3Dapp', { options: '-c search_path=app' }],
    [
      'postgres://db/f?sslmode=verify-full&sslrootcert=system',
      { sslMode: 'verify-full', sslRootCert: 'system' },
    ],
    ['postgres://db/f?ssl=true', { sslMode: 'require' }],
    [
      'postgres://db/f?connect_timeout=10&application_name=x&channel_binding=prefer',
      { connectTimeoutSeconds: 10 },
    ],
    [
      'postgres://db:1/f?password=p%26w&user=u&port=2&dbname=g',
      { password: 'p&w', user: 'u', port: 2, database: 'g' },
    ],
  ])('%j is taken', (url, expected) => {
    expect(parseDatabaseUrl(url)).toMatchObject(expected);
  });

  it.each([
    ['postgres://fan:s3cret#w@db:5432/fan1', '# as %23'],
    ['postgres://fan:s3cret/w@db:5432/fan1', '/ as %2F'],
    ['postgres://fan:s3cret?w@db:5432/fan1', '? as %3F'],
    ['postgres://fan:s3cret%off@db:5432/fan1', 'write it as %25'],
    ['postgres://fan:s3cret@a,b/fan1', 'one host'],
    ['postgres://fan:s3cret@/f?host=a,b', 'one host'],
    ['postgres://fan:s3cret@::1/f', 'brackets'],
    ['postgres://fan:s3cret@db:port/f', 'port must be a number'],
    ['postgres://fan:s3cret@db/f?service=x', 'service'],
    ['postgres://fan:s3cret@db/f?passfile=/x', 'PGPASSFILE'],
    ['postgres://fan:s3cret@db/f?target_session_attrs=read-write', 'target_session_attrs'],
    ['postgres://fan:s3cret@db/f?channel_binding=require', 'channel_binding'],
    ['postgres://fan:s3cret@db/f?sslmode=on', 'sslmode'],
    ['postgres://fan:s3cret@db/f?colour=red', 'another parameter'],
    ['postgres://fan:s3cret@db/f?schema=app', 'schema'],
    ['host=db password=s3cret dbname=f', 'postgres://user:password@host/database'],
    ['jdbc:postgresql://db/f?user=fan&password=s3cret', 'not jdbc:postgresql://'],
    ['postgres+ssl://fan:s3cret@db/f', 'not postgres+ssl://'],
    ['mysql://fan:s3cret@db/f', 'not mysql://'],
    ['fan:s3cret@db/f', 'no postgres://'],
    ['s3cret://x', 'postgres://'],
  ])('%j is refused, and the reason told without the password', (url, reason) => {
    expect(refusal(url)).toContain(reason);
    expect(refusal(url)).not.toContain('s3cret');
  });

  it('is told, whatever stands in it, without any part of its password', () => {
    // Of letters that no message has, between any characters that somebody may forget to encode.
    const password = fc
      .array(fc.oneof(fc.constantFrom(...'#/%?@:&=+ []\\,'), fc.string({ maxLength: 3 })), { maxLength: 6 })
      .map((parts) => `ЖЖ${parts.join('Ж')}ЖЖ`);
    const form = fc.constantFrom<(password: string) => string>(
      (pw) => `postgres://fan:${pw}@db:5432/fan1`,
      (pw) => `postgres://fan:${pw}@/fan1?host=/run/postgresql`,
      (pw) => `postgres://fan:${encodeURIComponent(pw)}@db/f?sslmode=nonsense`,
      (pw) => `postgres://db/f?user=fan&password=${encodeURIComponent(pw)}&port=x`,
      (pw) => `jdbc:postgresql://db/f?password=${pw}`,
      (pw) => `host=db password=${pw}`,
      (pw) => `fan:${pw}://db`,
    );
    fc.assert(
      fc.property(form, password, (make, pw) => {
        const url = make(pw);
        const said = (() => {
          try {
            readConfig({ DATABASE_URL: url });
            return describeDatabase(parseDatabaseUrl(url));
          } catch (error) {
            expect(error).toBeInstanceOf(ConfigError);
            return `${(error as Error).message}\n${(error as Error).stack ?? ''}`;
          }
        })();
        expect(said).not.toContain('Ж');
        expect(said).not.toContain('%D0%96');
      }),
      { numRuns: 2_000 },
    );
  });
});
