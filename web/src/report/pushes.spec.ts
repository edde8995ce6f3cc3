import { channelsOf, nextLook } from './pushes';

const NOTHING = { pending: 0, delivered: 0, gone: 0, skipped: 0, failed: {} };

function pushes(more: object = {}) {
  return { status: 'running' as const, completedAt: null, webPush: NOTHING, gateway: NOTHING, ...more };
}

describe('what was pushed', () => {
  it('is told of the channels that had anything, with the outcomes that there were', () => {
    const webPush = { ...NOTHING, pending: 3, delivered: 90, failed: { expired: 1, 'status-503': 6 } };
    expect(channelsOf(pushes({ webPush }))).toEqual([
      {
        id: 'webPush',
        total: 100,
        settled: 97,
        outcomes: [
          { id: 'delivered', count: 90 },
          { id: 'pending', count: 3 },
          { id: 'failed', count: 7 },
        ],
        failures: [
          { reason: 'status-503', count: 6 },
          { reason: 'expired', count: 1 },
        ],
      },
    ]);
    expect(channelsOf(pushes())).toEqual([]);
  });
});

describe('the next look', () => {
  const report = {
    broadcastId: 'b',
    recipients: 0,
    reads: 0,
    unfollows: 0,
    reports: 0,
    asOf: '2026-11-10T09:30:00.000Z',
  };
  it.each([
    ['running', '2026-11-09T09:30:00.000Z', 2_000],
    ['completed', '2026-11-10T09:29:59.000Z', 30_000],
    ['none', '2026-11-10T09:29:59.000Z', 2_000],
    ['none', '2026-11-10T09:28:59.000Z', 30_000],
  ] as const)('when pushing is %s, of a broadcast of %s', (status, publishedAt, pause) => {
    expect(nextLook({ ...report, pushes: pushes({ status }) }, publishedAt)).toBe(pause);
  });
});
