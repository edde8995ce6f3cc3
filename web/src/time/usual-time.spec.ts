import { usualTime, usualTimeFrom } from './usual-time';

describe('the usual time of an account', () => {
  it('is its first posting time that names one time of day, else nine', () => {
    expect(usualTime(['30 8 * * 1-5'])).toEqual({ hour: 8, minute: 30 });
    expect(usualTime(['*/5 * * * *'])).toEqual({ hour: 9, minute: 0 });
  });
  it('is offered instead of the midnight at which a period begins', () => {
    expect(usualTimeFrom('2026-12-31T23:00:00.000Z', [], 'Europe/Madrid')).toBe('2027-01-01T08:00:00.000Z');
    const evening = '2027-01-01T20:00:00.000Z';
    expect(usualTimeFrom(evening, ['30 8 * * *'], 'Europe/Madrid')).toBe(evening);
  });
});
