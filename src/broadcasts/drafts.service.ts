import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Account } from '../accounts/account.entity';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction, violatedConstraint } from '../database';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import { Exhaustion } from '../quotas/exhaustion.service';
import { Quotas } from '../quotas/quotas.service';
import { AudienceTags } from './audience-tags.service';
import { toColumns, type AudienceColumns } from './audience-rule';
import { broadcastView, type BroadcastRow } from './broadcast-row.service';
import type { BroadcastView, CreateBroadcastRequest } from './broadcasts.dto';
import { sanitized, type Content } from './content';
import { fingerprintOf, readIdempotencyKey } from './idempotency';
import { Placement } from './placement.service';
import { PublishWish } from './publish-wish.service';

interface Idempotency {
  readonly key: string;
  readonly body: Buffer;
}

interface NewBroadcast extends AudienceColumns {
  readonly id: string;
  readonly content: Content;
  readonly createdBy: string;
  readonly now: Date;
}

/** Creates broadcasts: as drafts, or scheduled at once. */
@Injectable()
export class Drafts {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly exhaustion: Exhaustion,
    private readonly placement: Placement,
    private readonly tags: AudienceTags,
    private readonly audit: AuditLog,
    private readonly publishing: PublishWish,
  ) {}

  /**
   * With an Idempotency-Key, a repeated request has one effect and gets the first answer again, for ever: the key lies
   * with the broadcast, in the same transaction.
   * @throws DomainError idempotency-key-reused when the key came with another body before
   */
  async create(
    caller: Principal,
    accountId: string,
    request: CreateBroadcastRequest,
    keyHeader?: string,
  ): Promise<BroadcastView> {
    const idempotency = idempotencyOf(request, keyHeader);
    const once = () =>
      inTransaction(this.database, (manager) =>
        this.createOnce(manager, caller, accountId, request, idempotency),
      );
    const onceOrAgain = () =>
      once().catch((error: unknown) => {
        // A twin with the same key committed first; the second run finds it.
        if (violatedConstraint(error) === 'broadcasts_idempotency_once') return once();
        throw error;
      });
    const view = await this.exhaustion.watch(accountId, onceOrAgain);
    // Only after the commit: the scheduler must find what it is woken for.
    if (view.scheduledAt) this.publishing.wishIfSoon(new Date(view.scheduledAt), new Date(view.updatedAt));
    return view;
  }

  private async createOnce(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    request: CreateBroadcastRequest,
    idempotency: Idempotency | undefined,
  ): Promise<BroadcastView> {
    const account = await this.accounts.lock(manager, accountId, 'share');
    // Opened before the key is looked up: a twin that is still at work may hold the last slot.
    const quota = request.schedule && (await this.quotas.open(manager, account));
    const answer = idempotency && (await earlierAnswer(manager, accountId, idempotency));
    if (answer) return answer;
    refuseClosed(account);
    const place = quota && (await this.placement.find(manager, quota, request.schedule));
    const audience = await this.tags.resolve(manager, accountId, request.audience);
    const draft = {
      id: uuidv7(),
      content: sanitized(request.content),
      createdBy: actorOf(caller),
      now: quota?.now ?? (await databaseNow(manager)),
      ...toColumns(audience),
    };
    const row = await this.insert(manager, account, draft);
    await this.audit.append(manager, {
      actor: draft.createdBy,
      action: 'broadcast.created',
      subject: `broadcast:${draft.id}`,
      accountId,
    });
    // Created and scheduled in one step is one version.
    const unborn = { ...row, version: row.version - 1 };
    const made = quota && place && (await this.placement.put(manager, caller, quota, unborn, place));
    const view = broadcastView(made ?? row);
    if (idempotency) await keepAnswer(manager, view, idempotency);
    return view;
  }

  private async insert(manager: EntityManager, account: Account, draft: NewBroadcast): Promise<BroadcastRow> {
    const { id, content, createdBy, now, audience_any, audience_all, audience_none } = draft;
    await manager.query(
      `INSERT INTO broadcasts (id, account_id, status, content, audience_any, audience_all, audience_none, version,
                               created_by, created_at, updated_at)
       VALUES ($1, $2, 'draft', $3, $4, $5, $6, 1, $7, $8, $8)`,
      [id, account.id, JSON.stringify(content), audience_any, audience_all, audience_none, createdBy, now],
    );
    return {
      id,
      account_id: account.id,
      status: 'draft',
      content,
      audience_any,
      audience_all,
      audience_none,
      scheduled_at: null,
      published_at: null,
      recalled_at: null,
      missed_reason: null,
      term: null,
      period: null,
      version: 1,
      created_by: createdBy,
      created_at: now,
      updated_at: now,
    };
  }
}

function refuseClosed(account: Account): void {
  if (account.status === 'closed') throw new DomainError('account-not-active', 'The account is closed.');
}

function idempotencyOf(request: CreateBroadcastRequest, header: string | undefined): Idempotency | undefined {
  if (header === undefined) return undefined;
  const key = readIdempotencyKey(header);
  if (key === undefined) {
    throw invalidRequest([
      { field: 'Idempotency-Key', message: 'must be 1 to 255 printable ASCII characters' },
    ]);
  }
  return { key, body: fingerprintOf(JSON.parse(JSON.stringify(request))) };
}

async function earlierAnswer(
  manager: EntityManager,
  accountId: string,
  { key, body }: Idempotency,
): Promise<BroadcastView | undefined> {
  const [earlier] = await manager.query<{ same: boolean; answer: BroadcastView }[]>(
    `SELECT idempotency_body = $3 AS same, idempotency_answer AS answer FROM broadcasts
      WHERE account_id = $1 AND idempotency_key = $2`,
    [accountId, key, body],
  );
  if (earlier?.same === false) {
    throw new DomainError(
      'idempotency-key-reused',
      'This key came with another body before: take a new one.',
    );
  }
  return earlier?.answer;
}

async function keepAnswer(
  manager: EntityManager,
  view: BroadcastView,
  { key, body }: Idempotency,
): Promise<void> {
  await manager.query(
    'UPDATE broadcasts SET idempotency_key = $2, idempotency_body = $3, idempotency_answer = $4 WHERE id = $1',
    [view.id, key, body, JSON.stringify(view)],
  );
}
