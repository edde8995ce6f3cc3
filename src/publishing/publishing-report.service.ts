import { performance } from 'node:perf_hooks';
import { Injectable, Logger } from '@nestjs/common';

/** What one tick of the scheduler did. A tick that found another replica at work did nothing, and is reported too. */
export interface TickReport {
  readonly at: Date;
  readonly durationMs: number;
  readonly published: readonly { readonly latenessMs: number }[];
  readonly missed: readonly { readonly reason: string }[];
}

/** Where the scheduler says what it did, after the commit, for whoever watches it. Watching cannot disturb publishing. */
@Injectable()
export class PublishingReport {
  private readonly log = new Logger(PublishingReport.name);
  private readonly listeners: ((tick: TickReport) => void)[] = [];
  private readonly startedMs = performance.now();
  private lastTickMs: number | undefined;

  onTick(listener: (tick: TickReport) => void): void {
    this.listeners.push(listener);
  }

  emit(tick: TickReport): void {
    this.lastTickMs = performance.now();
    for (const listener of this.listeners) {
      try {
        listener(tick);
      } catch (error) {
        this.log.error(
          'a listener of the scheduler failed',
          error instanceof Error ? error.stack : String(error),
        );
      }
    }
  }

  /** Whether this process has ticked at all. */
  get hasTicked(): boolean {
    return this.lastTickMs !== undefined;
  }

  /**
   * Since the last tick of this process ended, or since its start when there was none. Measured by the clock that
   * never jumps: a machine whose time is set must not look like a scheduler that stands still.
   */
  get secondsSinceTick(): number {
    return (performance.now() - (this.lastTickMs ?? this.startedMs)) / 1000;
  }
}
