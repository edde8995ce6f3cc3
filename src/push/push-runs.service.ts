import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { recipientSql, type AudienceTags } from '../audience/audience';
import { holdOffErasures } from '../audience/erasure-lock.service';
import { exactText } from '../audience/instant';
import { inTransaction } from '../database';
import { Jobs } from '../jobs/jobs.service';
import { JobLost, type Job } from '../jobs/queue-worker.service';
import { PushCompletion } from './push-completion.service';
import { GATEWAY, type PublishedJob } from './push-jobs';
import { addBatches, addDeliveries, type Recipient } from './push-rows.service';
import { notifiesSql } from './notifying';

/** Followers who are turned into pushes in one transaction. */
const PAGE = 4_000;
/** How long one job goes on, in milliseconds; the rest is left to the next. Well below what the queue allows. */
const TURN = 15_000;

interface Run extends AudienceTags {
  readonly broadcastId: string;
  readonly accountId: string;
  readonly publishedAt: string;
  readonly gateways: readonly string[];
  readonly chunks: number;
  readonly throughAt: string | null;
  readonly throughSubscriber: string | null;
  readonly expanded: boolean;
}

/**
 * Goes through the followers of a published broadcast who want to be notified, some thousand at a time, and puts down
 * what is to be sent to whom. Where it stands is written in the same transaction: killed, it goes on from there.
 */
@Injectable()
export class PushRuns implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly completion: PushCompletion,
  ) {}

  onModuleInit(): void {
    this.jobs.work<PublishedJob>('published', { concurrency: 2 }, (job) => this.expand(job));
  }

  async expand(job: Job<PublishedJob>): Promise<void> {
    const { broadcastId } = job.data;
    await begin(this.database.manager, broadcastId);
    const end = performance.now() + TURN;
    while (await this.nextPage(broadcastId)) {
      job.signal.throwIfAborted();
      if (performance.now() < end) continue;
      await inTransaction(this.database, async (manager) => {
        await this.jobs.send(manager, 'published', [{ data: { broadcastId } }]);
        await job.finish(manager);
      });
      return;
    }
  }

  /** Whether there may be more. */
  private async nextPage(broadcastId: string): Promise<boolean> {
    const more = await inTransaction(this.database, async (manager) => {
      await holdOffErasures(manager);
      const run = await readRun(manager, broadcastId);
      if (run.expanded) return false;
      const page = await recipientsAfter(manager, run);
      const batches = await addBatches(manager, broadcastId, run.gateways, page);
      const chunks = await addDeliveries(manager, broadcastId, run.chunks, page);
      // Late, since whoever pushes what is there already waits for the row that this locks.
      await moveOn(manager, run, page, chunks.length);
      await this.jobs.send(
        manager,
        'push-batches',
        batches.map((batchId) => ({ data: { batchId } })),
      );
      await this.jobs.send(
        manager,
        'web-pushes',
        chunks.map((chunk) => ({ data: { broadcastId, chunk } })),
      );
      if (page.length < PAGE) await this.completion.check(manager, broadcastId);
      return page.length === PAGE;
    });
    this.jobs.wake('push-batches');
    this.jobs.wake('web-pushes');
    return more;
  }
}

async function begin(manager: EntityManager, broadcastId: string): Promise<void> {
  await manager.query(
    `INSERT INTO push_runs (broadcast_id, gateways, started_at)
     SELECT $1, ARRAY(SELECT w.id FROM webhook_endpoints w WHERE ${GATEWAY} ORDER BY w.id), fanfare_now()
     ON CONFLICT (broadcast_id) DO NOTHING`,
    [broadcastId],
  );
}

async function readRun(manager: EntityManager, broadcastId: string): Promise<Run> {
  const [run] = await manager.query<Run[]>(
    `SELECT b.id AS "broadcastId", b.account_id AS "accountId", ${exactText('b.published_at')} AS "publishedAt", b.audience_any AS "any",
            b.audience_all AS "all", b.audience_none AS "none", r.gateways, r.chunks,
            ${exactText('r.through_at')} AS "throughAt", r.through_subscriber AS "throughSubscriber",
            r.expanded_at IS NOT NULL AS expanded
       FROM push_runs r JOIN broadcasts b ON b.id = r.broadcast_id WHERE r.broadcast_id = $1`,
    [broadcastId],
  );
  if (!run) throw new Error(`There is no run of broadcast ${broadcastId}.`);
  return run;
}

/** Who comes next, of those who received it and want to hear of it. Without a gateway only those with a device. */
async function recipientsAfter(manager: EntityManager, run: Run): Promise<Recipient[]> {
  const isToNearlyAll = run.gateways.length > 0 && !run.any && !run.all && !run.none;
  return isToNearlyAll
    ? inIndexOrder(manager, () => readRecipients(manager, run))
    : readRecipients(manager, run);
}

/**
 * Without fresh statistics PostgreSQL takes a brand for a small one: it would read and sort all the followers for each page of
 * them, instead of going on in the index where the page before has ended.
 */
async function inIndexOrder<T>(manager: EntityManager, work: () => Promise<T>): Promise<T> {
  const set = (value: 'on' | 'off') =>
    manager.query(`SELECT set_config('enable_sort', $1, true), set_config('enable_bitmapscan', $1, true)`, [
      value,
    ]);
  await set('off');
  const result = await work();
  await set('on');
  return result;
}

function readRecipients(manager: EntityManager, run: Run): Promise<Recipient[]> {
  const parameters: unknown[] = [run.accountId, run.throughAt, run.throughSubscriber, PAGE];
  const received = recipientSql('f', run, parameters);
  const reachable =
    run.gateways.length > 0
      ? 'true'
      : 'EXISTS (SELECT FROM push_endpoints e WHERE e.subscriber_id = f.subscriber_id)';
  return manager.query<Recipient[]>(
    `SELECT f.subscriber_id AS id, ${exactText('f.followed_at')} AS "followedAt"
       FROM follows f JOIN accounts a ON a.id = $1
      WHERE f.account_id = $1 AND ${notifiesSql('f', 'a')} AND ${received} AND ${reachable}
        AND (f.followed_at, f.subscriber_id) > (coalesce($2::timestamptz, '-infinity'),
                                               coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'))
      ORDER BY f.followed_at, f.subscriber_id LIMIT $4`,
    parameters,
  );
}

/** @throws JobLost when another worker, which took this one for dead, has moved the run on; then nothing of the page stays */
async function moveOn(
  manager: EntityManager,
  run: Run,
  page: readonly Recipient[],
  chunks: number,
): Promise<void> {
  // Past the end the bookmark names somebody for no reason.
  const last = page.length === PAGE ? page.at(-1) : undefined;
  const [, moved] = await manager.query<[unknown[], number]>(
    `UPDATE push_runs SET chunks = chunks + $2, through_at = $3::timestamptz, through_subscriber = $4::uuid,
            expanded_at = CASE WHEN $3::timestamptz IS NULL THEN fanfare_now() END
      WHERE broadcast_id = $1 AND expanded_at IS NULL
        AND through_at IS NOT DISTINCT FROM $5::timestamptz AND through_subscriber IS NOT DISTINCT FROM $6::uuid`,
    [
      run.broadcastId,
      chunks,
      last?.followedAt ?? null,
      last?.id ?? null,
      run.throughAt,
      run.throughSubscriber,
    ],
  );
  if (moved === 0)
    throw new JobLost(`The run of broadcast ${run.broadcastId} was moved on by somebody else.`);
}
