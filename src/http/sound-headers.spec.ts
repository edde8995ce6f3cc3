import { complaintAboutHost } from './sound-headers';

const headers = (...hosts: readonly string[]) => hosts.flatMap((host) => ['Host', host]);

describe('the Host header', () => {
  it.each([
    'fanfare.example',
    'fanfare.example:8443',
    'FANFARE.example.',
    'my_service:3000',
    'xn--bcher-kva.example',
    '192.0.2.1',
    '192.0.2.1:80',
    '[2001:db8::1]',
    '[2001:db8::1]:3000',
    '[::ffff:192.0.2.1]',
    '%C3%BC.example',
    'host:',
    'a:65535',
  ])('may be %s', (host) => {
    expect(complaintAboutHost('1.1', headers(host))).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    ':80',
    'a b',
    'a"b',
    '<script>',
    'a/b',
    'a?b',
    'a#b',
    'user@a',
    'a:80:80',
    'a:eighty',
    'a:123456',
    'a:65536',
    '2001:db8::1',
    '[2001:db8::1',
    '[2001:db8::1]x',
    '[]',
    '[not::hex]',
    'bücher.example',
    '%zz',
    'a\\b',
    'a,b',
    'a'.repeat(256),
  ])('is refused where it is “%s”', (host) => {
    expect(complaintAboutHost('1.1', headers(host))).toMatch(/^The Host header/);
  });

  it('is refused where it comes twice, whatever the two say', () => {
    expect(complaintAboutHost('1.1', headers('a', 'a'))).toBe('Send one Host header, not several.');
  });

  it('is demanded of HTTP/1.1 alone: in HTTP/1.0 there was none', () => {
    expect(complaintAboutHost('1.1', [])).toMatch('Send a Host header');
    expect(complaintAboutHost('1.0', [])).toBeUndefined();
  });
});
