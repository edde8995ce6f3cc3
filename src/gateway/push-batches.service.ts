import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { followsOf } from '../audience/audience';
import { inTransaction } from '../database';
import { Jobs } from '../jobs/jobs.service';
import type { Job } from '../jobs/queue-worker.service';
import { notifiesSql } from '../push/notifying';
import type { Outcome } from '../push/outcome';
import { PushCompletion } from '../push/push-completion.service';
import { readMessage } from '../push/push-message.service';
import { GATEWAY, type BatchJob } from '../push/push-jobs';
import { GATEWAY_SERVER, outcomeOf } from '../push/retrying';
import { WebhookSender, type Attempt, type Target } from '../webhooks/webhook-sender.service';
import { WebhookState } from '../webhooks/webhook-state.service';
import { batchBody } from './batch-body';

/** Batches at a gateway at a time, from this process. */
const AT_ONCE = 8;

interface Batch {
  readonly id: string;
  readonly broadcastId: string;
  readonly webhookId: string;
  readonly tries: number;
}

interface Recipient {
  readonly id: string;
  readonly sub: string;
}

interface Sent {
  readonly outcome: Outcome;
  /** Undefined: nothing was sent. */
  readonly attempt: Attempt | undefined;
  readonly recipients: readonly Recipient[];
}

const NOBODY: Sent = { outcome: { status: 'delivered' }, attempt: undefined, recipients: [] };

/** Hands batches of recipients to the operator's push gateway, until it says that it has them. */
@Injectable()
export class PushBatches implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly sender: WebhookSender,
    private readonly state: WebhookState,
    private readonly completion: PushCompletion,
  ) {}

  onModuleInit(): void {
    this.jobs.work<BatchJob>('push-batches', { concurrency: AT_ONCE }, (job) => this.run(job));
  }

  private async run(job: Job<BatchJob>): Promise<void> {
    const batch = await pendingBatch(this.database.manager, job.data.batchId);
    if (!batch) return;
    const sent = await this.send(batch, job.signal);
    await inTransaction(this.database, (manager) => this.settle(manager, job, batch, sent));
  }

  private async send(batch: Batch, signal: AbortSignal): Promise<Sent> {
    const { manager } = this.database;
    const message = await readMessage(manager, batch.broadcastId);
    if (message.obsolete !== undefined) {
      return { ...NOBODY, outcome: { status: 'skipped', reason: message.obsolete } };
    }
    const target = await gatewayOf(manager, batch.webhookId);
    if (!target) return { ...NOBODY, outcome: { status: 'gone' } };
    const recipients = await recipientsOf(manager, batch.id, message.accountId);
    if (recipients.length === 0) return NOBODY;
    const body = batchBody({ ...message, batchId: batch.id, recipients: recipients.map(({ sub }) => sub) });
    const attempt = await this.sender.send(target, { id: batch.id, body }, signal);
    const tries = { tries: batch.tries + 1, timeToLive: message.timeToLive, chance: Math.random() };
    const outcome = outcomeOf(GATEWAY_SERVER, attempt, tries);
    return { outcome, attempt, recipients };
  }

  private async settle(manager: EntityManager, job: Job<BatchJob>, batch: Batch, sent: Sent): Promise<void> {
    await job.finish(manager);
    const { outcome, attempt, recipients } = sent;
    const delivered = outcome.status === 'delivered';
    // Whom it went to is written only when these are others than those whom it was made for; and never somebody who is
    // no longer in the row: whoever was erased while it was under way.
    await manager.query(
      `UPDATE push_batches
          SET status = $2, reason = $3, tries = tries + $4, at = fanfare_now(),
              sent = CASE WHEN $5 THEN cardinality($6::uuid[]) ELSE 0 END,
              recipients = CASE WHEN $5 AND cardinality($6::uuid[]) < size
                                THEN ARRAY(SELECT r.id FROM unnest(recipients) WITH ORDINALITY AS r (id, place)
                                            WHERE r.id = ANY ($6::uuid[]) ORDER BY r.place)
                                ELSE recipients END
        WHERE id = $1`,
      [
        batch.id,
        outcome.status,
        'reason' in outcome ? outcome.reason : null,
        attempt ? 1 : 0,
        delivered,
        recipients.map(({ id }) => id),
      ],
    );
    if (attempt) await this.note(manager, batch.webhookId, attempt);
    if ('pause' in outcome) {
      await this.jobs.send(manager, 'push-batches', [{ data: job.data, startAfter: outcome.pause }]);
    }
    await this.completion.check(manager, batch.broadcastId);
  }

  /**
   * A gateway that wants no more, or that nothing has reached for days, is disabled like any webhook. What was delivered
   * disables nothing: then the row is not locked, else all batches of a gateway would wait for each other's commits.
   */
  private async note(manager: EntityManager, id: string, attempt: Attempt): Promise<void> {
    const found = await manager.query<unknown[]>(
      `SELECT FROM webhook_endpoints WHERE id = $1 AND disabled_at IS NULL
       ${attempt.delivered ? '' : 'FOR NO KEY UPDATE'}`,
      [id],
    );
    if (found.length > 0) await this.state.record(manager, { id, accountId: null }, attempt);
  }
}

async function pendingBatch(manager: EntityManager, batchId: string): Promise<Batch | undefined> {
  const [batch] = await manager.query<Batch[]>(
    `SELECT id, broadcast_id AS "broadcastId", webhook_id AS "webhookId", tries
       FROM push_batches WHERE id = $1 AND status = 'pending'`,
    [batchId],
  );
  return batch;
}

/** Undefined once the operator has removed it, disabled it or no longer sends it batches. */
async function gatewayOf(manager: EntityManager, webhookId: string): Promise<Target | undefined> {
  const [target] = await manager.query<Target[]>(
    `SELECT w.account_id AS "accountId", w.url, w.secret, w.previous_secret AS "previousSecret", w.previous_secret_until AS "previousSecretUntil"
       FROM webhook_endpoints w WHERE w.id = $1 AND ${GATEWAY}`,
    [webhookId],
  );
  return target;
}

/**
 * Those of the batch who still want it. Looked up person by person: without fresh statistics PostgreSQL would rather walk all the
 * followers of the account, for each batch of it.
 */
function recipientsOf(manager: EntityManager, batchId: string, accountId: string): Promise<Recipient[]> {
  return manager.query(
    `SELECT s.id, s.sub
       FROM push_batches p
       JOIN accounts a ON a.id = $2
      CROSS JOIN unnest(p.recipients) WITH ORDINALITY AS r (id, place)
      CROSS JOIN LATERAL ${followsOf('r.id', 'a.id')} AS f
      CROSS JOIN LATERAL (SELECT id, sub FROM subscribers WHERE id = r.id OFFSET 0) AS s
      WHERE p.id = $1 AND ${notifiesSql('f', 'a')}
      ORDER BY r.place`,
    [batchId, accountId],
  );
}
