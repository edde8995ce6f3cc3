import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { inTransaction } from '../database';
import { Jobs } from '../jobs/jobs.service';
import type { Job } from '../jobs/queue-worker.service';
import { DeliveryJobs, type DeliveryJob } from './delivery-jobs.service';
import { originOf } from './replay-bounds';
import { secondsUntilRetry } from './retry-schedule';
import { WebhookSender, type Attempt } from './webhook-sender.service';
import { WebhookState } from './webhook-state.service';
import { SELECT_WEBHOOK, type WebhookRow } from './webhooks.dto';

/** Tries at a time in this process, in either lane; and of one endpoint, over all processes. */
const QUICK_LANE = { concurrency: 256, groupConcurrency: 4 } as const;
const SLOW_LANE = { concurrency: 64, groupConcurrency: 1 } as const;

interface Pending {
  readonly endpointId: string;
  readonly tries: number;
  readonly type: string;
  readonly timestamp: Date;
  readonly data: unknown;
}

/** Tries deliveries, one try a job. */
@Injectable()
export class Delivering implements OnModuleInit {
  constructor(
    private readonly database: DataSource,
    private readonly jobs: Jobs,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly sender: WebhookSender,
    private readonly state: WebhookState,
  ) {}

  onModuleInit(): void {
    this.jobs.work<DeliveryJob>('webhooks', QUICK_LANE, (job) => this.tryOnce(job, { quickLane: true }));
    this.jobs.work<DeliveryJob>('webhooks-slow', SLOW_LANE, (job) => this.tryOnce(job, { quickLane: false }));
  }

  private async tryOnce(
    job: Job<DeliveryJob>,
    { quickLane }: { readonly quickLane: boolean },
  ): Promise<void> {
    const delivery = await readPending(this.database.manager, job.data);
    const webhook = delivery && (await this.readWebhook(delivery.endpointId));
    if (!delivery || !webhook) return; // delivered, given up, replayed or deleted since
    // A change of host gives up what is being replayed: asked again, now that the URL has been read.
    if (job.data.round > 1 && !(await readPending(this.database.manager, job.data))) return;
    if (webhook.slow && quickLane) {
      await this.changeLane(job, webhook);
      return;
    }
    const { type, timestamp, data } = delivery;
    const body = JSON.stringify({ type, timestamp: timestamp.toISOString(), data });
    const attempt = await this.sender.send(webhook, { id: job.data.deliveryId, body }, job.signal);
    await inTransaction(this.database, (manager) => this.conclude(manager, job, webhook, attempt));
  }

  /** Not to keep the places of others while it waits. */
  private async changeLane(job: Job<DeliveryJob>, webhook: WebhookRow): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.deliveryJobs.send(manager, [{ ...job.data, endpointId: webhook.id, slow: true }]);
      await job.finish(manager);
    });
  }

  private async conclude(
    manager: EntityManager,
    job: Job<DeliveryJob>,
    webhook: WebhookRow,
    attempt: Attempt,
  ): Promise<void> {
    // The endpoint before the delivery, as whoever disables or deletes it does: two must not wait for each other. Tries
    // that will leave its row alone need not wait at all.
    const unchanged = attempt.delivered && webhook.failingSince === null;
    await manager.query(
      `SELECT FROM webhook_endpoints WHERE id = $1 FOR ${unchanged ? 'KEY SHARE' : 'NO KEY UPDATE'}`,
      [webhook.id],
    );
    const delivery = await readPending(manager, job.data, { lock: true });
    await job.finish(manager);
    if (!delivery) return;
    await keep(manager, job.data.deliveryId, originOf(webhook.url), attempt);
    const enabled = await this.state.record(manager, webhook, attempt);
    if (attempt.delivered) await delivered(manager, job.data.deliveryId);
    else if (enabled) await this.tryAgain(manager, job.data, webhook, delivery.tries + 1, attempt);
  }

  private async tryAgain(
    manager: EntityManager,
    data: DeliveryJob,
    webhook: WebhookRow,
    tries: number,
    { retryAfter }: Attempt,
  ): Promise<void> {
    const pause = secondsUntilRetry(tries, retryAfter, Math.random());
    await manager.query(
      `UPDATE webhook_deliveries
          SET tries = $2, status = CASE WHEN $3::integer IS NULL THEN 'failed' ELSE 'pending' END,
              next_try_at = fanfare_now() + make_interval(secs => $3::integer)
        WHERE id = $1`,
      [data.deliveryId, tries, pause ?? null],
    );
    if (pause === undefined) return;
    await this.deliveryJobs.send(manager, [{ ...data, endpointId: webhook.id, slow: true }], pause);
  }

  private async readWebhook(id: string): Promise<WebhookRow | undefined> {
    const [row] = await this.database.query<WebhookRow[]>(
      `${SELECT_WEBHOOK} WHERE w.id = $1 AND w.disabled_at IS NULL`,
      [id],
    );
    return row;
  }
}

async function readPending(
  manager: EntityManager,
  { deliveryId, round }: DeliveryJob,
  { lock = false } = {},
): Promise<Pending | undefined> {
  const [row] = await manager.query<Pending[]>(
    `SELECT d.endpoint_id AS "endpointId", d.tries, e.type, e.at AS timestamp, e.data
       FROM webhook_deliveries d JOIN events e ON e.id = d.event_id
      WHERE d.id = $1 AND d.round = $2 AND d.status = 'pending'${lock ? ' FOR UPDATE OF d' : ''}`,
    [deliveryId, round],
  );
  return row;
}

async function keep(
  manager: EntityManager,
  deliveryId: string,
  origin: string,
  attempt: Attempt,
): Promise<void> {
  const { at, durationMs, status, error, answer } = attempt;
  await manager.query(
    'UPDATE webhook_deliveries SET first_origin = $2 WHERE id = $1 AND first_origin IS NULL',
    [deliveryId, origin],
  );
  await manager.query(
    `INSERT INTO webhook_attempts (id, delivery_id, at, duration_ms, status, error, answer)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [uuidv7(), deliveryId, at, durationMs, status, error, answer],
  );
}

async function delivered(manager: EntityManager, deliveryId: string): Promise<void> {
  await manager.query(
    `UPDATE webhook_deliveries SET status = 'delivered', tries = tries + 1, next_try_at = NULL, delivered_at = fanfare_now()
      WHERE id = $1`,
    [deliveryId],
  );
}
