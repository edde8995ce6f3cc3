import { awaitDatabase } from '../src/await-database';
import { cloneDatabase, type TestDatabase } from './support/database';
import { TlsFront } from './support/tls-front';

describe('sslmode means what it means to libpq', () => {
  let clone: TestDatabase;
  let secured: TlsFront;
  let plain: TlsFront;
  beforeAll(async () => {
    clone = await cloneDatabase();
    secured = await TlsFront.start(clone.url, true);
    plain = await TlsFront.start(clone.url, false);
  }, 60_000);
  afterAll(async () => {
    await secured.stop();
    await plain.stop();
    await clone.drop();
  });

  /** How a start connects to the server: encrypted, plainly, or not at all and then why. */
  async function outcome(front: TlsFront, parameters: string, host = 'localhost'): Promise<string> {
    const before = { ...front.counts };
    const text = parameters.replace('CERT', encodeURIComponent(front.certificate));
    try {
      await awaitDatabase(front.url(host, clone.url, text));
    } catch (error) {
      return (error as Error).message;
    }
    return front.counts.encrypted > before.encrypted ? 'encrypted' : 'plain';
  }

  it.each([
    ['disable', 'plain'],
    ['allow', 'encrypted'],
    ['prefer', 'encrypted'],
    ['require', 'encrypted'],
    ['no-verify', 'encrypted'],
    ['verify-ca&sslrootcert=CERT', 'encrypted'],
    ['verify-full&sslrootcert=CERT', 'encrypted'],
    ['require&sslrootcert=CERT', 'encrypted'],
  ])('with a server that offers TLS by its own certificate: %s is %s', async (mode, expected) => {
    expect(await outcome(secured, `sslmode=${mode}`)).toBe(expected);
  });

  it('verify-ca looks at the authority and not at the name, verify-full at both', async () => {
    expect(await outcome(secured, 'sslmode=verify-ca&sslrootcert=CERT', '127.0.0.1')).toBe('encrypted');
    const said = await outcome(secured, 'sslmode=verify-full&sslrootcert=CERT', '127.0.0.1');
    expect(said).toMatch(/refuses: .*127\.0\.0\.1/);
  }, 60_000);

  it('verify-full does not take a certificate that nobody has signed, and the message names the ways out', async () => {
    const said = await outcome(secured, 'sslmode=verify-full');
    expect(said).toMatch(/refuses: self-signed certificate.*sslrootcert.*sslmode=require/);
  }, 60_000);

  it('with a server without TLS: prefer does without, require does not', async () => {
    expect(await outcome(plain, 'sslmode=prefer')).toBe('plain');
    expect(await outcome(plain, 'sslmode=disable')).toBe('plain');
    expect(await outcome(plain, 'sslmode=require')).toContain('does not support SSL');
  }, 60_000);

  it('what cannot be read is said at once', async () => {
    expect(await outcome(secured, 'sslmode=verify-ca')).toContain('needs sslrootcert');
    expect(await outcome(secured, 'sslmode=verify-full&sslrootcert=/no/such/file')).toContain('(ENOENT)');
  });
});
