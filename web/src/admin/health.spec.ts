import { backlogOf, markOf, markOfOverdue, type Health } from './health';

const well: Health = {
  scheduler: { hasTicked: true, tickAgeSeconds: 0.4, overdue: 0 },
  lateness: { publications: 1_000, p50Ms: 40, p99Ms: 380 },
  queues: [{ queue: 'events', waiting: 3, later: 1, active: 2, oldestSeconds: 0.2 }],
  openStreams: 12,
  asOf: '2026-11-22T08:00:00.000Z',
};

describe('the health of the platform', () => {
  it('is good while the scheduler ticks, publishes in time, and nothing waits for long', () => {
    expect(markOf(well)).toBe('good');
    expect(markOf({ ...well, lateness: { publications: 0, p50Ms: null, p99Ms: null } })).toBe('good');
    expect(backlogOf(well)).toBe(6);
  });

  it('is as bad as the worst of it', () => {
    expect(markOf({ ...well, scheduler: { ...well.scheduler, tickAgeSeconds: 8 } })).toBe('warn');
    expect(markOf({ ...well, scheduler: { ...well.scheduler, tickAgeSeconds: 31 } })).toBe('bad');
    expect(markOf({ ...well, scheduler: { ...well.scheduler, hasTicked: false } })).toBe('warn');
    expect(markOf({ ...well, lateness: { ...well.lateness, p99Ms: 12_000 } })).toBe('bad');
    const stuck = well.queues.map((queue) => ({ ...queue, oldestSeconds: 500 }));
    expect(markOf({ ...well, queues: stuck })).toBe('bad');
  });

  it('minds what is overdue more when nobody ticks', () => {
    expect(markOfOverdue({ hasTicked: true, tickAgeSeconds: 0.5, overdue: 2 })).toBe('warn');
    expect(markOfOverdue({ hasTicked: true, tickAgeSeconds: 60, overdue: 2 })).toBe('bad');
  });
});
