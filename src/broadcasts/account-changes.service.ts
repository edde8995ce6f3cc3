import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Account } from '../accounts/account.entity';
import { accountView, type AccountView, type ChangeAccountRequest } from '../accounts/accounts.dto';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { assertVersion, type ExpectedVersions } from '../errors/version';
import { Events } from '../events/events.service';
import { Terms } from '../quotas/terms.service';
import { readBroadcast } from './broadcast-row.service';
import { Moves } from './moves.service';

/** Changes of an account that touch its broadcasts: its type, its zone, and its end. */
@Injectable()
export class AccountChanges {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly terms: Terms,
    private readonly moves: Moves,
    private readonly audit: AuditLog,
    private readonly events: Events,
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
      const account = await this.accounts.lock(manager, accountId, 'change');
      refuse(account, expected);
      const changed = changedFields(account, request);
      const retimed = changed.type !== undefined || changed.timeZone !== undefined;
      if (retimed) await this.refuseWhileScheduled(manager, accountId);
      const now = await databaseNow(manager);
      const next: Account = { ...account, ...changed, version: account.version + 1, updatedAt: now };
      const term = retimed ? await this.terms.openNext(manager, next, now) : account.term;
      await manager.update(Account, { id: accountId }, { ...next, term });
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'account.changed',
        subject: `account:${accountId}`,
        accountId,
        facts: { changed },
      });
      const view = accountView({ ...next, term });
      await this.events.emit(manager, { type: 'account.changed', accountId, data: view });
      return view;
    });
  }

  /** Ends the account for ever: what is scheduled is cancelled, its keys are void; what was published stays with its readers. */
  async close(caller: Principal, accountId: string, reason?: string): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.lock(manager, accountId, 'change');
      const closed = await this.accounts.moveLocked(manager, account, caller, 'close', reason);
      const now = await databaseNow(manager);
      for (const { id } of await this.scheduled(manager, accountId)) {
        const broadcast = await readBroadcast(manager, accountId, id, { lock: true });
        if (broadcast.status === 'scheduled') {
          await this.moves.callOff(manager, actorOf(caller), broadcast, now, 'account closed');
        }
      }
      await manager.query(
        'UPDATE api_keys SET revoked_at = $2 WHERE account_id = $1 AND revoked_at IS NULL',
        [accountId, now],
      );
      return accountView(closed);
    });
  }

  private async refuseWhileScheduled(manager: EntityManager, accountId: string): Promise<void> {
    const broadcasts = await this.scheduled(manager, accountId);
    if (broadcasts.length === 0) return;
    throw new DomainError(
      'scheduled-broadcasts-in-the-way',
      `Cancel or wait for the ${broadcasts.length} scheduled broadcasts first: their slots were counted in the old calendar.`,
      { broadcasts: broadcasts.map(({ id, at }) => ({ id, scheduledAt: at.toISOString() })) },
    );
  }

  private scheduled(manager: EntityManager, accountId: string): Promise<{ id: string; at: Date }[]> {
    return manager.query(
      `SELECT id, scheduled_at AS at FROM broadcasts WHERE account_id = $1 AND status = 'scheduled'
        ORDER BY scheduled_at, id`,
      [accountId],
    );
  }
}

function refuse(account: Account, expected: ExpectedVersions): void {
  if (account.status === 'closed')
    throw new DomainError('account-not-active', 'The account is closed for ever.');
  assertVersion(account.version, expected);
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
