import { readConfig } from './config';
import { startWarnings } from './start-warnings';

const OURS = { PUSH_CONTACT: 'mailto:ops@campus.edu' };
const warningsFor = (environment: Record<string, string>) =>
  startWarnings(readConfig({ ...OURS, ...environment }));

describe('at its start the server warns', () => {
  it('of nothing where all is as it should be', () => {
    expect(warningsFor({})).toEqual([]);
    const issuer = { SUBSCRIBER_ISSUER: 'https://id.campus.edu/', SUBSCRIBER_AUDIENCE: 'fanfare' };
    expect(warningsFor({ ...issuer, SUBSCRIBER_JWKS_URL: 'https://id.campus.edu/jwks' })).toEqual([]);
    expect(warningsFor({ ...issuer, SUBSCRIBER_JWKS_URL: 'http://127.0.0.1:8080/jwks' })).toEqual([]);
  });

  it('of an issuer whose tokens for other apps would be taken, and of keys that come unprotected', () => {
    expect(warningsFor({ SUBSCRIBER_JWKS_URL: 'http://id.campus.edu/jwks' })).toEqual([
      expect.stringContaining('SUBSCRIBER_AUDIENCE is not set'),
      expect.stringContaining('SUBSCRIBER_ISSUER is not set'),
      expect.stringContaining('SUBSCRIBER_JWKS_URL is plain http'),
    ]);
  });

  it.each([
    '',
    'mailto:push@fanfare.invalid',
    'mailto:ops@example.com',
    'mailto:ops@app.example',
    'mailto:ops@localhost',
    'mailto:nobody',
    'https://localhost',
    'https://app.test/contact',
  ])('that push services will not know whom to write to: %p', (contact) => {
    const [warning] = warningsFor({ PUSH_CONTACT: contact });
    expect(warning).toContain('PUSH_CONTACT is a placeholder');
  });
});
