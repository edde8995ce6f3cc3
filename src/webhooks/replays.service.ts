import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { exactText } from '../audience/instant';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { exactInstant } from '../http/instant';
import { invalidRequest } from '../http/validation';
import { Challenges } from './challenges.service';
import { requireEnabled } from './deliveries.service';
import { DeliveryJobs, type Due } from './delivery-jobs.service';
import { MAX_REPLAYED_AT_ONCE, MAX_REPLAYED_PER_HOUR, mayReplayTo, originOf } from './replay-bounds';
import { WebhookState } from './webhook-state.service';
import type { ReplayRequest, ReplayView, WebhookRow } from './webhooks.dto';
import type { WebhookOwner } from './webhook-owner';
import { readWebhook, Webhooks } from './webhooks.service';

interface Replayable {
  readonly id: string;
  readonly exact: string;
  readonly firstOrigin: string | null;
}

type Outcome = { readonly view: ReplayView } | { readonly unproven: WebhookRow };

/** Sends again what was sent, or tried, before. */
@Injectable()
export class Replays {
  constructor(
    private readonly database: DataSource,
    private readonly deliveryJobs: DeliveryJobs,
    private readonly state: WebhookState,
    private readonly webhooks: Webhooks,
    private readonly challenges: Challenges,
  ) {}

  /**
   * Under the same ids, with all ten tries before it. What is still on its way is tried at once. What was first sent to
   * another host than the webhook's of now goes there only once that host has answered a challenge, which is sent here.
   * @throws DomainError webhook-disabled, webhook-challenge-failed, replay-limit-reached
   */
  async replay(
    actor: Principal,
    owner: WebhookOwner,
    webhookId: string,
    request: ReplayRequest,
  ): Promise<ReplayView> {
    if ((request.deliveryId === undefined) === (request.since === undefined)) {
      throw invalidRequest([{ field: 'deliveryId', message: 'say exactly one of deliveryId and since' }]);
    }
    const attempt = () =>
      inTransaction(this.database, (manager) => this.attempt(manager, actor, owner, webhookId, request));
    let outcome = await attempt();
    if ('unproven' in outcome) {
      await this.challenges.prove(actor, outcome.unproven);
      outcome = await attempt();
    }
    if ('unproven' in outcome) throw changedMeanwhile();
    this.deliveryJobs.wake();
    return outcome.view;
  }

  private async attempt(
    manager: EntityManager,
    actor: Principal,
    owner: WebhookOwner,
    webhookId: string,
    { deliveryId, since }: ReplayRequest,
  ): Promise<Outcome> {
    await this.webhooks.authorize(manager, actor, owner, 'use-webhooks');
    const webhook = await readWebhook(manager, owner, webhookId, { lock: true });
    requireEnabled(webhook);
    const most = Math.min(MAX_REPLAYED_AT_ONCE, await leftThisHour(manager, webhookId));
    const found = await replayable(manager, webhookId, deliveryId, exactInstant(since ?? ''), most + 1);
    if (deliveryId !== undefined && found.length === 0) throw notFound('delivery');
    const replayed = found.slice(0, most);
    const destination = { origin: originOf(webhook.url), provenOrigin: webhook.provenOrigin };
    if (!mayReplayTo(destination, replayed)) {
      await this.challenges.begin(manager, webhook);
      return { unproven: webhook };
    }
    await count(manager, webhookId, replayed.length);
    await this.deliveryJobs.send(manager, await beginAgain(manager, replayed));
    const facts = { replayed: replayed.length };
    await this.state.note(manager, actorOf(actor), 'webhook.replayed', webhook, facts);
    return { view: { replayed: replayed.length, nextSince: found[most]?.exact ?? null } };
  }
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'webhook-challenge-failed',
    'The URL of the webhook was changed while the challenge was under way: replay again.',
  );
}

/**
 * How many may be replayed until the hour since the first of them ends. The endpoint's row is locked, so two requests
 * do not both see the rest.
 * @throws DomainError replay-limit-reached
 */
async function leftThisHour(manager: EntityManager, webhookId: string): Promise<number> {
  const [{ left, wait, until }] = await manager.query<[{ left: number; wait: number; until: Date }]>(
    `SELECT CASE WHEN replayed_since > clock.now - interval '1 hour' THEN $2 - replayed ELSE $2 END AS left,
            ceil(extract(epoch FROM replayed_since + interval '1 hour' - clock.now))::integer AS wait,
            replayed_since + interval '1 hour' AS until
       FROM webhook_endpoints, (SELECT fanfare_now() AS now) AS clock WHERE id = $1`,
    [webhookId, MAX_REPLAYED_PER_HOUR],
  );
  if (left > 0) return left;
  throw new DomainError(
    'replay-limit-reached',
    `${MAX_REPLAYED_PER_HOUR} deliveries of this webhook were replayed within an hour: go on after ${until.toISOString()}.`,
    { limit: MAX_REPLAYED_PER_HOUR, retryAfter: Math.max(1, wait), nextAvailableAt: until.toISOString() },
  );
}

async function count(manager: EntityManager, webhookId: string, replayed: number): Promise<void> {
  if (replayed === 0) return;
  await manager.query(
    `UPDATE webhook_endpoints w
        SET replayed = $2 + CASE WHEN hour.goes_on THEN w.replayed ELSE 0 END,
            replayed_since = CASE WHEN hour.goes_on THEN w.replayed_since ELSE hour.now END
       FROM (SELECT clock.now, coalesce(replayed_since > clock.now - interval '1 hour', false) AS goes_on
               FROM webhook_endpoints, (SELECT fanfare_now() AS now) AS clock WHERE id = $1) AS hour
      WHERE w.id = $1`,
    [webhookId, replayed],
  );
}

/** The oldest first. */
function replayable(
  manager: EntityManager,
  webhookId: string,
  deliveryId: string | undefined,
  since: string | undefined,
  limit: number,
): Promise<Replayable[]> {
  return manager.query(
    `SELECT id, ${exactText('created_at')} AS exact, first_origin AS "firstOrigin" FROM webhook_deliveries
      WHERE endpoint_id = $1 AND ($2::uuid IS NULL OR id = $2) AND ($3::timestamptz IS NULL OR created_at >= $3)
      ORDER BY created_at, id LIMIT $4`,
    [webhookId, deliveryId ?? null, since ?? null, limit],
  );
}

async function beginAgain(manager: EntityManager, deliveries: readonly Replayable[]): Promise<Due[]> {
  const [rows] = await manager.query<[Due[], number]>(
    `UPDATE webhook_deliveries d
        SET status = 'pending', round = d.round + 1, tries = 0, next_try_at = fanfare_now(), delivered_at = NULL
       FROM webhook_endpoints w WHERE d.id = ANY ($1) AND w.id = d.endpoint_id
   RETURNING d.id AS "deliveryId", d.round, d.endpoint_id AS "endpointId", w.slow`,
    [deliveries.map(({ id }) => id)],
  );
  return rows;
}
