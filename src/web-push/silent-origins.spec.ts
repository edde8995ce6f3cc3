import { SilentOrigins } from './silent-origins';

describe('an origin', () => {
  it('is silent after sixteen tries without an answer, and well again after one', () => {
    const origins = new SilentOrigins();
    for (let tries = 1; tries <= 15; tries += 1) origins.note('https://a.example', false);
    expect(origins.has('https://a.example')).toBe(false);
    origins.note('https://a.example', false);
    expect([origins.has('https://a.example'), origins.has('https://b.example')]).toEqual([true, false]);
    origins.note('https://a.example', true);
    expect(origins.has('https://a.example')).toBe(false);
  });

  it('is forgotten when a thousand others have come after it: memory is bounded', () => {
    const origins = new SilentOrigins();
    for (let tries = 1; tries <= 16; tries += 1) origins.note('https://a.example', false);
    for (let other = 1; other <= 1_000; other += 1) origins.note(`https://${other}.example`, false);
    expect(origins.has('https://a.example')).toBe(false);
  });
});
