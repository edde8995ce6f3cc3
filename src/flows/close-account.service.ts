import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.entity';
import { accountView, type AccountView } from '../accounts/accounts.dto';
import { Accounts } from '../accounts/accounts.service';
import { Invitations } from '../accounts/invitations.service';
import { ApiKeys } from '../auth/api-keys.service';
import { Authority } from '../auth/authority.service';
import { actorOf, type Principal } from '../auth/principal';
import { readBroadcast, scheduledOf } from '../broadcasts/broadcast-row.service';
import { Moves } from '../broadcasts/moves.service';
import { databaseNow, inTransaction } from '../database';
import { Webhooks } from '../webhooks/webhooks.service';

const REASON = 'account closed';

/**
 * Ends an account for ever, in one transaction: what is scheduled is cancelled, its keys and invitations are revoked, its
 * webhooks disabled, each with its own audit entry. What was published stays with its readers.
 */
@Injectable()
export class CloseAccount {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly authority: Authority,
    private readonly keys: ApiKeys,
    private readonly invitations: Invitations,
    private readonly moves: Moves,
    private readonly webhooks: Webhooks,
  ) {}

  closeAsOwner(caller: Principal, accountId: string): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.lock(manager, accountId, 'change');
      await this.authority.require(manager, caller, accountId, { role: 'owner' });
      return this.close(manager, caller, account);
    });
  }

  closeAsAdmin(caller: Principal, accountId: string, reason?: string): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.lock(manager, accountId, 'change');
      await this.authority.requireAdmin(manager, caller);
      return this.close(manager, caller, account, reason);
    });
  }

  private async close(
    manager: EntityManager,
    caller: Principal,
    account: Account,
    reason?: string,
  ): Promise<AccountView> {
    const closed = await this.accounts.moveLocked(manager, account, caller, 'close', reason);
    await this.cancelScheduled(manager, caller, account.id);
    await this.keys.revokeAll(manager, caller, account.id);
    await this.invitations.revokeAll(manager, caller, account.id, undefined, REASON);
    await this.webhooks.disableAll(manager, caller, account.id, REASON);
    return accountView(closed);
  }

  private async cancelScheduled(manager: EntityManager, caller: Principal, accountId: string): Promise<void> {
    const now = await databaseNow(manager);
    for (const { id } of await scheduledOf(manager, accountId)) {
      const broadcast = await readBroadcast(manager, accountId, id, { lock: true });
      if (broadcast.status === 'scheduled') {
        await this.moves.callOff(manager, actorOf(caller), broadcast, now, REASON);
      }
    }
  }
}
