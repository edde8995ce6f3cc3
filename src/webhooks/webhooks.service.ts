import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type GovernedAct } from '../accounts/account-acts';
import { Accounts } from '../accounts/accounts.service';
import { Authority } from '../auth/authority.service';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { Outbound } from '../outbound/outbound.service';
import { namedBy, type WebhookOwner } from './webhook-owner';
import { originOf } from './replay-bounds';
import { makeSecret } from './signing';
import { WebhookState } from './webhook-state.service';
import {
  SELECT_WEBHOOK,
  webhookView,
  type ChangeWebhookRequest,
  type CreateWebhookRequest,
  type NewWebhookView,
  type WebhookRow,
  type WebhookView,
} from './webhooks.dto';
import { awaitLock } from '../postgres/advisory-locks';

/** Endpoints that an account, or the platform, may have. */
export const MOST_WEBHOOKS = 10;

/** How long the old secret goes on signing after a rotation. */
const BOTH_SIGN = '24 hours';

const SECRET_BYTES = 32;

/** Where a brand, or the operator, wants to be told of events. */
@Injectable()
export class Webhooks {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly authority: Authority,
    private readonly outbound: Outbound,
    private readonly state: WebhookState,
  ) {}

  /** @throws DomainError address-not-allowed, limit-reached */
  async create(
    actor: Principal,
    owner: WebhookOwner,
    request: CreateWebhookRequest,
  ): Promise<NewWebhookView> {
    const url = await this.outbound.checkUrl(request.url, namedBy(owner));
    const secret = makeSecret(randomBytes(SECRET_BYTES));
    const id = uuidv7();
    return inTransaction(this.database, async (manager) => {
      await this.authorize(manager, actor, owner, 'use-webhooks', 'change');
      await refuseTooMany(manager, owner);
      await manager.query(
        `INSERT INTO webhook_endpoints (id, account_id, url, events, secret, created_by, created_at, updated_at)
         SELECT $1, $2, $3, $4, $5, $6, clock.now, clock.now FROM (SELECT fanfare_now() AS now) AS clock`,
        [id, owner, url, request.events ?? [], secret, actorOf(actor)],
      );
      const webhook = await readWebhook(manager, owner, id);
      const facts = { ...noted(url), events: request.events ?? [] };
      await this.state.note(manager, actorOf(actor), 'webhook.created', webhook, facts);
      return { ...webhookView(webhook), secret };
    });
  }

  /** Newest first. */
  async list(owner: WebhookOwner, limit: number, cursor?: string): Promise<Page<WebhookView>> {
    const list = `webhooks of ${owner ?? 'the platform'}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<WebhookRow[]>(
      `${SELECT_WEBHOOK} WHERE w.account_id IS NOT DISTINCT FROM $1 AND ($2::uuid IS NULL OR w.id < $2)
        ORDER BY w.id DESC LIMIT $3`,
      [owner, before, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], webhookView);
  }

  async change(
    actor: Principal,
    owner: WebhookOwner,
    webhookId: string,
    { url, events, enabled }: ChangeWebhookRequest,
  ): Promise<WebhookView> {
    const checked = url === undefined ? undefined : await this.outbound.checkUrl(url, namedBy(owner));
    return inTransaction(this.database, async (manager) => {
      await this.authorize(manager, actor, owner, 'use-webhooks');
      const webhook = await readWebhook(manager, owner, webhookId, { lock: true });
      await manager.query(
        `UPDATE webhook_endpoints SET url = coalesce($2, url), events = coalesce($3, events), updated_at = fanfare_now()
          WHERE id = $1`,
        [webhookId, checked ?? null, events ?? null],
      );
      if (checked !== undefined && originOf(checked) !== originOf(webhook.url)) {
        await giveUpReplayed(manager, webhookId);
      }
      if (checked !== undefined || events !== undefined) {
        await this.state.note(manager, actorOf(actor), 'webhook.changed', webhook, {
          ...(checked !== undefined && noted(checked)),
          ...(events !== undefined && { events }),
        });
      }
      const isEnabled = webhook.disabledAt === null;
      if (enabled === true && !isEnabled) await this.state.enable(manager, actorOf(actor), webhook);
      if (enabled === false && isEnabled)
        await this.state.disable(manager, actorOf(actor), webhook, 'by hand');
      return webhookView(await readWebhook(manager, owner, webhookId));
    });
  }

  /** With its deliveries, also those that are on their way. */
  async delete(actor: Principal, owner: WebhookOwner, webhookId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.authorize(manager, actor, owner, 'delete-webhook');
      const webhook = await readWebhook(manager, owner, webhookId, { lock: true });
      await manager.query('DELETE FROM webhook_endpoints WHERE id = $1', [webhookId]);
      await this.state.note(manager, actorOf(actor), 'webhook.deleted', webhook);
    });
  }

  /** A new secret; the old one signs beside it for a day, so that a receiver can change over without missing anything. */
  async rotate(actor: Principal, owner: WebhookOwner, webhookId: string): Promise<NewWebhookView> {
    const secret = makeSecret(randomBytes(SECRET_BYTES));
    return inTransaction(this.database, async (manager) => {
      await this.authorize(manager, actor, owner, 'use-webhooks');
      const webhook = await readWebhook(manager, owner, webhookId, { lock: true });
      await manager.query(
        `UPDATE webhook_endpoints SET previous_secret = secret, previous_secret_until = fanfare_now() + $3::interval,
                secret = $2, updated_at = fanfare_now()
          WHERE id = $1`,
        [webhookId, secret, BOTH_SIGN],
      );
      await this.state.note(manager, actorOf(actor), 'webhook.secret-rotated', webhook);
      return { ...webhookView(await readWebhook(manager, owner, webhookId)), secret };
    });
  }

  /** Disables every endpoint of an account that is. Under the account's lock. */
  async disableAll(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    reason: string,
  ): Promise<void> {
    const enabled = await manager.query<WebhookRow[]>(
      `${SELECT_WEBHOOK} WHERE w.account_id = $1 AND w.disabled_at IS NULL ORDER BY w.id FOR UPDATE`,
      [accountId],
    );
    for (const webhook of enabled) await this.state.disable(manager, actorOf(actor), webhook, reason);
  }

  /** Asks again for the authority with which the request came in, under the lock of whoever the endpoint belongs to. */
  async authorize(
    manager: EntityManager,
    actor: Principal,
    owner: WebhookOwner,
    act: Extract<GovernedAct, 'use-webhooks' | 'delete-webhook'>,
    mode: 'share' | 'change' = 'share',
  ): Promise<void> {
    if (owner !== null) {
      await this.accounts.open(manager, actor, owner, act, mode);
      return;
    }
    if (mode === 'change') await manager.query(awaitLock('platformWebhooks'));
    await this.authority.requireAdmin(manager, actor);
  }
}

/** The host is kept and not the URL, whose path is a password with many receivers. */
function noted(url: string): { readonly host: string } {
  return { host: new URL(url).host };
}

/** @throws DomainError not-found, for another owner's endpoint too */
export async function readWebhook(
  manager: EntityManager,
  owner: WebhookOwner,
  webhookId: string,
  { lock = false } = {},
): Promise<WebhookRow> {
  const [row] = await manager.query<WebhookRow[]>(
    `${SELECT_WEBHOOK} WHERE w.id = $1 AND w.account_id IS NOT DISTINCT FROM $2${lock ? ' FOR UPDATE' : ''}`,
    [webhookId, owner],
  );
  if (!row) throw notFound('webhook');
  return row;
}

/** It was asked for while the URL led elsewhere; the new host gets it when it is asked for again. */
async function giveUpReplayed(manager: EntityManager, webhookId: string): Promise<void> {
  await manager.query(
    `UPDATE webhook_deliveries SET status = 'failed', next_try_at = NULL
      WHERE endpoint_id = $1 AND status = 'pending' AND round > 1`,
    [webhookId],
  );
}

async function refuseTooMany(manager: EntityManager, owner: WebhookOwner): Promise<void> {
  const [{ count }] = await manager.query<[{ count: number }]>(
    'SELECT count(*)::integer AS count FROM webhook_endpoints WHERE account_id IS NOT DISTINCT FROM $1',
    [owner],
  );
  if (count < MOST_WEBHOOKS) return;
  throw new DomainError(
    'limit-reached',
    `There are ${count} webhooks: delete one that is not needed any more.`,
    {
      limit: MOST_WEBHOOKS,
    },
  );
}
