import fc from 'fast-check';
import { normalAddress } from './client-address';
import { readForwarded } from './forwarded';

const PEER = '10.0.0.1';
const address = (header: string | undefined, trusted = 1, peer = PEER) =>
  readForwarded({ for: header }, peer, trusted).address;

describe('an address', () => {
  it.each([
    ['203.0.113.2', '203.0.113.2'],
    ['203.0.113.2:50000', '203.0.113.2'],
    ['203.0.113.2:', '203.0.113.2'],
    [' 203.0.113.2 ', '203.0.113.2'],
    ['2001:DB8::5', '2001:db8::5'],
    ['2001:0db8:0:0:0:0:0:5', '2001:db8::5'],
    ['[2001:db8::5]', '2001:db8::5'],
    ['[2001:db8::5]:443', '2001:db8::5'],
    ['"[2001:db8::5]:443"', '2001:db8::5'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::ffff:203.0.113.11', '203.0.113.11'],
    ['::ffff:cb00:710b', '203.0.113.11'],
    ['unknown', undefined],
    ['_hidden', undefined],
    ['', undefined],
    ['203.0.113', undefined],
    ['203.0.113.256', undefined],
    ['host.example:80', undefined],
  ])('%s is %s', (text, normal) => {
    expect(normalAddress(text)).toBe(normal);
  });

  it('in any spelling and with any port is one and the same', () => {
    const spellings = (ip: string) => [ip, `${ip}:50000`, ` ${ip}`, `::ffff:${ip}`, `[::ffff:${ip}]:1`];
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), (v4, v6) => {
        expect(new Set(spellings(v4).map(normalAddress))).toEqual(new Set([v4]));
        const forms = [v6, v6.toUpperCase(), `[${v6}]`, `[${v6}]:80`].map(normalAddress);
        expect(new Set(forms).size).toBe(1);
        expect(forms[0]).toBeDefined();
      }),
    );
  });
});

describe('what proxies say of a request', () => {
  it.each<[string, string | undefined, number, string]>([
    ['nobody is trusted', '203.0.113.2', 0, PEER],
    ['there is no proxy', undefined, 1, PEER],
    ['one wrote the client with its port', '203.0.113.2:50000', 1, '203.0.113.2'],
    ['one wrote nothing', '', 1, PEER],
    ['one did not know', 'unknown', 1, PEER],
    ['one hides it', '_secret', 1, PEER],
    ['somebody forged what stands on the left', '1.1.1.1, 203.0.113.2', 1, '203.0.113.2'],
    ['two are trusted', '203.0.113.2, 10.0.0.7:80', 2, '203.0.113.2'],
    ['two are trusted, one is there', '203.0.113.2', 2, '203.0.113.2'],
    ['the farther one did not know', 'unknown, 10.0.0.7', 2, '10.0.0.7'],
    ['the nearer one did not know', '1.1.1.1, unknown', 2, PEER],
    ['spaces and IPv6', ' [2001:DB8::5]:443 ,\t10.0.0.7 ', 2, '2001:db8::5'],
    ['several headers', '1.1.1.1,203.0.113.2', 1, '203.0.113.2'],
  ])('where %s', (_, header, trusted, client) => {
    expect(address(header, trusted)).toBe(client);
  });

  it('cannot be forged: what a client writes stands left of what the trusted ones add', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), fc.integer({ min: 1, max: 3 }), (forged, client, trusted) => {
        const added = [client, ...Array.from({ length: trusted - 1 }, (_, n) => `10.0.0.${n + 2}`)];
        expect(address([forged, ...added].join(', '), trusted)).toBe(client);
      }),
    );
  });

  it.each<[string, string | undefined, number, string | undefined]>([
    ['https', 'https', 1, 'https'],
    ['HTTPS', 'HTTPS', 1, 'https'],
    ['a list of two trusted ones', 'https,http', 2, 'https'],
    ['a list of which the last is trusted', 'https, http', 1, 'http'],
    ['nonsense', 'gopher', 1, undefined],
    ['nothing', undefined, 1, undefined],
    ['nobody who is trusted', 'https', 0, undefined],
  ])('of the protocol: %s', (_, proto, trusted, protocol) => {
    expect(readForwarded({ proto }, PEER, trusted).protocol).toBe(protocol);
  });

  it.each<[object, string | undefined]>([
    [{ host: 'fanfare.lan' }, 'fanfare.lan'],
    [{ host: 'fanfare.lan', port: '8080' }, 'fanfare.lan:8080'],
    [{ host: 'fanfare.lan:8080', port: '8080' }, 'fanfare.lan:8080'],
    [{ host: 'fanfare.lan', port: 'x' }, 'fanfare.lan'],
    [{ host: 'forged.example, fanfare.lan' }, 'fanfare.lan'],
    [{ port: '8080' }, undefined],
    [{ host: '' }, undefined],
    [{ host: '[2001:db8::1]', port: '8080' }, '[2001:db8::1]:8080'],
    [{ host: '[2001:db8::1]:443', port: '8080' }, '[2001:db8::1]:443'],
    [{ host: 'fanfare.lan', port: '99999' }, 'fanfare.lan'],
    [{ host: 'fanfare.lan', port: '0' }, 'fanfare.lan'],
    [{ host: 'fanfare.lan:99999' }, undefined],
    [{ host: 'fanfare.lan/path' }, undefined],
    [{ host: 'user@fanfare.lan' }, undefined],
    [{ host: '<script>' }, undefined],
    [{ host: '\\\\fanfare.lan' }, undefined],
    [{ host: 'fan fare.lan' }, undefined],
    [{ host: '[2001:db8::1' }, undefined],
    [{ host: 'a'.repeat(256) }, undefined],
  ])('of the host: %j', (headers, host) => {
    expect(readForwarded(headers, PEER, 1).host).toBe(host);
  });

  it('of the host is one that can stand in a link, whatever the headers say', () => {
    const item = fc.oneof(fc.string(), fc.domain(), fc.webAuthority({ withPort: true, withUserInfo: true }));
    fc.assert(
      fc.property(item, fc.option(fc.string(), { nil: undefined }), (host, port) => {
        const read = readForwarded({ host, ...(port !== undefined && { port }) }, PEER, 1).host;
        if (read === undefined) return;
        const link = new URL(`https://${read}/path`);
        expect([link.username, link.password, link.pathname]).toEqual(['', '', '/path']);
      }),
    );
  });
});
