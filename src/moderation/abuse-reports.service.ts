import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { exactText } from '../audience/instant';
import { consentEnded, endConsent } from '../audience/preview-consent.sql';
import { Subscribers } from '../audience/subscribers.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Subscriber } from '../auth/principal';
import { headlines } from '../broadcasts/headlines';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import type { NewEvent } from '../events/event';
import { Events } from '../events/events.service';
import { decodeKey, toPage, type Page } from '../http/page';
import { withinPageBytes, type PagedRow } from '../http/page.sql';
import {
  abuseReportView,
  type AbuseReportRow,
  type AbuseReportsQuery,
  type AbuseReportView,
  type ListedAbuseReportView,
  type ReportRequest,
} from './abuse-reports.dto';
import { reportableBy } from './reportable.sql';

const COLUMNS = `id, broadcast_id, account_id, reason, reported_at, ${exactText('reported_at')} AS exact`;
const LATEST_FIRST = 'reported_at DESC, subscriber_id DESC, broadcast_id DESC';

/** Latest first, from the instant `$1` on, of the account `$2` or of all. Who reported is no part of the answer. */
const LIST = withinPageBytes(
  `SELECT ${COLUMNS}, subscriber_id, CASE WHEN content IS NOT NULL THEN ${headlines('content')} END AS content
     FROM reports
    WHERE reported_at <= $1::timestamptz AND ($2::uuid IS NULL OR account_id = $2)
    ORDER BY ${LATEST_FIRST} OFFSET $3 LIMIT $4`,
  LATEST_FIRST,
);

/** What people report about broadcasts that they received, and about previews that they were shown. */
@Injectable()
export class AbuseReports {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly events: Events,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Once a person and broadcast: the latest report stands. That of a preview keeps what was shown, and ends the previews of
   * that account for this person.
   * @throws DomainError not-found for what is not in their inbox
   */
  async report(me: Subscriber, { broadcastId, reason }: ReportRequest): Promise<AbuseReportView> {
    return inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.lock(manager, me.id);
      const reported = await reportableBy(manager, me.id, broadcastId);
      if (now === undefined || reported === undefined) throw notFound('broadcast');
      const { accountId, preview } = reported;
      const [row] = await manager.query<[AbuseReportRow & { first: boolean }]>(
        `INSERT INTO reports (subscriber_id, broadcast_id, account_id, reason, reported_at, content)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (subscriber_id, broadcast_id)
           DO UPDATE SET reason = excluded.reason, reported_at = excluded.reported_at, content = excluded.content
         RETURNING ${COLUMNS}, content, xmax = 0 AS first`,
        [me.id, broadcastId, accountId, reason, now, preview && JSON.stringify(preview)],
      );
      const view = abuseReportView(row);
      if (row.first) await this.events.emit(manager, reportCreated(view));
      const personId = view.preview ? await endConsent(manager, me.id, accountId) : undefined;
      if (personId !== undefined) {
        await this.audit.append(manager, consentEnded(actorOf(me), accountId, personId));
      }
      return view;
    });
  }

  /**
   * Latest first. The admin is not told who reported, so a cursor holds nobody's id either: it counts how many reports
   * of its last instant have been shown.
   */
  async list({ accountId, limit, cursor }: AbuseReportsQuery): Promise<Page<ListedAbuseReportView>> {
    const list = `reports ${accountId ?? ''}`;
    const [from = 'infinity', seen = '0'] = decodeKey(list, cursor, ['instant', 'whole']) ?? [];
    const rows = await this.database.query<(AbuseReportRow & PagedRow)[]>(LIST, [
      from,
      accountId ?? null,
      seen,
      limit + 1,
    ]);
    const shownOf = (exact: string) =>
      rows.slice(0, limit).filter((row) => row.exact === exact).length + (exact === from ? Number(seen) : 0);
    const keyOf = ({ exact }: AbuseReportRow) => [exact, String(shownOf(exact))];
    return toPage(rows, limit, list, keyOf, abuseReportView, rows[0]?.found);
  }

  /** @throws DomainError not-found */
  async get(reportId: string): Promise<AbuseReportView> {
    const [row] = await this.database.query<AbuseReportRow[]>(
      `SELECT ${COLUMNS}, content FROM reports WHERE id = $1`,
      [reportId],
    );
    if (!row) throw notFound('report');
    return abuseReportView(row);
  }
}

/**
 * Nothing of who reported, nor of what they said, which can tell who they are; the operator reads that in the list. Of a
 * preview the brand is not told at all: it knows to whom it has shown it.
 */
function reportCreated({ accountId, broadcastId, preview, reportedAt }: AbuseReportView): NewEvent {
  return {
    type: 'report.created',
    accountId: preview ? null : accountId,
    data: { accountId, broadcastId, ...(preview && { preview }), reportedAt },
  };
}
