import type { ListedBroadcast as Broadcast, QuotaPeriod } from '../api/types';
import { byDay, inAgenda, periodOfDay, placesOf, titleOf } from './places';

const broadcast = (given: Partial<Broadcast>): Broadcast => ({
  id: '0',
  accountId: 'a',
  status: 'scheduled',
  content: { type: 'text', text: 'Rye' },
  audience: { everyone: true },
  scheduledAt: '2026-11-24T08:00:00.000Z',
  publishedAt: null,
  recalledAt: null,
  missedReason: null,
  period: '2026-11',
  version: 1,
  createdBy: 'user:1',
  createdAt: '2026-11-01T08:00:00.000Z',
  updatedAt: '2026-11-01T08:00:00.000Z',
  ...given,
});

const november: QuotaPeriod = {
  period: '2026-11',
  startsAt: '2026-10-31T23:00:00.000Z',
  endsAt: '2026-11-30T23:00:00.000Z',
  allowance: 4,
  granted: 1,
  reserved: 1,
  used: 1,
  remaining: 3,
};

describe('the places of a period', () => {
  it('are held by what is scheduled and by what went out, recalled or not', () => {
    const published = broadcast({ id: '1', status: 'recalled', publishedAt: '2026-11-02T08:00:00.000Z' });
    const scheduled = broadcast({ id: '2' });
    const all = [
      scheduled,
      broadcast({ id: '3', status: 'cancelled', period: null }),
      broadcast({ id: '4', period: '2026-12' }),
      published,
    ];
    expect(placesOf(november, all)).toEqual([published, scheduled, 'free', 'free', 'free']);
  });
  it('are free only where the period says so, whatever part of its broadcasts is known', () => {
    const full = { ...november, used: 4, remaining: 0 };
    expect(placesOf(full, [broadcast({})])).toEqual([broadcast({}), 'taken', 'taken', 'taken', 'taken']);
    expect(placesOf({ ...november, remaining: 5 }, [])).toEqual(['free', 'free', 'free', 'free', 'free']);
  });
  it('are found by a day', () => {
    expect(periodOfDay([november], '2026-11-30')).toBe(november);
    expect(periodOfDay([november], '2026-12-01')).toBeUndefined();
  });
});

it('broadcasts stand on the days of the zone, in order; drafts on none', () => {
  const late = broadcast({ id: 'late', scheduledAt: '2026-11-24T23:30:00.000Z' });
  const early = broadcast({ id: 'early', scheduledAt: '2026-11-24T23:10:00.000Z' });
  const days = byDay([late, early, broadcast({ status: 'draft', scheduledAt: null })], 'Europe/Madrid');
  expect([...days]).toEqual([['2026-11-25', [early, late]]]);
});

describe('a list of days', () => {
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26'];
  const isTold = (day: string) => day !== '2026-11-25';
  it('begins with today', () => {
    expect(inAgenda(days, '2026-11-24', isTold)).toEqual({
      earlier: ['2026-11-23'],
      shown: ['2026-11-24', '2026-11-26'],
    });
  });
  it('is whole in another month', () => {
    const { earlier, shown } = inAgenda(days, '2026-12-01', isTold);
    expect([earlier, shown]).toEqual([[], ['2026-11-23', '2026-11-24', '2026-11-26']]);
  });
});

it('a title is the first line of what there is', () => {
  expect(titleOf({ type: 'text', text: '\nRye is back\nat seven' })).toBe('Rye is back');
  expect(titleOf({ type: 'image', url: 'https://bakery.example/rye.jpg' })).toBe('');
});
