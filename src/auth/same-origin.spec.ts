import { isFromOurPages, isHarmlessOrOurs } from './same-origin';

const sender = (headers: object, method = 'POST', protocol = 'http') => ({
  method,
  protocol,
  host: 'fanfare.example:3000',
  headers,
});

describe('a request that a browser has signed in by itself', () => {
  it.each([
    ['our own page', { 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['a neighbour under the same domain', { 'sec-fetch-site': 'same-site' }, false],
    ['the address bar', { 'sec-fetch-site': 'none' }, false],
    [
      'another site that forges an origin',
      { 'sec-fetch-site': 'cross-site', origin: 'http://fanfare.example:3000' },
      false,
    ],
    ['our own page on plain http', { origin: 'http://fanfare.example:3000' }, true],
    ['the same host by another scheme', { origin: 'https://fanfare.example:3000' }, false],
    ['another port', { origin: 'http://fanfare.example' }, false],
    ['a sandbox', { origin: 'null' }, false],
    ['nobody who says so', {}, false],
  ])('from %s', (_, headers, ours) => {
    expect(isFromOurPages(sender(headers))).toBe(ours);
  });

  it('is compared by scheme over https too, whatever the case of the host', () => {
    const over = (origin: string) => isFromOurPages(sender({ origin }, 'POST', 'https'));
    expect(over('https://FANFARE.example:3000')).toBe(true);
    expect(over('http://fanfare.example:3000')).toBe(false);
  });

  it('may read from anywhere', () => {
    expect(isHarmlessOrOurs(sender({}, 'GET'))).toBe(true);
    expect(isHarmlessOrOurs(sender({}, 'DELETE'))).toBe(false);
  });
});
