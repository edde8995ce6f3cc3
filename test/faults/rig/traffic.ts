import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { subscriberToken } from '../../support/event-stream';
import { hello, type Brand } from '../../support/given';
import type { Balancer } from './balancer';
import type { Prng } from './seed';
import { size } from './size';

/** Between two requests of a person, in milliseconds; in the short form there are other suites at work. */
const LONGEST_PAUSE = size(100, 20);

/** People who read, write and publish, almost without pause. */
export class Traffic {
  /** Broadcasts that were accepted, to go out at once. */
  readonly scheduled: string[] = [];
  private readonly stopping = new AbortController();
  private readonly people: Promise<void>[] = [];

  /** @param accounts of the brand's owner, to whom all of it is addressed */
  constructor(
    private readonly brand: Brand,
    private readonly accounts: readonly string[],
    private readonly random: Prng,
  ) {}

  /** One more of them. With `keepAlive`, one connection serves for many requests. */
  add(balancer: Balancer, keepAlive: boolean): void {
    this.people.push(this.keepAsking(balancer, keepAlive));
  }

  /** Resolves when everybody has the answer to their last request. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.people);
  }

  private async keepAsking(balancer: Balancer, keepAlive: boolean): Promise<void> {
    const agent = keepAlive ? new Agent({ keepAlive: true }) : undefined;
    const own = { ...(agent && { agent }), token: this.brand.owner.token ?? '' };
    const reader = { ...own, token: await subscriberToken('somebody') };
    while (!this.stopping.signal.aborted) {
      await delay(this.random.between(0, LONGEST_PAUSE));
      const account = this.random.pick(this.accounts);
      const act = this.random.next();
      if (act < 0.5) await balancer.ask('GET', '/me/inbox', reader);
      else if (act < 0.8) await balancer.ask('GET', `/accounts/${account}/quota`, own);
      else await this.publish(balancer, account, own);
    }
    agent?.destroy();
  }

  /** Until the account's month is full, which is no failure either. */
  private async publish(balancer: Balancer, account: string, own: { token: string }): Promise<void> {
    const body = { content: hello, schedule: { now: true } };
    const answer = await balancer.ask<{ id: string }>('POST', `/accounts/${account}/broadcasts`, {
      ...own,
      body,
    });
    if (answer?.status === 201) this.scheduled.push(answer.body.id);
  }
}
