import { headingsOf, periodAt, periodsFrom, shifted } from './periods';

describe('periods', () => {
  it('are months of service accounts and days of the others, in the zone of the account', () => {
    const lateInNovember = Date.parse('2026-11-30T22:30:00Z');
    expect(periodAt(lateInNovember, 'service', 'UTC')).toBe('2026-11');
    expect(periodAt(lateInNovember, 'service', 'Asia/Shanghai')).toBe('2026-12');
    expect(periodAt(lateInNovember, 'subscription', 'Asia/Shanghai')).toBe('2026-12-01');
  });

  it('follow one another over the ends of months and years', () => {
    expect(shifted('2026-11', 2)).toBe('2027-01');
    expect(shifted('2026-11', -11)).toBe('2025-12');
    expect(shifted('2027-03-01', -1)).toBe('2027-02-28');
    expect(periodsFrom('2026-12', 3)).toEqual(['2026-12', '2027-01', '2027-02']);
  });

  it('are headed by what changes', () => {
    expect(headingsOf(['2026-11', '2026-12', '2027-01'], 'en-GB')).toEqual([
      { upper: '2026', lower: 'Nov' },
      { upper: '', lower: 'Dec' },
      { upper: '2027', lower: 'Jan' },
    ]);
    expect(headingsOf(['2026-11-30', '2026-12-01'], 'en-GB')).toEqual([
      { upper: 'Nov', lower: '30' },
      { upper: 'Dec', lower: '1' },
    ]);
  });
});
