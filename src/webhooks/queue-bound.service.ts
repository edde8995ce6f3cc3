import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../database';
import { beyondAccountBound, MAX_QUEUED, MAX_QUEUED_OF_ACCOUNT, type Queue } from './queue-bounds';
import { WebhookState } from './webhook-state.service';
import { SELECT_WEBHOOK, type WebhookRow } from './webhooks.dto';

const REASON = `more than ${MAX_QUEUED} deliveries were waiting for it`;
const REASON_OF_ACCOUNT =
  `more than ${MAX_QUEUED_OF_ACCOUNT} deliveries were waiting for the webhooks of its account, ` +
  'and for none more than for this one';

/** How many deliveries wait for an endpoint `w`. The limit bounds what is read, whatever waits. */
const WAITING = `
  (SELECT count(*)::integer
     FROM (SELECT FROM webhook_deliveries WHERE endpoint_id = w.id AND status = 'pending' LIMIT ${MAX_QUEUED + 1}) AS pending)`;

/** Disables endpoints that take less than they are told: what waits for them does not grow without limit. */
@Injectable()
export class QueueBound {
  constructor(
    private readonly database: DataSource,
    private readonly state: WebhookState,
  ) {}

  /**
   * After the commit of what made deliveries: whoever made them holds the rows together with others.
   * @param endpointIds for which deliveries were made
   */
  async enforce(endpointIds: readonly string[]): Promise<void> {
    if (endpointIds.length === 0) return;
    for (const { webhookId } of await this.full(endpointIds)) await this.disable(webhookId, REASON);
    for (const accountId of await this.accountsOf(endpointIds)) await this.enforceFor(accountId);
  }

  private async enforceFor(accountId: string): Promise<void> {
    const queues = await this.database.query<Queue[]>(
      `SELECT w.id AS "webhookId", ${WAITING} AS waiting
         FROM webhook_endpoints w WHERE w.account_id = $1 AND w.disabled_at IS NULL ORDER BY w.id`,
      [accountId],
    );
    for (const { webhookId } of beyondAccountBound(queues)) await this.disable(webhookId, REASON_OF_ACCOUNT);
  }

  private full(endpointIds: readonly string[]): Promise<Pick<Queue, 'webhookId'>[]> {
    return this.database.query(
      `SELECT w.id AS "webhookId" FROM webhook_endpoints w WHERE w.id = ANY ($1) AND ${WAITING} > $2`,
      [endpointIds, MAX_QUEUED],
    );
  }

  /** The platform's own endpoints belong to none: they are few, and the operator's. */
  private async accountsOf(endpointIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ accountId: string }[]>(
      `SELECT DISTINCT account_id AS "accountId" FROM webhook_endpoints
        WHERE id = ANY ($1) AND account_id IS NOT NULL ORDER BY 1`,
      [endpointIds],
    );
    return rows.map(({ accountId }) => accountId);
  }

  private disable(endpointId: string, reason: string): Promise<void> {
    return inTransaction(this.database, async (manager) => {
      const [webhook] = await manager.query<WebhookRow[]>(
        `${SELECT_WEBHOOK} WHERE w.id = $1 AND w.disabled_at IS NULL FOR UPDATE OF w`,
        [endpointId],
      );
      if (webhook) await this.state.disable(manager, 'system', webhook, reason);
    });
  }
}
