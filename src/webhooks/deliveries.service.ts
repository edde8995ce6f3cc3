import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { exactText } from '../audience/instant';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import {
  deliveryView,
  type AttemptRow,
  type DeliveriesQuery,
  type DeliveryRow,
  type DeliveryView,
} from './deliveries.dto';
import { DeliveryJobs } from './delivery-jobs.service';
import { Dispatch } from './dispatch.service';
import { TEST_EVENT } from './event-filter';
import { WebhookState } from './webhook-state.service';
import type { WebhookRow } from './webhooks.dto';
import type { WebhookOwner } from './webhook-owner';
import { readWebhook, Webhooks } from './webhooks.service';

const SELECT_DELIVERY = `
  SELECT d.id, e.type, d.status, e.at AS timestamp, d.created_at AS "createdAt", d.next_try_at AS "nextTryAt",
         d.delivered_at AS "deliveredAt", ${exactText('d.created_at')} AS exact
    FROM webhook_deliveries d JOIN events e ON e.id = d.event_id`;

/** What was sent to an endpoint and what became of it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: DataSource,
    private readonly dispatch: Dispatch,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly state: WebhookState,
    private readonly webhooks: Webhooks,
  ) {}

  /** Latest first. Read at one instant: a try is never shown without what came of it. */
  list(owner: WebhookOwner, webhookId: string, query: DeliveriesQuery): Promise<Page<DeliveryView>> {
    return this.database.transaction('REPEATABLE READ', (manager) =>
      this.page(manager, owner, webhookId, query),
    );
  }

  private async page(
    manager: EntityManager,
    owner: WebhookOwner,
    webhookId: string,
    { status, limit, cursor }: DeliveriesQuery,
  ): Promise<Page<DeliveryView>> {
    await readWebhook(manager, owner, webhookId);
    const list = `deliveries of ${webhookId} ${status ?? ''}`;
    const [before = 'infinity', beforeId = webhookId] = decodeKey(list, cursor, ['instant', 'id']) ?? [];
    const rows = await manager.query<DeliveryRow[]>(
      `${SELECT_DELIVERY}
        WHERE d.endpoint_id = $1 AND ($2::text IS NULL OR d.status = $2)
          AND (d.created_at, d.id) < ($3::timestamptz, $4::uuid)
        ORDER BY d.created_at DESC, d.id DESC LIMIT $5`,
      [webhookId, status ?? null, before, beforeId, limit + 1],
    );
    const attempts = await attemptsOf(manager, rows);
    return toPage(
      rows,
      limit,
      list,
      ({ exact, id }) => [exact, id],
      (row) => deliveryView(row, attempts.get(row.id) ?? []),
    );
  }

  /** Sends an event that says nothing, whatever the filters say. */
  async test(actor: Principal, owner: WebhookOwner, webhookId: string): Promise<DeliveryView> {
    const view = await inTransaction(this.database, async (manager) => {
      await this.webhooks.authorize(manager, actor, owner, 'use-webhooks');
      // Locked, since it may be deleted at this moment, and with it what the delivery refers to.
      const webhook = await readWebhook(manager, owner, webhookId, { lock: true });
      requireEnabled(webhook);
      const eventId = uuidv7();
      await manager.query(
        `INSERT INTO events (id, type, account_id, at, data) VALUES ($1, $2, $3, fanfare_now(), $4)`,
        [eventId, TEST_EVENT, owner, JSON.stringify({ webhookId, message: 'It works.' })],
      );
      const [deliveryId = ''] = await this.dispatch.deliver(manager, [{ eventId, endpointId: webhookId }]);
      await this.state.note(manager, actorOf(actor), 'webhook.tested', webhook);
      return deliveryView(await readDelivery(manager, webhookId, deliveryId), []);
    });
    this.deliveryJobs.wake();
    return view;
  }
}

export function requireEnabled({ disabledAt, disabledReason }: WebhookRow): void {
  if (disabledAt === null) return;
  throw new DomainError(
    'webhook-disabled',
    `It is disabled (${disabledReason ?? ''}): enable it with PATCH first.`,
  );
}

async function attemptsOf(
  manager: EntityManager,
  deliveries: readonly { readonly id: string }[],
): Promise<ReadonlyMap<string, AttemptRow[]>> {
  const rows = await manager.query<AttemptRow[]>(
    `SELECT a.delivery_id AS "deliveryId", a.at, a.duration_ms AS "durationMs", a.status, a.error, a.answer
       FROM unnest($1::uuid[]) AS delivery (id)
       JOIN LATERAL (SELECT * FROM webhook_attempts WHERE delivery_id = delivery.id
                      ORDER BY at DESC, webhook_attempts.id DESC LIMIT 20) AS a ON true
      ORDER BY a.at DESC, a.id DESC`,
    [deliveries.map(({ id }) => id)],
  );
  const attempts = new Map<string, AttemptRow[]>();
  for (const row of rows) attempts.set(row.deliveryId, [...(attempts.get(row.deliveryId) ?? []), row]);
  return attempts;
}

async function readDelivery(manager: EntityManager, webhookId: string, id: string): Promise<DeliveryRow> {
  const [row] = await manager.query<DeliveryRow[]>(
    `${SELECT_DELIVERY} WHERE d.endpoint_id = $1 AND d.id = $2`,
    [webhookId, id],
  );
  if (!row) throw notFound('delivery');
  return row;
}
