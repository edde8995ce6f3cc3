import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { PublishingReport } from '../publishing/publishing-report.service';
import { SETTINGS, type Settings } from '../settings';
import { askForSpace, isOutOfSpace } from './disk-space.sql';
import type { CheckView, ReadyView } from './health.dto';

const DATABASE_ANSWERS_WITHIN_MS = 2_000;
/** The scheduler ticks once a second. */
const TICK_YOUNGER_THAN_S = 5;

/** Whether this process can do its work: it reaches a database that has space left, and its scheduler ticks. */
@Injectable()
export class Readiness {
  private isShuttingDown = false;
  private asking: Promise<CheckView> | undefined;

  constructor(
    private readonly database: DataSource,
    private readonly report: PublishingReport,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** From now on no balancer should send requests here; those that come all the same are served. */
  shutDown(): void {
    this.isShuttingDown = true;
  }

  async check(): Promise<ReadyView> {
    const checks = {
      database: await this.askDatabase(),
      scheduler: this.lookAtScheduler(),
      process: this.isShuttingDown ? { ok: false, detail: 'shutting down' } : { ok: true, detail: 'serves' },
    };
    return { status: Object.values(checks).every(({ ok }) => ok) ? 'ready' : 'not-ready', checks };
  }

  /** One question at a time, however many ask: this route is open to all, and connections are few. */
  private askDatabase(): Promise<CheckView> {
    this.asking ??= this.answerOfDatabase().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async answerOfDatabase(): Promise<CheckView> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<CheckView>((resolve) => {
      const detail = `no answer within ${DATABASE_ANSWERS_WITHIN_MS} ms`;
      timer = setTimeout(resolve, DATABASE_ANSWERS_WITHIN_MS, { ok: false, detail });
    });
    const answer = askForSpace(this.database).then(
      () => ({ ok: true, detail: 'answers' }),
      (error: unknown) => ({
        ok: false,
        detail: isOutOfSpace(error) ? 'has no space left on its disk' : 'cannot be reached',
      }),
    );
    try {
      return await Promise.race([answer, tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  private lookAtScheduler(): CheckView {
    if (!this.settings.scheduler) return { ok: true, detail: 'is switched off' };
    if (!this.report.hasTicked) return { ok: false, detail: 'has not ticked yet' };
    const age = this.report.secondsSinceTick;
    return { ok: age < TICK_YOUNGER_THAN_S, detail: `ticked ${age.toFixed(1)} s ago` };
  }
}
