import { Logger } from '@nestjs/common';
import type { PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { messageOf, stackOf } from '../errors/error-text';
import { inCallersTransaction } from './callers-transaction.service';
import type { QueueName } from './queues';

export interface WorkOptions {
  /** Jobs at work at a time in this process. */
  readonly concurrency: number;
  /** Jobs of one group at work at a time over all processes (nearly: two that fetch at once may go over it by one each). */
  readonly groupConcurrency?: number;
  /** Milliseconds between two looks at an empty queue. */
  readonly pollMs?: number;
}

/** One job at hand. */
export interface Job<T> {
  readonly id: string;
  readonly data: T;
  /** Aborted when this process is ending: leave the work undone and throw. */
  readonly signal: AbortSignal;
  /**
   * Ends the job in the transaction of what it brought about, so that neither is there without the other. A job that
   * returns without it is ended after.
   * @throws JobLost when the job took too long and was given to somebody else: then nothing may be kept of it
   */
  finish(manager: EntityManager): Promise<void>;
}

export type Handler<T> = (job: Job<T>) => Promise<void>;

export class JobLost extends Error {}

interface Fetched {
  readonly id: string;
  readonly retryCount: number;
  readonly data: object;
}

/**
 * Takes jobs from one queue and runs them, each for itself: one that takes long holds up none of the others, as it would
 * if they were taken and ended by the batch.
 */
export class QueueWorker {
  private readonly log = new Logger(QueueWorker.name);
  private readonly stopping = new AbortController();
  private readonly leaving = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private loop: Promise<void> | undefined;
  private woken = false;
  private wakeUp: (() => void) | undefined;
  private failing = false;

  constructor(
    private readonly boss: PgBoss,
    private readonly queue: QueueName,
    private readonly options: WorkOptions,
    private readonly handler: Handler<never>,
  ) {}

  start(): void {
    this.loop ??= this.run();
  }

  /** Looks at the queue now. */
  wake(): void {
    this.woken = true;
    this.wakeUp?.();
  }

  /** Takes no more, and waits for what is at work: `patience` milliseconds, then it is asked to leave. */
  async stop(patience: number): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.loop;
    const timer = setTimeout(() => {
      this.leaving.abort();
    }, patience);
    await Promise.all(this.running);
    clearTimeout(timer);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.woken = false;
      const taken = await this.take();
      // What was taken may have hidden other groups' jobs behind it: look again at once.
      if (taken === 0) await this.rest();
    }
  }

  private async take(): Promise<number> {
    const free = this.options.concurrency - this.running.size;
    if (free <= 0) return 0;
    try {
      const { groupConcurrency } = this.options;
      const jobs = await this.boss.fetch<object>(this.queue, {
        batchSize: free,
        ...(groupConcurrency !== undefined && { groupConcurrency }),
      });
      for (const job of jobs) this.begin(job);
      this.failing = false;
      return jobs.length;
    } catch (error) {
      // Once, and not at every look for as long as the database is away.
      if (!this.failing) this.log.error(`The queue ${this.queue} cannot be read`, stackOf(error));
      this.failing = true;
      return 0;
    }
  }

  private begin(fetched: Fetched): void {
    const work = this.work(fetched).finally(() => {
      this.running.delete(work);
      this.wake();
    });
    this.running.add(work);
  }

  private async work(fetched: Fetched): Promise<void> {
    const { id, retryCount, data } = fetched;
    const attempt = { id, retryCount };
    const state = { finished: false };
    const job: Job<never> = {
      id,
      data: data as never,
      signal: this.leaving.signal,
      finish: async (manager) => {
        const { affected } = await this.end(attempt, manager);
        if (affected === 0) throw new JobLost(`Job ${id} of ${this.queue} was given to somebody else.`);
        state.finished = true;
      },
    };
    try {
      await this.handler(job);
      if (!state.finished) await this.end(attempt);
    } catch (error) {
      await this.giveBack(attempt, error);
    }
  }

  /** Deleted, not kept as completed: what came of it stands in tables of our own. */
  private end(attempt: Pick<Fetched, 'id' | 'retryCount'>, manager?: EntityManager) {
    const options = manager ? { db: inCallersTransaction(manager) } : {};
    return this.boss.deleteJob(this.queue, attempt, options) as Promise<{ affected: number }>;
  }

  private async giveBack(attempt: Pick<Fetched, 'id' | 'retryCount'>, error: unknown): Promise<void> {
    if (error instanceof JobLost) return;
    if (!this.leaving.signal.aborted) {
      this.log.error(`Job ${attempt.id} of ${this.queue} failed; it is tried again`, stackOf(error));
    }
    // When this fails too the job expires, and is tried again then.
    await this.boss.fail(this.queue, attempt as never, { message: messageOf(error) }).catch(() => undefined);
  }

  private async rest(): Promise<void> {
    if (this.woken || this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.options.pollMs ?? 500);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.wakeUp = undefined;
  }
}
