import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { LONGEST_SILENCE, LONGEST_STANDSTILL } from '../database';
import { messageOf } from '../errors/error-text';
import { type ConnectionPurpose, poolOptions } from '../postgres/connection';
import { SETTINGS, type Settings } from '../settings';
import { inCallersTransaction } from './callers-transaction.service';
import { QueueWorker, type Handler, type WorkOptions } from './queue-worker.service';
import { DEFAULT_JOBS_SCHEMA } from './jobs-schema';
import type { QueueName } from './queues';

export interface NewJob<T extends object = object> {
  /** A UUID; a second job of the same id in the queue is not sent. */
  readonly id?: string;
  readonly data?: T;
  /** Seconds from now, or an instant. */
  readonly startAfter?: number | Date;
  /** Jobs of one group share a bound: see WorkOptions.groupConcurrency. */
  readonly group?: string;
}

/** How often the jobs of dead workers are looked for. */
const SUPERVISED_EVERY_SECONDS = 5;

/** How long jobs that are at work may go on when the process ends, before they are asked to leave. In milliseconds. */
const PATIENCE = 2_500;

/** Work that outlives its request: jobs in the same database, sent in the transaction that they follow from. */
@Injectable()
export class Jobs
  implements OnModuleInit, OnApplicationBootstrap, BeforeApplicationShutdown, OnApplicationShutdown
{
  private readonly log = new Logger(Jobs.name);
  private readonly boss: PgBoss;
  private readonly workers = new Map<QueueName, QueueWorker>();
  private started = false;
  private supervision: NodeJS.Timeout | undefined;
  private supervising: Promise<void> | undefined;
  private failing = false;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {
    const patience = { longestSilence: LONGEST_SILENCE, longestStandstill: LONGEST_STANDSTILL };
    this.boss = new PgBoss({
      ...bossOptions(settings.databaseUrl, settings.jobsSchema, patience),
      max: settings.jobsDatabasePool,
    });
    this.boss.on('error', (error) => {
      this.log.warn(`Jobs: ${error.message}`);
    });
  }

  async onModuleInit(): Promise<void> {
    await this.boss.start();
  }

  onApplicationBootstrap(): void {
    if (this.settings.scheduler) this.start();
  }

  /** Sends jobs in the caller's transaction: they are there when it commits. */
  async send(manager: EntityManager, queue: QueueName, jobs: readonly NewJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const made = jobs.map(({ group, ...job }) => ({
      ...job,
      ...(group !== undefined && { group: { id: group } }),
    }));
    await this.boss.insert(queue, made, { db: inCallersTransaction(manager) });
  }

  /**
   * Says who does a queue's work; they begin when this process's workers are started. A handler that throws has its job
   * tried again later, for as long as it takes.
   */
  work<T extends object>(queue: QueueName, options: WorkOptions, handler: Handler<T>): void {
    if (this.workers.has(queue)) throw new Error(`The queue ${queue} has its worker already.`);
    const worker = new QueueWorker(this.boss, queue, options, handler);
    this.workers.set(queue, worker);
    if (this.started) worker.start();
  }

  /** Has this process look at the queue now, for a shorter wait. After the commit, and never needed. */
  wake(queue: QueueName): void {
    this.workers.get(queue)?.wake();
  }

  /** Begins the work. By itself only where the scheduler runs; tests say so when they want it. */
  start(): void {
    if (this.started) return;
    this.started = true;
    for (const worker of this.workers.values()) worker.start();
    this.supervision = setInterval(() => {
      this.supervising ??= this.supervise();
    }, SUPERVISED_EVERY_SECONDS * 1000);
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.supervision);
    await Promise.all([...this.workers.values()].map((worker) => worker.stop(PATIENCE)));
    await this.supervising;
  }

  /** Later than the workers: requests that are still being answered may send jobs. */
  async onApplicationShutdown(): Promise<void> {
    await this.boss.stop({ graceful: false, timeout: 1_000 });
  }

  /** Gives the jobs of workers that died to others. */
  private async supervise(): Promise<void> {
    try {
      await this.boss.supervise();
      for (const worker of this.workers.values()) worker.wake();
      this.failing = false;
    } catch (error) {
      // Once, and not every few seconds for as long as the database is away.
      if (!this.failing) this.log.warn(`Jobs of dead workers could not be looked for: ${messageOf(error)}`);
      this.failing = true;
    } finally {
      this.supervising = undefined;
    }
  }
}

/** Without timers of its own: polling and supervision begin with `Jobs.start`. */
export function bossOptions(
  databaseUrl: string,
  schema: string = DEFAULT_JOBS_SCHEMA,
  purpose: Omit<ConnectionPurpose, 'applicationName'> = {},
) {
  return {
    ...poolOptions(databaseUrl, { ...purpose, applicationName: 'fanfare-jobs' }),
    schema,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds: SUPERVISED_EVERY_SECONDS,
    maintenanceIntervalSeconds: 3_600,
    openTelemetry: { enabled: false },
  } as const;
}
