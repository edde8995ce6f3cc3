import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { followsOf } from '../audience/audience';
import { inTransaction } from '../database';
import { Jobs } from '../jobs/jobs.service';
import type { Job } from '../jobs/queue-worker.service';
import { silenceSql } from '../push/notifying';
import type { Outcome } from '../push/outcome';
import { PushCompletion } from '../push/push-completion.service';
import { readMessage, type PushMessage } from '../push/push-message.service';
import type { ChunkJob } from '../push/push-jobs';
import { outcomeOf, PUSH_SERVICE } from '../push/retrying';
import { messageIdOf } from './message-id';
import { WebPushSender, type Device } from './web-push-sender.service';

/** Requests of one job that are under way together. */
const AT_ONCE = 16;

/** No request begins later than so many milliseconds after the job; with its own limit, well below the queue's. */
const TURN = 10_000;

/** A message that is due to a device. */
type Due = (Device | { readonly url: null }) & {
  readonly subscriberId: string;
  readonly endpointId: string;
  readonly tries: number;
  /** Why it is not to be sent any more. */
  readonly silence: string | null;
};

type Done = Due & { readonly outcome: Outcome; readonly tried: boolean };

/** Sends the messages of a chunk, and writes down what became of them. */
@Injectable()
export class WebPushes implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly sender: WebPushSender,
    private readonly completion: PushCompletion,
  ) {}

  onModuleInit(): void {
    this.jobs.work<ChunkJob>('web-pushes', { concurrency: 4 }, (job) => this.run(job));
  }

  private async run(job: Job<ChunkJob>): Promise<void> {
    const { manager } = this.database;
    const message = await readMessage(manager, job.data.broadcastId);
    const due = await dueOf(manager, job.data, message.accountId);
    const done = await this.sendAll(due, message, job.signal);
    await inTransaction(this.database, (transaction) => this.settle(transaction, job, done));
  }

  private async sendAll(due: readonly Due[], message: PushMessage, signal: AbortSignal): Promise<Done[]> {
    const done: Done[] = [];
    const waiting = [...due];
    const end = performance.now() + TURN;
    const sender = async () => {
      while (performance.now() < end && !signal.aborted) {
        const next = waiting.shift();
        if (!next) return;
        const outcome = await this.sendOne(next, message, signal);
        if (outcome) done.push({ ...next, ...outcome });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, sender));
    return done;
  }

  /** Undefined for what was broken off because this process is ending: it stays due, as if it had not been begun. */
  private async sendOne(
    due: Due,
    message: PushMessage,
    signal: AbortSignal,
  ): Promise<Pick<Done, 'outcome' | 'tried'> | undefined> {
    const { silence, tries, endpointId } = due;
    const skip = message.obsolete ?? silence;
    if (skip !== null) return { outcome: { status: 'skipped', reason: skip }, tried: false };
    if (due.url === null) return { outcome: { status: 'gone' }, tried: false };
    const id = messageIdOf(message.broadcastId, endpointId);
    const result = await this.sender.send(due, id, message, signal).catch(unlessAborted(signal));
    if (!result) return undefined;
    const { timeToLive } = message;
    const outcome = outcomeOf(PUSH_SERVICE, result, { tries: tries + 1, timeToLive, chance: Math.random() });
    return { outcome, tried: true };
  }

  private async settle(manager: EntityManager, job: Job<ChunkJob>, done: readonly Done[]): Promise<void> {
    const { broadcastId } = job.data;
    await job.finish(manager);
    await writeOutcomes(manager, broadcastId, done);
    await forgetDead(manager, done);
    const wait = await secondsToNext(manager, job.data);
    if (wait !== undefined) {
      await this.jobs.send(manager, 'web-pushes', [{ data: job.data, startAfter: wait }]);
    }
    await this.completion.check(manager, broadcastId);
  }
}

/** What others have been told in the meantime has to be written down, so what was broken off is no error. */
function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}

function dueOf(manager: EntityManager, { broadcastId, chunk }: ChunkJob, accountId: string): Promise<Due[]> {
  return manager.query<Due[]>(
    `SELECT d.subscriber_id AS "subscriberId", d.endpoint_id AS "endpointId", d.tries, e.url, e.p256dh, e.auth,
            CASE WHEN f.subscriber_id IS NULL THEN 'unfollowed' ELSE ${silenceSql('f', 'a')} END AS silence
       FROM push_deliveries d
       JOIN accounts a ON a.id = $3
       LEFT JOIN push_endpoints e ON e.subscriber_id = d.subscriber_id AND e.id = d.endpoint_id
       LEFT JOIN LATERAL ${followsOf('d.subscriber_id', 'a.id')} AS f ON f.unfollowed_at IS NULL
      WHERE d.broadcast_id = $1 AND d.chunk = $2 AND d.status = 'pending'
        AND (d.due_at IS NULL OR d.due_at <= fanfare_now())
      ORDER BY d.subscriber_id, d.endpoint_id`,
    [broadcastId, chunk, accountId],
  );
}

async function writeOutcomes(
  manager: EntityManager,
  broadcastId: string,
  done: readonly Done[],
): Promise<void> {
  if (done.length === 0) return;
  await manager.query(
    `UPDATE push_deliveries d
        SET status = done.status, reason = done.reason, tries = d.tries + done.tries, at = clock.now,
            due_at = clock.now + make_interval(secs => done.pause)
       FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::integer[], $7::float8[])
              AS done (subscriber_id, endpoint_id, status, reason, tries, pause),
            (SELECT fanfare_now() AS now) AS clock
      WHERE d.subscriber_id = done.subscriber_id AND d.broadcast_id = $1 AND d.endpoint_id = done.endpoint_id`,
    [
      broadcastId,
      done.map(({ subscriberId }) => subscriberId),
      done.map(({ endpointId }) => endpointId),
      done.map(({ outcome }) => outcome.status),
      done.map(({ outcome }) => ('reason' in outcome ? outcome.reason : null)),
      done.map(({ tried }) => (tried ? 1 : 0)),
      done.map(({ outcome }) => ('pause' in outcome ? outcome.pause : null)),
    ],
  );
}

/** Devices that are gone for good; one that has registered anew meanwhile, with another secret, is not. */
async function forgetDead(manager: EntityManager, done: readonly Done[]): Promise<void> {
  const dead = done.filter(({ outcome, tried }) => outcome.status === 'gone' && tried);
  if (dead.length === 0) return;
  await manager.query(
    `DELETE FROM push_endpoints e USING unnest($1::uuid[], $2::uuid[], $3::text[]) AS dead (subscriber_id, id, auth)
      WHERE e.subscriber_id = dead.subscriber_id AND e.id = dead.id AND e.auth = dead.auth`,
    [
      dead.map(({ subscriberId }) => subscriberId),
      dead.map(({ endpointId }) => endpointId),
      dead.map((device) => ('auth' in device ? device.auth : null)),
    ],
  );
}

/** Seconds until something of the chunk is due; 0: something was left over; undefined: all of it is done. */
async function secondsToNext(
  manager: EntityManager,
  { broadcastId, chunk }: ChunkJob,
): Promise<number | undefined> {
  const [next] = await manager.query<[{ seconds: number | null }]>(
    // What has not been tried has no time yet: greatest() takes no notice of NULL.
    `SELECT min(greatest(0, ceil(extract(epoch FROM due_at - fanfare_now()))))::float8 AS seconds
       FROM push_deliveries WHERE broadcast_id = $1 AND chunk = $2 AND status = 'pending'`,
    [broadcastId, chunk],
  );
  return next.seconds ?? undefined;
}
