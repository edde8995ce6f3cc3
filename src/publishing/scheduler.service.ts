import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { schedule, type ScheduledTask } from 'node-cron';
import { PublishWish } from '../broadcasts/publish-wish.service';
import { wakeUpDelayMs } from '../broadcasts/wake-up';
import { stackOf } from '../errors/error-text';
import { SETTINGS, type Settings } from '../settings';
import { Publisher } from './publisher.service';
import { PublishingReport } from './publishing-report.service';

/** An outage is told once, and then every so many ticks. */
const TELL_EVERY = 30;

/** So long without a tick, in milliseconds, means that none will come. */
const STANDSTILL = 3_000;

/**
 * Ticks once a second, on every replica, at the instant at which the next broadcast is due, and whenever somebody wants to
 * publish now. Ticks never overlap, and one too many does no harm: what is due is decided by the database alone.
 */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Scheduler.name);
  private task: ScheduledTask | undefined;
  private watch: NodeJS.Timeout | undefined;
  /** Between two ticks of the cron; losing it costs a second at most. */
  private wakeUp: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private wanted = false;
  private stopped = false;
  private failures = 0;
  /** By the clock that nobody sets. */
  private lastBegun = 0;

  constructor(
    private readonly publisher: Publisher,
    private readonly report: PublishingReport,
    private readonly wish: PublishWish,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.scheduler) return;
    this.task = this.everySecond();
    this.watch = setInterval(() => {
      this.tickAnewAfterStandstill();
    }, STANDSTILL / 3);
    this.wish.onWish(() => void this.tick());
    // What came due while nobody was there need not wait for the next second.
    void this.tick();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.watch);
    clearTimeout(this.wakeUp);
    await this.task?.destroy();
    await this.running;
  }

  private everySecond(): ScheduledTask {
    return schedule('* * * * * *', () => this.tick(), {
      name: 'publish',
      // In a zone with clock changes node-cron drops or multiplies an hour of ticks.
      timezone: 'UTC',
      // A second left out does no harm: what was due then is due at the next one.
      suppressMissedWarning: true,
    });
  }

  /** Where this machine's clock was set back by an hour, node-cron waits an hour for it to come round again. */
  private tickAnewAfterStandstill(): void {
    if (this.running || performance.now() - this.lastBegun < STANDSTILL) return;
    this.log.warn(`No tick for ${STANDSTILL / 1000} s: was the clock set back? Ticking anew`);
    void this.task?.destroy();
    this.task = this.everySecond();
    void this.tick();
  }

  /** Publishes what is due. While a tick is at work, further ones become one more after it. Never rejects. */
  tick(): Promise<void> {
    if (this.stopped) return Promise.resolve();
    this.wanted = true;
    this.running ??= this.work();
    return this.running;
  }

  private async work(): Promise<void> {
    while (this.wanted) {
      this.wanted = false;
      const begun = performance.now();
      this.lastBegun = begun;
      try {
        const { published, missed } = await this.publisher.publishDue();
        this.report.emit({ at: new Date(), durationMs: performance.now() - begun, published, missed });
        this.tell(published.length, missed);
        this.wakeUpIn(wakeUpDelayMs(await this.publisher.msUntilNextDue()));
      } catch (error) {
        if (this.failures % TELL_EVERY === 0)
          this.log.error('The tick failed; the next one tries again', stackOf(error));
        this.failures += 1;
      }
    }
    // Together with the last look at `wanted`: a wish between the two would be lost until the next second.
    this.running = undefined;
  }

  private wakeUpIn(delayMs: number | undefined): void {
    clearTimeout(this.wakeUp);
    if (delayMs === undefined || this.stopped) return;
    this.wakeUp = setTimeout(() => void this.tick(), delayMs);
  }

  private tell(published: number, missed: readonly { readonly id: string; readonly reason: string }[]): void {
    if (this.failures > 0) this.log.warn(`Ticking again after ${this.failures} failed ticks`);
    this.failures = 0;
    if (published > 0) this.log.log(`Published ${published}`);
    for (const { id, reason } of missed) this.log.warn(`Missed broadcast ${id}: ${reason}`);
  }
}
