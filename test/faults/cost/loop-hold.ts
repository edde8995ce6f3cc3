import { setImmediate as nextTurn } from 'node:timers/promises';

/** How often it looks, in milliseconds. */
const LOOK_INTERVAL_MS = 2;

/**
 * For how long the event loop of this process, in which the server runs, was held at the worst. Waiting for a processor
 * that others use is not holding: of the time that passed between two looks, only as much counts as this process worked.
 */
export class LoopHold {
  private worst = 0;
  private last = performance.now();
  private used = process.cpuUsage();
  private readonly timer = setInterval(() => {
    this.look();
  }, LOOK_INTERVAL_MS);

  /** In milliseconds, since it was asked the last time. */
  async take(): Promise<number> {
    await nextTurn();
    this.look();
    const { worst } = this;
    this.worst = 0;
    return worst;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { user, system } = process.cpuUsage(this.used);
    const now = performance.now();
    this.worst = Math.max(this.worst, Math.min(now - this.last, (user + system) / 1_000));
    this.used = process.cpuUsage();
    this.last = now;
  }
}
