import { sqlState } from './database';

describe("PostgreSQL's error code", () => {
  it.each(['08006', '0A000', '23505', '40P01', '57P01', 'P0001', 'XX000'])('is told from %s', (code) => {
    expect(sqlState(Object.assign(new Error(), { code }))).toBe(code);
  });

  it.each(['EPIPE', 'EPERM', 'ECONNRESET', 42, undefined])('is not what Node says: %s', (code) => {
    expect(sqlState(Object.assign(new Error(), { code }))).toBeUndefined();
  });

  it('is none of what is no error', () => {
    expect(sqlState(null)).toBeUndefined();
  });
});
