import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '../errors/domain-error';

/** The fact `retryAfter`, in whole seconds, becomes the header `Retry-After`. */
export function tooManyRequests(
  waitMs: number,
  detail = 'Wait as long as the header Retry-After says.',
): DomainError {
  return new DomainError('too-many-requests', detail, { retryAfter: Math.max(1, Math.ceil(waitMs / 1000)) });
}

/**
 * Takes one from the budget of `key`.
 * @throws DomainError too-many-requests; what the store throws
 */
export async function consume(
  limiter: RateLimiterAbstract | undefined,
  key: string,
  detail?: string,
): Promise<void> {
  try {
    await limiter?.consume(key);
  } catch (refusal) {
    // The library rejects with the state of the budget where it is used up, and with an error where it cannot tell.
    if (refusal instanceof Error) throw refusal;
    throw tooManyRequests((refusal as RateLimiterRes).msBeforeNext, detail);
  }
}
