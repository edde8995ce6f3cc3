import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import { AttemptsStore } from '../auth/attempts-store.service';
import type { Principal } from '../auth/principal';
import { consume } from '../auth/too-many-requests';
import { SETTINGS, type Settings } from '../settings';
import { PREVIEW_CODE_MINUTES } from './preview-code';

const MAX_WRONG_CODES = 10;

const TOO_MANY =
  'Too many wrong preview codes. Wait as long as the header Retry-After says, and ask for a new code then.';

/** Preview codes that were entered and not right, by account and by person, over all replicas: codes cannot be guessed. */
@Injectable()
export class CodeAttempts {
  private readonly budget: RateLimiterAbstract | undefined;

  constructor(store: AttemptsStore, @Inject(SETTINGS) { authRateLimit }: Settings) {
    if (authRateLimit === 0) return;
    const seconds = PREVIEW_CODE_MINUTES * 60;
    this.budget = store.budget({ name: 'preview-codes', points: MAX_WRONG_CODES, seconds });
  }

  /**
   * Counts the attempt as a wrong one before the code is looked at, so that many at once are no way around it.
   * @throws DomainError too-many-requests
   */
  async count(caller: Principal, accountId: string): Promise<void> {
    for (const key of keysOf(caller, accountId)) await consume(this.budget, key, TOO_MANY);
  }

  /** The code was right: the attempt is not counted. */
  async right(caller: Principal, accountId: string): Promise<void> {
    for (const key of keysOf(caller, accountId)) await this.budget?.reward(key);
  }
}

/** A user has one budget over all of their brands. */
function keysOf(caller: Principal, accountId: string): string[] {
  return caller.kind === 'user' ? [`account:${accountId}`, `user:${caller.id}`] : [`account:${accountId}`];
}
