import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { Events } from '../events/events.service';
import { DAYS_UNTIL_DISABLED, SLOW_MS } from './retry-schedule';
import type { Attempt } from './webhook-sender.service';
import type { WebhookRow } from './webhooks.dto';

type Endpoint = Pick<WebhookRow, 'id' | 'accountId'>;

/** Whether an endpoint is told of events, how it has been doing lately, and what the audit log says of it. */
@Injectable()
export class WebhookState {
  constructor(
    private readonly audit: AuditLog,
    private readonly events: Events,
  ) {}

  /** Also begins its record anew: what failed before counts no longer. */
  async enable(manager: EntityManager, actor: string, webhook: Endpoint): Promise<void> {
    await manager.query(
      `UPDATE webhook_endpoints
          SET disabled_at = NULL, disabled_reason = NULL, failing_since = NULL, slow = false, updated_at = fanfare_now()
        WHERE id = $1`,
      [webhook.id],
    );
    await this.note(manager, actor, 'webhook.enabled', webhook);
  }

  /** What is on its way to it is given up; it can be replayed once it is enabled again. */
  async disable(manager: EntityManager, actor: string, webhook: Endpoint, reason: string): Promise<void> {
    await manager.query(
      `UPDATE webhook_endpoints SET disabled_at = fanfare_now(), disabled_reason = $2, updated_at = fanfare_now()
        WHERE id = $1`,
      [webhook.id, reason],
    );
    await manager.query(
      `UPDATE webhook_deliveries SET status = 'failed', next_try_at = NULL
        WHERE endpoint_id = $1 AND status = 'pending'`,
      [webhook.id],
    );
    await this.note(manager, actor, 'webhook.disabled', webhook, { reason });
    // For the other endpoints of the account, and the platform's: this one is told no more.
    const { id: webhookId, accountId } = webhook;
    await this.events.emit(manager, {
      type: 'webhook.disabled',
      accountId,
      data: { webhookId, accountId, reason },
    });
  }

  /**
   * Takes note of a try; disables an endpoint that wants no more, and one that nothing has reached for days. The
   * endpoint's row is locked by then.
   * @returns whether it is still enabled
   */
  async record(manager: EntityManager, webhook: Endpoint, attempt: Attempt): Promise<boolean> {
    const slow = !attempt.delivered || attempt.durationMs > SLOW_MS;
    // Written only when something changes: an endpoint in good health gets many deliveries a second.
    await manager.query(
      `UPDATE webhook_endpoints
          SET slow = $2, failing_since = CASE WHEN $3 THEN NULL ELSE coalesce(failing_since, fanfare_now()) END
        WHERE id = $1 AND (slow, failing_since IS NULL) IS DISTINCT FROM ($2, $3)`,
      [webhook.id, slow, attempt.delivered],
    );
    if (attempt.delivered) return true;
    const reason = attempt.gone ? 'it answered 410 Gone' : await this.deadFor(manager, webhook.id);
    if (reason === undefined) return true;
    await this.disable(manager, 'system', webhook, reason);
    return false;
  }

  private async deadFor(manager: EntityManager, webhookId: string): Promise<string | undefined> {
    const rows = await manager.query<unknown[]>(
      `SELECT FROM webhook_endpoints WHERE id = $1 AND failing_since <= fanfare_now() - make_interval(days => $2)`,
      [webhookId, DAYS_UNTIL_DISABLED],
    );
    return rows.length === 0 ? undefined : `nothing reached it for ${DAYS_UNTIL_DISABLED} days`;
  }

  async note(
    manager: EntityManager,
    actor: string,
    action: string,
    { id, accountId }: Endpoint,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const account = accountId === null ? {} : { accountId };
    await this.audit.append(manager, { actor, action, subject: `webhook:${id}`, ...account, facts });
  }
}
