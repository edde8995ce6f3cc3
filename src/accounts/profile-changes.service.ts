import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { authorNameSql } from '../auth/author.sql';
import { Authority } from '../auth/authority.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import { Events } from '../events/events.service';
import { decodeKey, toPage, type Page } from '../http/page';
import { assertAccountAllows } from './account-status';
import { Account } from './account.entity';
import { accountView, type AccountView } from './accounts.dto';
import { Accounts } from './accounts.service';
import { profileChangeView, type ProfileChangeRow, type ProfileChangeView } from './profile-changes.dto';
import { profilePart } from './profile-review';

const LIST = 'profile changes';

/** Names and pictures of approved brands that wait for an admin. */
@Injectable()
export class ProfileChanges {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly authority: Authority,
    private readonly audit: AuditLog,
    private readonly events: Events,
  ) {}

  /** By the age of the account. */
  async list(limit: number, cursor?: string): Promise<Page<ProfileChangeView>> {
    const [after = null] = decodeKey(LIST, cursor, ['id']) ?? [];
    const rows = await this.database.query<ProfileChangeRow[]>(
      `SELECT a.id AS account_id, a.handle, a.status, a.name, a.avatar_url, a.pending_profile,
              ${authorNameSql(`(a.pending_profile ->> 'proposedBy')`)} AS author
         FROM accounts a
        WHERE a.pending_profile IS NOT NULL AND a.status <> 'closed' AND ($1::uuid IS NULL OR a.id > $1)
        ORDER BY a.id LIMIT $2`,
      [after, limit + 1],
    );
    return toPage(rows, limit, LIST, ({ account_id }) => [account_id], profileChangeView);
  }

  /** @throws DomainError not-found when it was decided, withdrawn or changed since it was read */
  approve(admin: Principal, changeId: string, reason?: string): Promise<AccountView> {
    return this.decide(admin, changeId, 'approved', reason);
  }

  refuse(admin: Principal, changeId: string, reason?: string): Promise<AccountView> {
    return this.decide(admin, changeId, 'refused', reason);
  }

  private async decide(
    admin: Principal,
    changeId: string,
    decision: 'approved' | 'refused',
    reason?: string,
  ): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.lock(manager, await accountWaitingFor(manager, changeId), 'change');
      await this.authority.requireAdmin(manager, admin);
      const pending = account.pendingProfile;
      if (pending?.id !== changeId) throw notFound('profile change');
      assertAccountAllows(account, 'change-profile');
      const profile = profilePart(pending);
      const changed = {
        ...(decision === 'approved' && profile),
        pendingProfile: null,
        version: account.version + 1,
        updatedAt: await databaseNow(manager),
      };
      await manager.update(Account, { id: account.id }, changed);
      await this.audit.append(manager, {
        actor: actorOf(admin),
        action: `account.change-${decision}`,
        subject: `account:${account.id}`,
        accountId: account.id,
        facts: { proposed: profile, ...(reason !== undefined && { reason }) },
      });
      const view = accountView({ ...account, ...changed });
      await this.events.emit(manager, { type: 'account.changed', accountId: account.id, data: view });
      return view;
    });
  }
}

async function accountWaitingFor(manager: EntityManager, changeId: string): Promise<string> {
  const [account] = await manager.query<{ id: string }[]>(
    `SELECT id FROM accounts WHERE pending_profile IS NOT NULL AND pending_profile ->> 'id' = $1`,
    [changeId],
  );
  if (!account) throw notFound('profile change');
  return account.id;
}
