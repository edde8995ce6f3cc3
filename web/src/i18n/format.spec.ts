import { formatsFor } from './format';

const INSTANT = '2026-11-24T23:30:00.000Z';

describe('formats', () => {
  const british = formatsFor('en-GB');

  it('show an instant in the zone that is asked for', () => {
    expect(british.instant(INSTANT, 'Europe/Madrid')).toBe('25 Nov 2026, 00:30');
    expect(british.day(INSTANT, 'America/New_York')).toBe('Tuesday 24 November');
    expect(british.date(INSTANT, 'Europe/Madrid')).toBe('25 Nov');
    expect(british.time(INSTANT, 'Asia/Kolkata')).toBe('05:00');
    expect(british.zone(INSTANT, 'Asia/Shanghai')).toBe('GMT+8');
  });

  it.each([
    ['en-GB', '2026-11', 'November 2026'],
    ['en-GB', '2026-11-24', '24 November 2026'],
    ['fr-FR', '2026-11', 'novembre 2026'],
    ['zh-CN', '2026-11-24', '2026年11月24日'],
    ['en-GB', 'no period', 'no period'],
  ])('write in %s the period %s as %s', (locale, label, text) => {
    expect(formatsFor(locale).period(label)).toBe(text);
  });

  it('say how long ago, and how long until', () => {
    const now = new Date(INSTANT).getTime();
    expect(british.relative('2026-11-24T20:30:00Z', now)).toBe('3 hours ago');
    expect(british.relative('2026-11-24T23:30:20Z', now)).toBe('in 20 seconds');
    expect(british.relative('2026-11-25T23:30:00Z', now)).toBe('tomorrow');
  });

  it('are made once for a locale', () => {
    expect(formatsFor('en-GB')).toBe(british);
    expect(formatsFor('fr-FR')).not.toBe(british);
  });

  it('write amounts', () => {
    expect(british.number(12_345)).toBe('12,345');
    expect(british.percent(0.125)).toBe('12.5%');
  });
});
