import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { clientNetworks, normalAddress } from './client-address';

const parts = (length: number, max: number) =>
  fc.array(fc.integer({ min: 0, max }), { minLength: length, maxLength: length });
const v4 = parts(4, 255).map((bytes) => bytes.join('.'));
const v6 = parts(8, 0xffff).filter(
  (words) => new ipaddr.IPv6(words).range() !== 'ipv4Mapped' && words[0] !== 0,
);
const port = fc.integer({ min: 0, max: 65_535 });

/** Ways in which people, proxies and libraries write one IPv6 address. */
function spellings(words: readonly number[], seed: number): string[] {
  const hex = words.map((word) => word.toString(16));
  const address = new ipaddr.IPv6([...words]);
  return [
    hex.join(':'),
    hex.join(':').toUpperCase(),
    hex.map((part) => part.padStart(4, '0')).join(':'),
    address.toString(),
    address.toRFC5952String(),
  ].flatMap((text) => [
    text,
    ` ${text} `,
    `[${text}]`,
    `[${text}]:${seed}`,
    `"[${text}]:${seed}"`,
    `${text}%eth0`,
    `[${text}%25eth0]:${seed}`,
  ]);
}

describe('the address of a client', () => {
  it('is the same in every spelling of one IPv4 address, with and without a port, mapped into IPv6 or not', () => {
    fc.assert(
      fc.property(v4, port, (address, number) => {
        const written = [
          address,
          `${address}:${number}`,
          `"${address}:${number}"`,
          ` ${address}`,
          `::ffff:${address}`,
          `::FFFF:${address}`,
          `[::ffff:${address}]:${number}`,
        ];
        expect(written.map(normalAddress)).toEqual(written.map(() => address));
      }),
    );
  });

  it('is the same in every spelling of one IPv6 address, with and without brackets, a port and a zone', () => {
    fc.assert(
      fc.property(v6, port, (words, number) => {
        const normal = new ipaddr.IPv6(words).toString();
        const written = spellings(words, number);
        expect(written.map(normalAddress)).toEqual(written.map(() => normal));
      }),
    );
  });

  it.each([
    '',
    'unknown',
    '_hidden',
    'host.example',
    'host.example:80',
    '1.2.3',
    '1.2.3.4.5',
    '::1::',
    '[::1',
    '256.1.1.1:80',
  ])('is not "%s"', (text) => {
    expect(normalAddress(text)).toBeUndefined();
  });

  it('never throws, whatever a header holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const address = normalAddress(text);
        expect(address === undefined || ipaddr.isValid(address)).toBe(true);
      }),
    );
  });
});

describe('the networks of a client', () => {
  it('are the address itself for IPv4', () => {
    fc.assert(
      fc.property(v4, port, (address, number) => {
        expect(clientNetworks(`${address}:${number}`)).toEqual({ network: address, site: undefined });
      }),
    );
  });

  it('are one /64 and one /48 for all addresses that share them, and others for all that do not', () => {
    fc.assert(
      fc.property(v6, v6, (words, others) => {
        const of = (all: number[]) => clientNetworks(new ipaddr.IPv6(all).toString());
        const mine = of(words);
        const neighbour = [...words.slice(0, 4), ...others.slice(4)];
        expect(of(neighbour)).toEqual(mine);
        expect(of([...words.slice(0, 3), ...others.slice(3)]).site).toBe(mine.site);
        const isNear = words.slice(0, 4).every((word, index) => word === others[index]);
        expect(of(others).network === mine.network).toBe(isNear);
      }),
    );
  });

  it('are those of the proxy where what it says is no address, and one for all where nothing is known', () => {
    expect(clientNetworks('unknown', '10.0.0.1')).toEqual(clientNetworks('10.0.0.1'));
    expect(clientNetworks(undefined, '_x')).toEqual({ network: 'unknown', site: undefined });
  });
});
