import { Inject, Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { SETTINGS, type Settings } from '../settings';
import { clientOf, type Client } from '../http/client';
import type { PrincipalRequest } from './access.decorator';
import type { Principal } from './principal';
import { RecentTokens } from './recent-tokens';
import { consume } from './too-many-requests';

const MINUTE_S = 60;

/** An IPv6 /48 may be one customer or many: it has so many times the budget of a /64. */
export const SITE_FACTOR = 8;

/** Tokens that are remembered as good, in one process. */
const MAX_RECENT_TOKENS = 20_000;

/**
 * How often one may ask. Whoever is unknown is counted by address, and before anything is looked up for them; what
 * proves to come from somebody known counts for that principal alone, since an office shares one address. A token that
 * was good lately is not held back by what others at its address do. Each process counts for itself.
 */
@Injectable()
export class RequestLimits {
  private readonly byPrincipal: RateLimiterMemory | undefined;
  private readonly byNetwork: RateLimiterMemory | undefined;
  private readonly bySite: RateLimiterMemory | undefined;
  private readonly recentTokens = new RecentTokens(MAX_RECENT_TOKENS);
  private readonly countedByAddress = new WeakSet<PrincipalRequest>();

  constructor(@Inject(SETTINGS) { rateLimit }: Settings) {
    if (rateLimit === 0) return;
    this.byPrincipal = new RateLimiterMemory({ points: rateLimit, duration: MINUTE_S });
    this.byNetwork = new RateLimiterMemory({ points: rateLimit, duration: MINUTE_S });
    this.bySite = new RateLimiterMemory({ points: rateLimit * SITE_FACTOR, duration: MINUTE_S });
  }

  /**
   * Before anything is looked up.
   * @throws DomainError too-many-requests
   */
  async countByAddress(request: PrincipalRequest): Promise<void> {
    if (!isCounted(request) || this.isRecent(request)) return;
    await this.count(request);
  }

  /**
   * For what is refused before there is a route: a path that is malformed, a method that it does not take.
   * @throws DomainError too-many-requests
   */
  async countNowhere(request: Client): Promise<void> {
    await this.consume(request);
  }

  /**
   * For what has no good credentials, or needs none. A token that is not good any more is not remembered any longer.
   * @throws DomainError too-many-requests
   */
  async countUnknown(request: PrincipalRequest): Promise<void> {
    if (!isCounted(request) || this.countedByAddress.has(request)) return;
    const credentials = credentialsOf(request);
    if (credentials !== undefined) this.recentTokens.delete(credentials);
    await this.count(request);
  }

  /**
   * Gives back what was counted by address, and counts for the principal.
   * @throws DomainError too-many-requests
   */
  async countByPrincipal(request: PrincipalRequest, principal: Principal): Promise<void> {
    if (!this.byPrincipal) return;
    const credentials = credentialsOf(request);
    if (credentials !== undefined) this.recentTokens.add(credentials);
    if (this.countedByAddress.delete(request)) await this.giveBack(request);
    await consume(this.byPrincipal, budgetOf(principal));
  }

  /** Where there is no route nobody looks at credentials, so that they do not count there. */
  private isRecent(request: PrincipalRequest): boolean {
    const credentials = credentialsOf(request);
    return !request.is404 && credentials !== undefined && this.recentTokens.has(credentials);
  }

  private async count(request: PrincipalRequest): Promise<void> {
    await this.consume(request);
    this.countedByAddress.add(request);
  }

  private async consume(client: Client): Promise<void> {
    const { network, site } = clientOf(client);
    await consume(this.byNetwork, network);
    if (site !== undefined) await consume(this.bySite, site);
  }

  private async giveBack(request: PrincipalRequest): Promise<void> {
    const { network, site } = clientOf(request);
    await this.byNetwork?.reward(network);
    if (site !== undefined) await this.bySite?.reward(site);
  }
}

/** Not the pages, the documents and what machines ask for, often; but all that leads nowhere. */
function isCounted({ is404, url }: PrincipalRequest): boolean {
  return is404 || /^\/v1(?:\/|$)/i.test(url);
}

function credentialsOf({ headers }: PrincipalRequest): string | undefined {
  return headers.authorization ?? headers.cookie;
}

/** The keys of one account share one: fifty keys are not fifty times as many requests. */
function budgetOf(principal: Principal): string {
  return principal.kind === 'account-key'
    ? `account:${principal.accountId}`
    : `${principal.kind}:${principal.id}`;
}
