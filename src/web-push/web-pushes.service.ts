import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { inTransaction } from '../database';
import { Jobs } from '../jobs/jobs.service';
import type { Job } from '../jobs/queue-worker.service';
import { PushCompletion } from '../push/push-completion.service';
import { readMessage, type PushMessage } from '../push/push-message.service';
import type { ChunkJob } from '../push/push-jobs';
import { outcomeOf, PUSH_SERVICE } from '../push/retrying';
import { messageIdOf } from './message-id';
import { PUSH_LANES, type Lane, type PushLanes } from './push-lanes';
import { inSlots } from './sending-slots.service';
import { SilentOrigins } from './silent-origins';
import {
  dueOf,
  forgetDead,
  moveToSlowChunk,
  noteSpeed,
  secondsToNext,
  writeOutcomes,
  type Done,
  type Due,
} from './web-push-rows.service';
import { WebPushSender } from './web-push-sender.service';

/** No request begins later than so many milliseconds after the job; with its own limit, well below the queue's. */
const TURN = 10_000;

/** What one job has come to: what is settled, and what belongs into the slow lane. */
interface Result {
  readonly done: Done[];
  readonly moved: Due[];
}

/** Sends the messages of a chunk, and writes down what became of them. */
@Injectable()
export class WebPushes implements OnModuleInit {
  private readonly origins = new SilentOrigins();

  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly sender: WebPushSender,
    private readonly completion: PushCompletion,
    @Inject(PUSH_LANES) private readonly lanes: PushLanes,
  ) {}

  onModuleInit(): void {
    this.jobs.work<ChunkJob>('web-pushes', { concurrency: 4 }, (job) => this.run(job, this.lanes.quick));
    this.jobs.work<ChunkJob>('web-pushes-slow', { concurrency: 4 }, (job) => this.run(job, this.lanes.slow));
  }

  private async run(job: Job<ChunkJob>, lane: Lane): Promise<void> {
    const { manager } = this.database;
    const message = await readMessage(manager, job.data.broadcastId);
    const due = await dueOf(manager, job.data, message.accountId);
    const result = await this.sendAll(due, message, lane, job.signal);
    await inTransaction(this.database, (transaction) => this.settle(transaction, job, lane, result));
    if (result.moved.length > 0) this.jobs.wake('web-pushes-slow');
  }

  private async sendAll(
    due: readonly Due[],
    message: PushMessage,
    lane: Lane,
    signal: AbortSignal,
  ): Promise<Result> {
    const result: Result = { done: [], moved: [] };
    const end = performance.now() + TURN;
    const isOpen = () => performance.now() < end && !signal.aborted;
    await inSlots(due, { ...lane.slots, isOpen }, (next) =>
      this.sendOne(next, message, lane, result, signal),
    );
    return result;
  }

  /** Adds nothing for what was broken off because this process is ending: it stays due, as if it had not been begun. */
  private async sendOne(
    due: Due,
    message: PushMessage,
    { patienceMs, movesSlow }: Lane,
    { done, moved }: Result,
    signal: AbortSignal,
  ): Promise<void> {
    const { silence, tries, endpointId } = due;
    const skip = message.obsolete ?? silence;
    if (skip !== null) {
      done.push({ ...due, outcome: { status: 'skipped', reason: skip }, tried: false });
      return;
    }
    if (due.url === null) {
      done.push({ ...due, outcome: { status: 'gone' }, tried: false });
      return;
    }
    const { origin } = new URL(due.url);
    if (movesSlow && (due.slow || this.origins.has(origin))) {
      moved.push(due);
      return;
    }
    const id = messageIdOf(message.broadcastId, endpointId);
    const result = await this.sender.send(due, id, message, patienceMs, signal).catch(unlessAborted(signal));
    if (!result) return;
    const wasSlow = result.failure === 'timed-out';
    this.origins.note(origin, result.status !== null);
    // Not a try of its own: it is asked again there, for longer.
    if (wasSlow && movesSlow) {
      moved.push(due);
      return;
    }
    const { timeToLive } = message;
    const outcome = outcomeOf(PUSH_SERVICE, result, { tries: tries + 1, timeToLive, chance: Math.random() });
    done.push({
      ...due,
      outcome,
      tried: true,
      wasSlow: wasSlow || result.durationMs > this.lanes.quick.patienceMs,
    });
  }

  private async settle(
    manager: EntityManager,
    job: Job<ChunkJob>,
    { queue }: Lane,
    { done, moved }: Result,
  ): Promise<void> {
    const { broadcastId } = job.data;
    await job.finish(manager);
    await writeOutcomes(manager, broadcastId, done);
    await forgetDead(manager, done);
    await noteSpeed(manager, done);
    if (moved.length > 0) {
      const chunk = await moveToSlowChunk(manager, broadcastId, moved);
      await this.jobs.send(manager, 'web-pushes-slow', [{ data: { broadcastId, chunk } }]);
    }
    const wait = await secondsToNext(manager, job.data);
    if (wait !== undefined) await this.jobs.send(manager, queue, [{ data: job.data, startAfter: wait }]);
    await this.completion.check(manager, broadcastId);
  }
}

/** What others have been told in the meantime has to be written down, so what was broken off is no error. */
function unlessAborted(signal: AbortSignal): (error: unknown) => undefined {
  return (error) => {
    if (!signal.aborted) throw error;
  };
}
