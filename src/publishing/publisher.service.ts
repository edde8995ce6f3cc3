import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isAboutTheRows } from '../postgres/sql-state';
import { stackOf } from '../errors/error-text';
import { Batch, type BatchResult } from './batch.service';

const BATCH_SIZE = 1_000;

/** How long a broadcast that cannot be published is left alone, in milliseconds. */
const REST = 30_000;

/** What one tick brought about. */
export interface Published {
  readonly busy: boolean;
  readonly published: BatchResult['published'];
  readonly missed: BatchResult['missed'];
}

/** Publishes everything that is due, batch by batch. */
@Injectable()
export class Publisher {
  private readonly log = new Logger(Publisher.name);
  /** Broadcasts that failed, and from when on they are tried again. */
  private readonly resting = new Map<string, number>();

  constructor(
    private readonly batch: Batch,
    private readonly database: DataSource,
  ) {}

  /** @throws when the database does not answer; then nothing of the unfinished batch happened */
  async publishDue(): Promise<Published> {
    const results: BatchResult[] = [];
    for (;;) {
      const result = await this.nextBatch();
      results.push(result);
      if (result.due < BATCH_SIZE) break;
    }
    return merge(results);
  }

  /** By the database's clock, in milliseconds; null where nothing is scheduled. */
  async msUntilNextDue(): Promise<number | null> {
    const [next] = await this.database.query<{ ms: number }[]>(
      `SELECT extract(epoch FROM b.scheduled_at - clock.now)::float8 * 1000 AS ms
         FROM (SELECT fanfare_now() AS now OFFSET 0) AS clock
        CROSS JOIN LATERAL (
              SELECT scheduled_at FROM broadcasts WHERE status = 'scheduled' AND scheduled_at > clock.now
               ORDER BY scheduled_at LIMIT 1) AS b`,
    );
    return next?.ms ?? null;
  }

  private async nextBatch(): Promise<BatchResult> {
    let claimed: readonly string[] = [];
    try {
      return await this.batch.run(BATCH_SIZE, { without: this.stillResting() }, (ids) => {
        claimed = ids;
      });
    } catch (error) {
      if (!isAboutTheRows(error) || claimed.length === 0) throw error;
      this.log.warn(`A batch of ${claimed.length} failed; trying it in halves`);
      return this.inHalves(claimed, error);
    }
  }

  /**
   * One broadcast that cannot be published must not hold up the rest: what failed together is tried in halves, and in
   * halves of those, until it stands alone. Among a thousand that takes twenty transactions, not a thousand.
   */
  private async inHalves(ids: readonly string[], error: unknown): Promise<BatchResult> {
    const [id = '', ...others] = ids;
    if (others.length === 0) {
      this.log.error(
        `Broadcast ${id} cannot be published; it is tried again in ${REST / 1000} s`,
        stackOf(error),
      );
      this.resting.set(id, performance.now() + REST);
      return { ...merge([]), due: 1 };
    }
    const middle = Math.ceil(ids.length / 2);
    const results = [await this.half(ids.slice(0, middle)), await this.half(ids.slice(middle))];
    return { ...merge(results), due: ids.length };
  }

  private async half(ids: readonly string[]): Promise<BatchResult> {
    try {
      return await this.batch.run(ids.length, { only: ids });
    } catch (error) {
      if (!isAboutTheRows(error)) throw error;
      return this.inHalves(ids, error);
    }
  }

  private stillResting(): string[] {
    for (const [id, until] of this.resting) {
      if (until <= performance.now()) this.resting.delete(id);
    }
    return [...this.resting.keys()];
  }
}

function merge(results: readonly BatchResult[]): Published {
  return {
    busy: results.some(({ busy }) => busy),
    published: results.flatMap(({ published }) => published),
    missed: results.flatMap(({ missed }) => missed),
  };
}
