import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './http';

/** Often enough to see an outage of a second, in milliseconds. */
const INTERVAL = 50;

interface Look {
  readonly at: number;
  readonly status: number;
}

/** Asks a process without pause whether it lives and whether it can work, as whoever runs it would. */
export class Prober {
  /** What was not answered 200 by the route that asks nothing of anybody. */
  readonly notLive: string[] = [];
  /** The longest that either question took, in milliseconds. */
  slowest = 0;
  private readonly looks: Look[] = [];
  private readonly stopping = new AbortController();
  private readonly probing: Promise<unknown>;

  constructor(address: () => string) {
    const live = this.keepAsking(
      () => `${address()}/health/live`,
      (status) => {
        if (status !== 200) this.notLive.push(String(status));
      },
    );
    const ready = this.keepAsking(
      () => `${address()}/health/ready`,
      (status) => {
        this.looks.push({ at: performance.now(), status });
      },
    );
    this.probing = Promise.all([live, ready]);
  }

  /** When it was first seen ready, or not, since then. By performance.now(). */
  firstSince(since: number, status: 200 | 503): number | undefined {
    return this.looks.find((look) => look.at > since && look.status === status)?.at;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.probing;
  }

  private async keepAsking(url: () => string, onStatus: (status: number) => void): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        const { status, took } = await ask('GET', url());
        this.slowest = Math.max(this.slowest, took);
        onStatus(status);
      } catch (error) {
        this.notLive.push(String(error));
      }
      await delay(INTERVAL);
    }
  }
}
