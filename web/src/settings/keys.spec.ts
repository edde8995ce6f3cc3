import { endOf, stateOf } from './keys';

const NOW = Date.parse('2026-11-22T10:00:00Z');

describe('a key', () => {
  it('lasts as long as was asked for', () => {
    expect(endOf('never', NOW)).toBeNull();
    expect(endOf('30', NOW)).toBe('2026-12-22T10:00:00.000Z');
  });

  it('works until it expires or is revoked', () => {
    expect(stateOf({ expiresAt: null, revokedAt: null }, NOW)).toBe('active');
    expect(stateOf({ expiresAt: '2026-11-22T10:00:01Z', revokedAt: null }, NOW)).toBe('active');
    expect(stateOf({ expiresAt: '2026-11-22T10:00:00Z', revokedAt: null }, NOW)).toBe('expired');
    expect(stateOf({ expiresAt: null, revokedAt: '2026-11-20T10:00:00Z' }, NOW)).toBe('revoked');
  });
});
