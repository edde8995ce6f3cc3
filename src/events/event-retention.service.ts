import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DataSource } from 'typeorm';
import { messageOf } from '../errors/error-text';
import { SETTINGS, type Settings } from '../settings';

/** How long events are kept, and with them what was sent of them. */
export const DAYS_KEPT = 30;

/** What is about somebody who has been erased is kept only for as long as it is tried to be delivered. */
const DAYS_KEPT_OF_THE_ERASED = 4;

const EVERY_MS = 3_600_000;
const BATCH = 5_000;

/** Deletes events that nobody will ask for again. On every replica: to delete twice does no harm. */
@Injectable()
export class EventRetention implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(EventRetention.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly database: DataSource,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.settings.scheduler) return;
    this.timer = setInterval(() => {
      this.running = this.deleteOld().catch((error: unknown) => {
        this.log.warn(`Old events were not deleted: ${messageOf(error)}`);
      });
    }, EVERY_MS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.stopped = true;
    await this.running;
  }

  async deleteOld(): Promise<void> {
    while (!this.stopped) {
      const [, deleted] = await this.database.query<[unknown[], number]>(
        `DELETE FROM events WHERE id = ANY (ARRAY(
           (SELECT id FROM events WHERE at < (SELECT fanfare_now()) - make_interval(days => $1) LIMIT $3)
           UNION
           (SELECT e.id FROM events e
             WHERE e.at < (SELECT fanfare_now()) - make_interval(days => $2) AND e.subscriber_id IS NOT NULL
               AND NOT EXISTS (SELECT FROM subscribers s WHERE s.id = e.subscriber_id)
             LIMIT $3)))`,
        [DAYS_KEPT, DAYS_KEPT_OF_THE_ERASED, BATCH],
      );
      if (deleted < BATCH) return;
    }
  }
}
