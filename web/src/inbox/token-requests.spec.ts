import fc from 'fast-check';
import type { HandedToken } from './handed-token';
import { answered, NO_REQUESTS, requested, untilRequest, type Requests } from './token-requests';

const MINUTE = 60_000;
const tokenUntil = (expiresAt: number): HandedToken => ({ token: 't', sub: 'ana', expiresAt });

describe('requests for a token', () => {
  it('are made at once without a token, and a minute before one ends', () => {
    expect(untilRequest(NO_REQUESTS, undefined, 0)).toBe(0);
    expect(untilRequest(NO_REQUESTS, tokenUntil(10 * MINUTE), 0)).toBe(9 * MINUTE);
  });

  it('grow further apart while nobody answers', () => {
    let [requests, now]: [Requests, number] = [requested(NO_REQUESTS, 0), 0];
    const pauses = Array.from({ length: 6 }, () => {
      const pause = untilRequest(requests, undefined, now);
      now += pause;
      requests = requested(requests, now);
      return pause / MINUTE;
    });
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it('grow further apart while the same token comes back, and not with new ones', () => {
    const cached = tokenUntil(45_000);
    const once = answered(requested(NO_REQUESTS, 0), cached);
    expect(untilRequest(once, cached, 0)).toBe(MINUTE);
    expect(untilRequest(answered(requested(once, MINUTE), cached), cached, MINUTE)).toBe(MINUTE);
    expect(answered(requested(requested(once, 0), 0), cached).unanswered).toBe(2);
    expect(answered(requested(once, MINUTE), tokenUntil(90_000)).unanswered).toBe(0);
  });

  it('are never sent twice within a minute, whatever the host answers', () => {
    const answer = fc.record({
      after: fc.integer({ min: 0, max: 5 * MINUTE }),
      lasts: fc.option(fc.integer({ min: -MINUTE, max: 20 * MINUTE })),
    });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 30 }), (answers) => {
        let [requests, token, now]: [Requests, HandedToken | undefined, number] = [NO_REQUESTS, undefined, 0];
        const sentAt: number[] = [];
        for (const { after, lasts } of answers) {
          const end = now + after;
          for (let wait = untilRequest(requests, token, now); now + wait <= end;) {
            now += wait;
            sentAt.push(now);
            requests = requested(requests, now);
            wait = untilRequest(requests, token, now);
          }
          now = end;
          token = lasts === null ? undefined : tokenUntil(now + lasts);
          if (token) requests = answered(requests, token);
        }
        sentAt
          .slice(1)
          .forEach((at, place) => expect(at - (sentAt[place] ?? 0)).toBeGreaterThanOrEqual(MINUTE));
      }),
    );
  });
});
