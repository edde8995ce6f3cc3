import { closest } from './unknown-fields';

describe('a field that a request does not have', () => {
  const known = ['timeZone', 'postingTimes', 'name', 'at', 'description'];

  it.each([
    ['time_zone', 'timeZone'],
    ['TimeZone', 'timeZone'],
    ['time-zone', 'timeZone'],
    ['timezone', 'timeZone'],
    ['timeZones', 'timeZone'],
    ['postngTimes', 'postingTimes'],
    ['posting_times', 'postingTimes'],
    ['nmae', undefined],
    ['nam', 'name'],
    ['descripton', 'description'],
  ])('%s is taken for a slip of %s', (field, meant) => {
    expect(closest(field, known)).toBe(meant);
  });

  it.each(['', 'x', 'zone', 'status', 'x'.repeat(10_000)])('%.10s is taken for none', (field) => {
    expect(closest(field, known)).toBeUndefined();
  });
});
