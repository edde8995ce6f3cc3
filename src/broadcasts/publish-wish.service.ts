import { Injectable } from '@nestjs/common';
import { isDueBeforeNextTick } from './wake-up';

/**
 * "Publish now" is "scheduled for now, wake the scheduler". The wish is only a hint to this process's scheduler: if
 * nobody listens, or another replica publishes, the next tick finds the broadcast all the same.
 */
@Injectable()
export class PublishWish {
  private readonly listeners: (() => void)[] = [];

  onWish(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Of something that has been scheduled: it may be due before the scheduler looks again. */
  wishIfSoon(scheduledAt: Date, now: Date): void {
    if (isDueBeforeNextTick(scheduledAt, now)) this.wish();
  }

  wish(): void {
    for (const listener of this.listeners) listener();
  }
}
