import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Account } from '../accounts/account.entity';
import { assertAccountAllows } from '../accounts/account-status';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow } from '../database';
import { Exhaustion } from '../quotas/exhaustion.service';
import { Quotas, type OpenQuota } from '../quotas/quotas.service';
import { AudienceTags } from './audience-tags.service';
import { toColumns } from './audience-rule';
import { broadcastView } from './broadcast-row.service';
import type { BroadcastView, CreateBroadcastRequest } from './broadcasts.dto';
import { insertDraft } from './draft-row.sql';
import { IdempotentCreation } from './idempotent-creation.service';
import { Placement } from './placement.service';
import { PublishWish } from './publish-wish.service';
import { StorableContent } from './storable-content.service';

/** Creates broadcasts: as drafts, or scheduled at once. */
@Injectable()
export class Drafts {
  constructor(
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly exhaustion: Exhaustion,
    private readonly placement: Placement,
    private readonly tags: AudienceTags,
    private readonly audit: AuditLog,
    private readonly publishing: PublishWish,
    private readonly idempotent: IdempotentCreation,
    private readonly storable: StorableContent,
  ) {}

  /** @throws DomainError idempotency-key-reused when the key came with another body before */
  async create(
    caller: Principal,
    accountId: string,
    request: CreateBroadcastRequest,
    keyHeader?: string,
  ): Promise<BroadcastView> {
    const content = await this.storable.of(caller, accountId, request.content);
    const view = await this.exhaustion.watch(accountId, () =>
      this.idempotent.run(accountId, request, keyHeader, {
        open: (manager) => this.open(manager, caller, accountId, request),
        create: (manager, opened) => this.createOnce(manager, caller, opened, { ...request, content }),
      }),
    );
    // Only after the commit: the scheduler must find what it is woken for.
    if (view.scheduledAt) this.publishing.wishIfSoon(new Date(view.scheduledAt), new Date(view.updatedAt));
    return view;
  }

  private async open(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    request: CreateBroadcastRequest,
  ) {
    const account = await this.accounts.authorize(manager, caller, accountId, 'write-drafts');
    // Opened before the key is looked up: a twin that is still at work may hold the last slot.
    return { account, quota: request.schedule && (await this.quotas.open(manager, account)) };
  }

  private async createOnce(
    manager: EntityManager,
    caller: Principal,
    { account, quota }: { readonly account: Account; readonly quota: OpenQuota | undefined },
    /** With its content as it is stored. */
    request: CreateBroadcastRequest,
  ): Promise<BroadcastView> {
    const accountId = account.id;
    assertAccountAllows(account, 'write-drafts');
    const { schedule } = request;
    const place = quota && schedule && (await this.placement.find(manager, quota, schedule));
    const audience = await this.tags.resolve(manager, accountId, request.audience);
    const draft = {
      id: uuidv7(),
      content: request.content,
      createdBy: actorOf(caller),
      now: quota?.now ?? (await databaseNow(manager)),
      ...toColumns(audience),
    };
    const row = await insertDraft(manager, account.id, draft);
    await this.audit.append(manager, {
      actor: draft.createdBy,
      action: 'broadcast.created',
      subject: `broadcast:${draft.id}`,
      accountId,
    });
    // Created and scheduled in one step is one version.
    const unborn = { ...row, version: row.version - 1 };
    const made = quota && place && (await this.placement.put(manager, caller, quota, unborn, place));
    return broadcastView(made ?? row);
  }
}
