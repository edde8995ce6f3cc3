import { backOff } from './back-off';
import type { Outcome, Tried } from './outcome';

/** How a kind of receiver means its answers. */
export interface Manners {
  /** Statuses that say: there is nobody here any more. */
  readonly gone: readonly number[];
  /** Whether another status than 2xx may pass by itself. */
  readonly passes: (status: number) => boolean;
}

/** Push services mean what they say: only too many requests and their own troubles pass. */
export const PUSH_SERVICE: Manners = {
  gone: [404, 410],
  passes: (status) => status === 429 || status === 408 || status >= 500,
};

/** An operator's gateway is configured by people: whatever is wrong may be mended. */
export const GATEWAY_SERVER: Manners = { gone: [410], passes: () => true };

/**
 * What follows from one try.
 * @param tries with this one
 * @param timeToLive seconds for which the message is still worth being shown: it is not tried later
 * @param chance from 0 to 1
 */
export function outcomeOf(
  manners: Manners,
  { status, failure = 'unreachable', retryAfter }: Tried,
  { tries, timeToLive, chance }: { tries: number; timeToLive: number; chance: number },
): Outcome {
  if (status !== null && status >= 200 && status < 300) return { status: 'delivered' };
  if (status !== null && manners.gone.includes(status)) return { status: 'gone' };
  const reason = status === null ? failure : `status-${status}`;
  // An address that is not allowed may be one by mistake for a while: names are moved.
  const passes = status === null || manners.passes(status);
  const pause = passes ? backOff(tries, retryAfter, chance) : undefined;
  if (pause === undefined) return { status: 'failed', reason };
  return pause < timeToLive ? { status: 'pending', pause } : { status: 'failed', reason: 'expired' };
}
