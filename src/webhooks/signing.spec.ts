import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { makeSecret, signedHeaders } from './signing';

const later = (hours: number) => new Date(Date.now() + hours * 3_600_000);

describe('the signature of a message', () => {
  const secret = makeSecret(randomBytes(32));
  const alone = { secret, previousSecret: null, previousSecretUntil: null };
  const id = '0197f000-0000-7000-8000-000000000001';

  it('is one that the Standard Webhooks verifier takes, whatever the body says', () => {
    const verifier = new Webhook(secret);
    fc.assert(
      fc.property(fc.json(), fc.uuid(), (body, someId) => {
        const headers = signedHeaders(alone, { id: someId, body }, new Date());
        expect(verifier.verify(body, headers)).toEqual(JSON.parse(body));
      }),
      { numRuns: 2_000 },
    );
  });

  it('fits no other body, id or instant', () => {
    const verifier = new Webhook(secret);
    const headers = signedHeaders(alone, { id, body: '{"n":1}' }, new Date());
    expect(() => verifier.verify('{"n":2}', headers)).toThrow();
    expect(() => verifier.verify('{"n":1}', { ...headers, 'webhook-id': 'other' })).toThrow();
    expect(() => verifier.verify('{"n":1}', { ...headers, 'webhook-timestamp': '1' })).toThrow();
    expect(() => new Webhook(makeSecret(randomBytes(32))).verify('{"n":1}', headers)).toThrow();
  });

  it('is there twice while a secret is being replaced, and once after', () => {
    const old = makeSecret(randomBytes(32));
    const sign = (until: Date) =>
      signedHeaders(
        { secret, previousSecret: old, previousSecretUntil: until },
        { id, body: '{}' },
        new Date(),
      );
    const during = sign(later(1));
    for (const key of [secret, old]) expect(new Webhook(key).verify('{}', during)).toEqual({});
    const after = sign(later(-1));
    expect(new Webhook(secret).verify('{}', after)).toEqual({});
    expect(() => new Webhook(old).verify('{}', after)).toThrow();
  });

  it('is made with secrets of 24 to 64 random bytes after whsec_', () => {
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  });
});
