import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Account } from '../accounts/account.entity';
import { accountView, type AccountView, type ChangeAccountRequest } from '../accounts/accounts.dto';
import { Accounts } from '../accounts/accounts.service';
import {
  isReviewed,
  isSameProposal,
  profilePart,
  proposalAfter,
  type PendingProfile,
} from '../accounts/profile-review';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { assertVersion, type ExpectedVersions } from '../errors/version';
import { Events } from '../events/events.service';
import { SETTINGS, type Settings } from '../settings';
import { Terms } from '../quotas/terms.service';
import { scheduledOf } from './broadcast-row.service';

/** Changes of an account; those of its type and zone touch its broadcasts. */
@Injectable()
export class AccountChanges {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly terms: Terms,
    private readonly audit: AuditLog,
    private readonly events: Events,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /**
   * Changes what is named. A new type or zone is refused while anything is scheduled, since those slots were counted in
   * the old calendar.
   * @throws DomainError scheduled-broadcasts-in-the-way, with the list
   */
  async change(
    caller: Principal,
    accountId: string,
    request: ChangeAccountRequest,
    expected: ExpectedVersions,
  ): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.open(manager, caller, accountId, 'change-profile', 'change');
      assertVersion(account.version, expected);
      const now = await databaseNow(manager);
      const { changed, pendingProfile } = this.review(account, request, caller, now);
      const retimed = changed.type !== undefined || changed.timeZone !== undefined;
      if (retimed) await this.refuseWhileScheduled(manager, accountId);
      const next = { ...account, ...changed, pendingProfile, version: account.version + 1, updatedAt: now };
      const term = retimed ? await this.terms.openNext(manager, next, now) : account.term;
      await manager.update(Account, { id: accountId }, { ...next, term });
      await this.record(manager, caller, account, changed, pendingProfile);
      const view = accountView({ ...next, term });
      await this.events.emit(manager, { type: 'account.changed', accountId, data: view });
      return view;
    });
  }

  /** What changes at once, and what waits for an admin from now on. */
  private review(
    account: Account,
    request: ChangeAccountRequest,
    caller: Principal,
    now: Date,
  ): { changed: Partial<Account>; pendingProfile: PendingProfile | null } {
    if (!isReviewed(account.status, this.settings.autoApprove)) {
      return { changed: changedFields(account, request), pendingProfile: account.pendingProfile };
    }
    const { name: _, avatarUrl: __, ...rest } = request;
    const changed = changedFields(account, rest);
    const proposal = proposalAfter(account, account.pendingProfile, request);
    if (isSameProposal(account.pendingProfile, proposal)) {
      return { changed, pendingProfile: account.pendingProfile };
    }
    const by = { id: uuidv7(), proposedBy: actorOf(caller), proposedAt: now.toISOString() };
    return { changed, pendingProfile: proposal ? { ...proposal, ...by } : null };
  }

  private async record(
    manager: EntityManager,
    caller: Principal,
    { id, pendingProfile: before }: Account,
    changed: Partial<Account>,
    pending: PendingProfile | null,
  ): Promise<void> {
    const entry = { actor: actorOf(caller), subject: `account:${id}`, accountId: id };
    const isProposing = pending?.id !== before?.id;
    if (isProposing) {
      const facts = { proposed: pending && profilePart(pending) };
      await this.audit.append(manager, { ...entry, action: 'account.change-proposed', facts });
    }
    if (isProposing && Object.keys(changed).length === 0) return;
    await this.audit.append(manager, { ...entry, action: 'account.changed', facts: { changed } });
  }

  private async refuseWhileScheduled(manager: EntityManager, accountId: string): Promise<void> {
    const broadcasts = await scheduledOf(manager, accountId);
    if (broadcasts.length === 0) return;
    throw new DomainError(
      'scheduled-broadcasts-in-the-way',
      `Cancel or wait for the ${broadcasts.length} scheduled broadcasts first: their slots were counted in the old calendar.`,
      { broadcasts: broadcasts.map(({ id, at }) => ({ id, scheduledAt: at.toISOString() })) },
    );
  }
}

/** The fields that the request names and that differ from what is there. */
function changedFields(account: Account, request: ChangeAccountRequest): Partial<Account> {
  const named = Object.entries(request).filter(([, value]) => value !== undefined) as [
    keyof Account,
    unknown,
  ][];
  return Object.fromEntries(
    named.filter(([field, value]) => JSON.stringify(account[field]) !== JSON.stringify(value)),
  );
}
