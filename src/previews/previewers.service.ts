import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { accountSummaryColumns } from '../audience/account-summary';
import { exactText } from '../audience/instant';
import { consentEnded, endConsent } from '../audience/preview-consent.sql';
import { Subscribers } from '../audience/subscribers.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { decodeKey, toPage, type Page } from '../http/page';
import { previewerView, type PreviewerRow, type PreviewerView } from './previews.dto';

/** The brands that may show previews to a person, as the person sees and ends it. */
@Injectable()
export class Previewers {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly audit: AuditLog,
  ) {}

  /** Suspended brands among them, which may be active again; closed ones never are. */
  async list(me: Subscriber, limit: number, cursor?: string): Promise<Page<PreviewerView>> {
    const list = `previewers of ${me.id}`;
    const [before = 'infinity', beforeId = me.id] = decodeKey(list, cursor, ['instant', 'id']) ?? [];
    const rows = await this.database.query<(PreviewerRow & { exact: string })[]>(
      `SELECT ${accountSummaryColumns('a')}, p.name AS known_as, p.agreed_at, ${exactText('p.agreed_at')} AS exact
         FROM preview_people p JOIN accounts a ON a.id = p.account_id
        WHERE p.subscriber_id = $1 AND a.status <> 'closed'
          AND (p.agreed_at, p.account_id) < ($2::timestamptz, $3::uuid)
        ORDER BY p.agreed_at DESC, p.account_id DESC LIMIT $4`,
      [me.id, before, beforeId, limit + 1],
    );
    return toPage(rows, limit, list, ({ exact, account_id }) => [exact, account_id], previewerView);
  }

  /** Does nothing for a brand that may not. */
  async stop(me: Subscriber, accountId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.subscribers.lock(manager, me.id);
      const personId = await endConsent(manager, me.id, accountId);
      if (personId === undefined) return;
      await this.audit.append(manager, consentEnded(actorOf(me), accountId, personId));
    });
  }

  /** Until the brand shows it again. Does nothing for what is not shown. */
  async hide(me: Subscriber, broadcastId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.subscribers.lock(manager, me.id);
      await manager.query('DELETE FROM previews WHERE subscriber_id = $1 AND broadcast_id = $2', [
        me.id,
        broadcastId,
      ]);
    });
  }
}
