import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { assertVersion, type ExpectedVersions } from '../errors/version';
import { AudienceTags } from './audience-tags.service';
import { toColumns } from './audience-rule';
import { broadcastView } from './broadcast-row.service';
import type { BroadcastView, EditBroadcastRequest } from './broadcasts.dto';
import { Moves } from './moves.service';
import { StorableContent } from './storable-content.service';

/** Changes what a broadcast says and to whom, until it is published. */
@Injectable()
export class Edits {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly moves: Moves,
    private readonly tags: AudienceTags,
    private readonly audit: AuditLog,
    private readonly storable: StorableContent,
  ) {}

  /**
   * @param expected the version that the caller has read
   * @throws DomainError version-conflict when somebody else changed the broadcast since
   */
  async edit(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    request: EditBroadcastRequest,
    expected: ExpectedVersions,
  ): Promise<BroadcastView> {
    const written = request.content && (await this.storable.of(caller, accountId, request.content));
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'write-drafts');
      const broadcast = await this.moves.lockFor(manager, 'edit', accountId, broadcastId);
      assertVersion(broadcast.version, expected);
      const audience =
        request.audience && toColumns(await this.tags.resolve(manager, accountId, request.audience));
      const content = written ?? broadcast.content;
      const edited = {
        ...broadcast,
        ...audience,
        content,
        version: broadcast.version + 1,
        updated_at: await databaseNow(manager),
      };
      await manager.query(
        `UPDATE broadcasts SET content = $2, audience_any = $3, audience_all = $4, audience_none = $5, version = $6,
                               updated_at = $7
          WHERE id = $1`,
        [
          broadcastId,
          JSON.stringify(content),
          edited.audience_any,
          edited.audience_all,
          edited.audience_none,
          edited.version,
          edited.updated_at,
        ],
      );
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'broadcast.edited',
        subject: `broadcast:${broadcastId}`,
        accountId,
        facts: { version: edited.version, changed: Object.keys(request) },
      });
      return broadcastView(edited);
    });
  }

  /**
   * Deletes a draft. Its row stays, unseen, since an Idempotency-Key is kept for ever.
   * @param version those that the caller may have read; undefined for whichever there is
   * @throws DomainError version-conflict when somebody else changed the draft since
   */
  async delete(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    version?: ExpectedVersions,
  ): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'write-drafts');
      const draft = await this.moves.lockFor(manager, 'delete', accountId, broadcastId);
      assertVersion(draft.version, version);
      await manager.query(
        'UPDATE broadcasts SET deleted_at = fanfare_now(), version = version + 1 WHERE id = $1',
        [broadcastId],
      );
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'broadcast.deleted',
        subject: `broadcast:${broadcastId}`,
        accountId,
      });
    });
  }
}
