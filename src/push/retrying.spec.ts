import { GATEWAY_SERVER, outcomeOf, PUSH_SERVICE } from './retrying';

const early = { tries: 1, timeToLive: 86_400, chance: 0 };

describe('what follows from a try', () => {
  it('is delivered with any 2xx', () => {
    for (const status of [200, 201, 202, 204]) {
      expect(outcomeOf(PUSH_SERVICE, { status }, early)).toEqual({ status: 'delivered' });
    }
  });

  it('is for good what a push service says of a device or of the message', () => {
    expect(outcomeOf(PUSH_SERVICE, { status: 404 }, early)).toEqual({ status: 'gone' });
    expect(outcomeOf(PUSH_SERVICE, { status: 410 }, early)).toEqual({ status: 'gone' });
    expect(outcomeOf(PUSH_SERVICE, { status: 413 }, early)).toEqual({
      status: 'failed',
      reason: 'status-413',
    });
    expect(outcomeOf(PUSH_SERVICE, { status: 301 }, early)).toEqual({
      status: 'failed',
      reason: 'status-301',
    });
  });

  it('is another try when it may pass', () => {
    for (const status of [408, 429, 500, 503, null]) {
      expect(outcomeOf(PUSH_SERVICE, { status }, early)).toEqual({ status: 'pending', pause: 5 });
    }
    expect(outcomeOf(PUSH_SERVICE, { status: 429, retryAfter: 60 }, early)).toEqual({
      status: 'pending',
      pause: 60,
    });
  });

  it('is another try whatever a gateway says, but that it is gone', () => {
    for (const status of [302, 400, 404, 500]) {
      expect(outcomeOf(GATEWAY_SERVER, { status }, early)).toEqual({ status: 'pending', pause: 5 });
    }
    expect(outcomeOf(GATEWAY_SERVER, { status: 410 }, early)).toEqual({ status: 'gone' });
  });

  it('is given up after the sixth, or when the message would be stale by then', () => {
    const failed = { status: null, failure: 'timed-out' };
    expect(outcomeOf(PUSH_SERVICE, failed, { ...early, tries: 6 })).toEqual({
      status: 'failed',
      reason: 'timed-out',
    });
    expect(outcomeOf(PUSH_SERVICE, { status: 503 }, { ...early, timeToLive: 5 })).toEqual({
      status: 'failed',
      reason: 'expired',
    });
  });
});
