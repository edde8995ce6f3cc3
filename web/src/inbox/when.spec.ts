import { dayOf, dayWhen, shortWhen } from './when';

const clock = { now: Date.parse('2026-11-22T20:00:00Z'), timeZone: 'Europe/Madrid', locale: 'en-GB' };

describe('when something came', () => {
  it.each([
    ['2026-11-22T17:30:00Z', '18:30'],
    ['2026-11-21T23:30:00Z', '00:30'],
    ['2026-11-21T22:30:00Z', 'yesterday'],
    ['2026-11-17T09:00:00Z', 'Tue'],
    ['2026-11-10T09:00:00Z', '10 Nov'],
    ['2025-12-31T09:00:00Z', '31/12/2025'],
  ])('%s is, in a list, %s', (iso, words) => {
    expect(shortWhen(iso, clock)).toBe(words);
  });

  it('is said in the reader’s language', () => {
    expect(shortWhen('2026-11-21T12:00:00Z', { ...clock, locale: 'fr-FR' })).toBe('hier');
    expect(dayWhen('2026-11-22T12:00:00Z', { ...clock, locale: 'zh-CN' })).toBe('今天');
  });

  it('heads a day', () => {
    expect(dayWhen('2026-11-22T12:00:00Z', clock)).toBe('Today');
    expect(dayWhen('2026-11-21T12:00:00Z', clock)).toBe('Yesterday');
    expect(dayWhen('2026-11-10T12:00:00Z', clock)).toBe('Tuesday 10 November');
    expect(dayWhen('2025-11-10T12:00:00Z', clock)).toBe('10 November 2025');
  });

  it('belongs to a day of the reader’s zone', () => {
    expect(dayOf('2026-11-21T23:30:00Z', 'Europe/Madrid')).toBe('2026-11-22');
    expect(dayOf('2026-11-21T23:30:00Z', 'America/Lima')).toBe('2026-11-21');
  });
});
