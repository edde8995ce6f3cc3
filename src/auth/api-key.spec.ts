import { randomBytes } from 'node:crypto';
import { makeApiKey, mayBeApiKey } from './api-key';

describe('an API key', () => {
  it('begins with a prefix that scanners can look for and ends with a checksum', () => {
    const key = makeApiKey(randomBytes(64));
    expect(key).toMatch(/^fan_[0-9A-Za-z]{38}$/);
    expect(mayBeApiKey(key)).toBe(true);
  });

  it('is known to be mistyped when any one character is changed', () => {
    const key = makeApiKey(randomBytes(64));
    for (let at = 4; at < key.length; at += 1) {
      const other = key[at] === 'x' ? 'y' : 'x';
      expect(mayBeApiKey(key.slice(0, at) + other + key.slice(at + 1))).toBe(false);
    }
    expect(mayBeApiKey(key.slice(0, -1))).toBe(false);
  });

  it('may have any other form when the operator chose it', () => {
    expect(mayBeApiKey('an operator may choose any text of 32 characters')).toBe(true);
  });
});
