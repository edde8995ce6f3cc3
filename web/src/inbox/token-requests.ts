import { untilRenewal, type HandedToken } from './handed-token';

/** What is known of the requests for a token that the page around the frame was sent. */
export interface Requests {
  /** Milliseconds since 1970; undefined before the first one. */
  readonly lastAt: number | undefined;
  /** How many in a row have brought nothing that lasts longer than what was there. */
  readonly unanswered: number;
  /** Until when the longest token lasts that was ever handed in. */
  readonly lastsUntil: number;
}

export const NO_REQUESTS: Requests = { lastAt: undefined, unanswered: 0, lastsUntil: 0 };

const MIN_PAUSE_MS = 60_000;
const MAX_PAUSE_MS = 15 * 60_000;
/** The longest that a timer can be set for. */
const MAX_TIMER_MS = 2_147_483_647;

export function requested(requests: Requests, now: number): Requests {
  return { ...requests, lastAt: now, unanswered: requests.unanswered + 1 };
}

/** A token that lasts no longer than the last one, as out of a cache, does not count as an answer. */
export function answered(requests: Requests, token: HandedToken): Requests {
  if (token.expiresAt <= requests.lastsUntil) return requests;
  return { ...requests, unanswered: 0, lastsUntil: token.expiresAt };
}

/**
 * How long to wait before the next request: a minute before the token ends, at once where there is none; but never
 * sooner than a minute after the last request, and later each time that one stays without an answer. A host that
 * answers from a cache, with short-lived tokens or not at all is not flooded.
 */
export function untilRequest(requests: Requests, token: HandedToken | undefined, now: number): number {
  const wanted = token ? untilRenewal(token, now) : 0;
  const { lastAt, unanswered } = requests;
  const pause = Math.min(MIN_PAUSE_MS * 2 ** Math.max(0, unanswered - 1), MAX_PAUSE_MS);
  const allowed = lastAt === undefined ? 0 : lastAt + pause - now;
  return Math.min(Math.max(wanted, allowed, 0), MAX_TIMER_MS);
}
