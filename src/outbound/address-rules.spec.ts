import fc from 'fast-check';
import { AddressRules } from './address-rules';

describe('where an outgoing request may go', () => {
  const strict = new AddressRules([]);

  it.each(['1.1.1.1', '8.8.8.8', '93.184.215.14', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1'])(
    'to %s',
    (address) => {
      expect(strict.mayDial(address)).toBe(true);
    },
  );

  it.each(['2606:4700::1111', '2a00:1450:4001:82a::200e', '2400:cb00::1', '::ffff:8.8.8.8'])(
    'to %s',
    (address) => {
      expect(strict.mayDial(address)).toBe(true);
    },
  );

  it.each(['', 'hooks.example', '1.2.3', '0x7f000001', 'fe80::1%eth0', '[::1]', '1.1.1.1 '])(
    'not to "%s", which is no address as resolvers write them',
    (text) => {
      expect(strict.mayDial(text)).toBe(false);
    },
  );

  it('not to any IPv4 address mapped, translated or embedded in IPv6 that is not public itself', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte, byte), ([a, b, c, d]) => {
        const v4 = `${a}.${b}.${c}.${d}`;
        expect(strict.mayDial(`::ffff:${v4}`)).toBe(strict.mayDial(v4));
        for (const prefix of ['::', '64:ff9b::', '64:ff9b:1::', '::ffff:0:']) {
          expect(strict.mayDial(`${prefix}${v4}`)).toBe(false);
        }
        const hex = [a * 256 + b, c * 256 + d].map((word) => word.toString(16)).join(':');
        for (const embedded of [`2002:${hex}::1`, `2001:0:${hex}::1`])
          expect(strict.mayDial(embedded)).toBe(false);
      }),
    );
  });

  it('to the networks that the operator allows, whichever way the address is written', () => {
    const rules = new AddressRules(['10.1.0.0/16', '::1/128']);
    expect(rules.mayDial('10.1.255.255')).toBe(true);
    expect(rules.mayDial('::ffff:10.1.0.1')).toBe(true);
    expect(rules.mayDial('::1')).toBe(true);
    expect(rules.mayDial('10.2.0.0')).toBe(false);
    expect(rules.mayDial('127.0.0.1')).toBe(false);
  });
});
