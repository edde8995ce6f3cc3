import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterAbstract } from 'rate-limiter-flexible';
import type { ClientNetworks } from '../http/client-address';
import { SETTINGS, type Settings } from '../settings';
import { AttemptsStore } from './attempts-store.service';
import { SITE_FACTOR } from './request-limits.service';
import { consume } from './too-many-requests';

const MINUTE_S = 60;

/** Log-ins, sign-ups and changes of a password by address, over all replicas. */
@Injectable()
export class SignInLimits {
  private readonly byNetwork: RateLimiterAbstract | undefined;
  private readonly bySite: RateLimiterAbstract | undefined;

  constructor(store: AttemptsStore, @Inject(SETTINGS) { authRateLimit }: Settings) {
    if (authRateLimit === 0) return;
    this.byNetwork = store.budget({ name: 'sign-in', points: authRateLimit, seconds: MINUTE_S });
    this.bySite = store.budget({
      name: 'sign-in-site',
      points: authRateLimit * SITE_FACTOR,
      seconds: MINUTE_S,
    });
  }

  /** @throws DomainError too-many-requests */
  async countByAddress({ network, site }: ClientNetworks): Promise<void> {
    await consume(this.byNetwork, network);
    if (site !== undefined) await consume(this.bySite, site);
  }
}
