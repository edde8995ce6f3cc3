import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database';
import { MAX_QUEUED } from './replay-bounds';
import { WebhookState } from './webhook-state.service';
import { SELECT_WEBHOOK, type WebhookRow } from './webhooks.dto';

const REASON = `more than ${MAX_QUEUED} deliveries were waiting for it`;

/** Ends an endpoint that takes less than it is told: what waits for it does not grow without limit. */
@Injectable()
export class QueueBound {
  constructor(
    private readonly database: DataSource,
    private readonly state: WebhookState,
  ) {}

  /** After the commit of what made deliveries: whoever made them holds the row together with others. */
  async enforce(endpointId: string): Promise<void> {
    if (!(await this.isFull(endpointId))) return;
    await inTransaction(this.database, async (manager) => {
      const [webhook] = await manager.query<WebhookRow[]>(
        `${SELECT_WEBHOOK} WHERE w.id = $1 AND w.disabled_at IS NULL FOR UPDATE OF w`,
        [endpointId],
      );
      if (webhook) await this.state.disable(manager, 'system', webhook, REASON);
    });
  }

  private async isFull(endpointId: string): Promise<boolean> {
    // The limit bounds what is read, whatever waits.
    const [{ waiting }] = await this.database.query<[{ waiting: number }]>(
      `SELECT count(*)::integer AS waiting
         FROM (SELECT FROM webhook_deliveries WHERE endpoint_id = $1 AND status = 'pending' LIMIT $2) AS pending`,
      [endpointId, MAX_QUEUED + 1],
    );
    return waiting > MAX_QUEUED;
  }
}
