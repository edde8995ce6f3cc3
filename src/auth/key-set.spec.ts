import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { KeySetError, readKeySet } from './key-set-content';
import { KeySet, KeySetUnavailableError } from './key-set.service';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

class Issuer {
  readonly keys: JWK[] = [];
  fetches = 0;
  failure: string | undefined;
  private readonly secrets = new Map<string, Awaited<ReturnType<typeof generateKeyPair>>['privateKey']>();

  async adds(kid: string, more: object = {}): Promise<void> {
    const pair = await generateKeyPair('ES256', { extractable: true });
    this.secrets.set(kid, pair.privateKey);
    this.keys.push({ ...(await exportJWK(pair.publicKey)), kid, use: 'sig', ...more });
  }

  token(kid: string, header: object = { kid }): Promise<string> {
    const secret = this.secrets.get(kid);
    if (!secret) throw new Error(`There is no key ${kid}`);
    return new SignJWT({ sub: 'ana' }).setProtectedHeader({ alg: 'ES256', ...header }).sign(secret);
  }

  readonly download = (): Promise<string> => {
    this.fetches += 1;
    if (this.failure !== undefined) return Promise.reject(new KeySetError(this.failure));
    return Promise.resolve(JSON.stringify({ keys: this.keys }));
  };
}

describe('a key set', () => {
  let now = 0;
  let issuer: Issuer;
  let told: string[];
  let set: KeySet;

  beforeEach(async () => {
    now = 0;
    issuer = new Issuer();
    told = [];
    await issuer.adds('a');
    const watcher = {
      failed: (reason: string) => told.push(`failed: ${reason}`),
      recovered: (ms: number) => told.push(`recovered after ${ms / SECOND} s`),
      leftOut: (keys: readonly string[]) => told.push(`left out: ${keys.join()}`),
    };
    set = new KeySet(issuer.download, watcher, () => now);
  });
  afterEach(() => {
    set.stop();
  });

  const isGood = async (kid: string, header?: { kid?: string }) => {
    const verified = await set.verify(await issuer.token(kid, header), header ? header.kid : kid);
    return verified instanceof Uint8Array || verified;
  };

  it('goes on being used for hours while the issuer answers nonsense, which is told once, as its return is', async () => {
    expect(await isGood('a')).toBe(true);
    issuer.failure = 'it answers with status 500';
    for (let hour = 1; hour <= 12; hour += 1) {
      now = hour * HOUR;
      await set.refresh();
      expect(await isGood('a')).toBe(true);
    }
    expect(set.isFailing).toBe(true);
    expect(set.ageSeconds).toBe(12 * 3_600);
    issuer.failure = undefined;
    now += 30 * SECOND;
    await set.refresh();
    expect(told).toEqual(['failed: it answers with status 500', `recovered after ${11 * 3_600 + 30} s`]);
    expect(set.isFailing).toBe(false);
  });

  it('does not judge an unknown key while the issuer is away, but does judge a known one', async () => {
    expect(await isGood('a')).toBe(true);
    await issuer.adds('b');
    issuer.failure = 'no answer within 5 s';
    now = 31 * SECOND;
    await expect(isGood('b')).rejects.toThrow(KeySetUnavailableError);
    await expect(isGood('b', {})).rejects.toThrow(KeySetUnavailableError);
    expect(await isGood('b', { kid: 'a' })).toBe('wrong-signature');
    expect(await isGood('a')).toBe(true);
  });

  it('without any key yet, tries again after 5 s', async () => {
    issuer.failure = 'it answers with status 404';
    await expect(isGood('a')).rejects.toThrow(KeySetUnavailableError);
    await expect(isGood('a')).rejects.toThrow(KeySetUnavailableError);
    expect(issuer.fetches).toBe(1);
    issuer.failure = undefined;
    now = 5 * SECOND;
    expect(await isGood('a')).toBe(true);
  });

  it('learns a new key within 30 s, and asks no more often however many unknown ones are named', async () => {
    expect(await isGood('a')).toBe(true);
    await issuer.adds('b');
    now = 1 * SECOND;
    expect(await isGood('b')).toBe('unknown-key');
    for (let n = 0; n < 100; n += 1)
      expect(await set.verify(await issuer.token('b'), 'b')).toBe('unknown-key');
    expect(issuer.fetches).toBe(1);
    now = 30 * SECOND;
    expect(await Promise.all([isGood('b'), isGood('b'), isGood('b')])).toEqual([true, true, true]);
    expect(issuer.fetches).toBe(2);
  });

  it('learns a key that came in the place of another of the same name, or of none', async () => {
    issuer.keys.splice(0);
    await issuer.adds('a', { kid: undefined });
    expect(await isGood('a', {})).toBe(true);
    issuer.keys.splice(0);
    await issuer.adds('a', { kid: undefined });
    now = 30 * SECOND;
    expect(await isGood('a', {})).toBe(true);
  });

  it('tries each of several keys for a token that names none', async () => {
    await issuer.adds('b');
    await issuer.adds('c');
    for (const kid of ['a', 'b', 'c']) expect(await isGood(kid, {})).toBe(true);
  });

  it('leaves out what cannot verify, says so once, and uses the others', async () => {
    issuer.keys.push(
      { kty: 'AKP', kid: 'pq', alg: 'ML-DSA-44', pub: 'AAAA' },
      { kty: 'RSA', kid: 'broken', n: '!', e: 'AQAB' },
      { kty: 'RSA', kid: 'short', n: 'q1Z8', e: 'AQAB' },
      { kty: 'oct', kid: 'secret', k: 'AAAA' },
      { kty: 'EC', kid: 'nowhere', crv: 'P-256', x: 'AAAA', y: 'AAAA' },
      null as unknown as JWK,
      42 as unknown as JWK,
    );
    expect(await isGood('a')).toBe(true);
    now = HOUR;
    await set.refresh();
    expect(told).toHaveLength(1);
    for (const name of ['"pq"', '"broken"', '"short"', '"secret"', '"nowhere"', 'key 7', 'key 8'])
      expect(told[0]).toContain(name);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html>Moved</html>'],
    ['a list', '[]'],
    ['no keys', '{"keys":[]}'],
    ['null', 'null'],
    ['a text as keys', '{"keys":"none"}'],
    ['only keys for encryption', '{"keys":[{"kty":"RSA","use":"enc"}]}'],
    ['endless keys', JSON.stringify({ keys: Array.from({ length: 101 }, () => ({})) })],
  ])('is not what this is: %s', (_, text) => {
    expect(() => readKeySet(text)).toThrow(KeySetError);
  });

  it('refuses private keys', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const leaked = await exportJWK(privateKey);
    expect(() => readKeySet(JSON.stringify({ keys: [leaked] }))).toThrow(/private/);
  });
});
