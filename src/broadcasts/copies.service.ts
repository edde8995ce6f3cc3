import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { assertAccountAllows } from '../accounts/account-status';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow } from '../database';
import { broadcastView, readBroadcast } from './broadcast-row.service';
import type { BroadcastView } from './broadcasts.dto';
import { insertDraft } from './draft-row.sql';
import { IdempotentCreation } from './idempotent-creation.service';

/** Copies broadcasts, whatever became of them, so that nobody has to write the same again. */
@Injectable()
export class Copies {
  constructor(
    private readonly accounts: Accounts,
    private readonly audit: AuditLog,
    private readonly idempotent: IdempotentCreation,
  ) {}

  /**
   * The audience is copied as it is: one of which a tag has been deleted since is neither widened nor narrowed, and the draft
   * cannot be scheduled before somebody chose another.
   * @throws DomainError idempotency-key-reused when the key came with another request before
   */
  async copy(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    keyHeader?: string,
  ): Promise<BroadcastView> {
    return this.idempotent.run(accountId, { copyOf: broadcastId }, keyHeader, {
      open: (manager) => this.accounts.authorize(manager, caller, accountId, 'write-drafts'),
      create: async (manager, account) => {
        assertAccountAllows(account, 'write-drafts');
        const { content, audience_any, audience_all, audience_none } = await readBroadcast(
          manager,
          accountId,
          broadcastId,
        );
        const row = await insertDraft(manager, accountId, {
          id: uuidv7(),
          content,
          audience_any,
          audience_all,
          audience_none,
          createdBy: actorOf(caller),
          now: await databaseNow(manager),
        });
        await this.audit.append(manager, {
          actor: row.created_by,
          action: 'broadcast.created',
          subject: `broadcast:${row.id}`,
          accountId,
          facts: { copyOf: broadcastId },
        });
        return broadcastView(row);
      },
    });
  }
}
