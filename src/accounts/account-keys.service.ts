import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ApiKeyView, NewApiKeyView } from '../auth/api-keys.dto';
import { ApiKeys } from '../auth/api-keys.service';
import type { MemberRole, Principal } from '../auth/principal';
import { inTransaction } from '../database';
import type { Page } from '../http/page';
import { Accounts } from './accounts.service';
import { Invitations } from './invitations.service';

interface WantedAccountKey {
  readonly name: string;
  readonly role: MemberRole;
  readonly expiresAt?: string | null | undefined;
}

/** The keys of a brand's account, under the lock by which its members change. */
@Injectable()
export class AccountKeys {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly keys: ApiKeys,
    private readonly invitations: Invitations,
  ) {}

  list(accountId: string, limit: number, cursor?: string): Promise<Page<ApiKeyView>> {
    return this.keys.list(accountId, limit, cursor);
  }

  create(caller: Principal, accountId: string, wanted: WantedAccountKey): Promise<NewApiKeyView> {
    return inTransaction(this.database, async (manager) => {
      const { id } = await this.accounts.open(manager, caller, accountId, 'create-key', 'change');
      return this.keys.create(manager, caller, id, wanted);
    });
  }

  /** With the invitations that were made with it. */
  revoke(caller: Principal, accountId: string, keyId: string): Promise<void> {
    return inTransaction(this.database, async (manager) => {
      const { id } = await this.accounts.open(manager, caller, accountId, 'revoke-key', 'change');
      await this.keys.revoke(manager, caller, id, keyId);
      await this.invitations.revokeAll(manager, caller, id, `key:${keyId}`);
    });
  }
}
