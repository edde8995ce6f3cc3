import { createHash, createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { SETTINGS, type Settings } from '../settings';
import { AttemptsStore } from './attempts-store.service';
import { pauseAfter } from './guess-pause';
import { tooManyRequests } from './too-many-requests';

const DAY_S = 86_400;
const FAMILIAR_FOR = '90 days';
const MAX_FAMILIAR_NETWORKS = 20;

/** Between account and network in the key of a familiar network's budget. */
const FROM = ' from ';

/** Whose password somebody tries, and from where. */
export interface Guess {
  readonly email: string;
  readonly network: string;
}

/**
 * Wrong passwords by the account that is attacked, over all replicas and wherever they come from. A network from which
 * its owner has logged in has a budget of its own, so that strangers' guesses do not lock the owner out. Addresses that
 * nobody has signed up with are counted alike: the answers do not tell who has.
 */
@Injectable()
export class Guesses {
  private readonly wrong: RateLimiterAbstract | undefined;
  private readonly turns: RateLimiterAbstract | undefined;

  constructor(
    private readonly database: DataSource,
    store: AttemptsStore,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {
    if (settings.authRateLimit === 0) return;
    this.wrong = store.budget({ name: 'guesses', points: 1, seconds: DAY_S });
    this.turns = store.budget({ name: 'guess-turns', points: 1, seconds: DAY_S });
  }

  /**
   * Counts the guess before it is checked, as a wrong one.
   * @returns the budget it was counted in, for `right`
   * @throws DomainError too-many-requests
   */
  async begin(guess: Guess): Promise<string | undefined> {
    if (!this.wrong) return undefined;
    const budget = await this.budgetOf(guess);
    const { consumedPoints } = await this.wrong.penalty(budget);
    const pause = pauseAfter(consumedPoints - 1);
    if (pause > 0) await this.takeTurn(budget, pause);
    return budget;
  }

  /** The password was right: the guess is not counted. */
  async right(userId: string, { network }: Guess, budget: string | undefined): Promise<void> {
    if (budget === undefined) return;
    // What strangers have guessed stays counted.
    if (budget.includes(FROM)) await this.wrong?.delete(budget);
    else await this.wrong?.reward(budget);
    await this.remember(userId, network);
  }

  /** This network is familiar from now on. */
  async remember(userId: string, network: string): Promise<void> {
    if (!this.wrong) return;
    await this.database.query(
      `INSERT INTO familiar_networks (user_id, network_hash, last_used_at) VALUES ($1, $2, fanfare_now())
       ON CONFLICT (user_id, network_hash) DO UPDATE SET last_used_at = excluded.last_used_at`,
      [userId, this.hashOf(network)],
    );
    await this.database.query(
      `DELETE FROM familiar_networks WHERE user_id = $1 AND network_hash IN (
         SELECT network_hash FROM familiar_networks WHERE user_id = $1
          ORDER BY last_used_at DESC, network_hash OFFSET $2)`,
      [userId, MAX_FAMILIAR_NETWORKS],
    );
  }

  /** One guess a pause. Those that are refused are not counted: nobody makes the pause longer by asking. */
  private async takeTurn(budget: string, pause: number): Promise<void> {
    try {
      await this.turns?.consume(budget, 1, { customDuration: pause });
    } catch (refusal) {
      await this.wrong?.reward(budget);
      if (refusal instanceof Error) throw refusal;
      throw tooManyRequests(
        (refusal as RateLimiterRes).msBeforeNext,
        'Too many wrong passwords for this account. Wait as long as the header Retry-After says.',
      );
    }
  }

  private async budgetOf({ email, network }: Guess): Promise<string> {
    const account = createHash('sha256').update(email).digest('base64url');
    const [familiar] = await this.database.query<unknown[]>(
      `SELECT 1 FROM users u JOIN familiar_networks f ON f.user_id = u.id
        WHERE u.email = $1 AND f.network_hash = $2 AND f.last_used_at > fanfare_now() - $3::interval`,
      [email, this.hashOf(network), FAMILIAR_FOR],
    );
    return familiar === undefined
      ? account
      : `${account}${FROM}${this.hashOf(network).toString('base64url')}`;
  }

  /** Under a key: there are few enough addresses to try them all. */
  private hashOf(network: string): Buffer {
    return createHmac('sha256', this.settings.sessionSecret).update(`network ${network}`).digest();
  }
}
