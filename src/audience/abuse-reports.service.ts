import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Subscriber } from '../auth/principal';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import type { NewEvent } from '../events/event';
import { Events } from '../events/events.service';
import { decodeKey, toPage, type Page } from '../http/page';
import {
  abuseReportView,
  type AbuseReportRow,
  type AbuseReportsQuery,
  type AbuseReportView,
  type ReportRequest,
} from './abuse-reports.dto';
import { FOLLOWS_OF_PERSON, OUT, receivedSql } from './audience';
import { exactText } from './instant';
import { Subscribers } from './subscribers.service';

const COLUMNS = `broadcast_id, account_id, reason, reported_at, ${exactText('reported_at')} AS exact`;

/** What people report about broadcasts that they received. */
@Injectable()
export class AbuseReports {
  constructor(
    private readonly database: DataSource,
    private readonly subscribers: Subscribers,
    private readonly events: Events,
  ) {}

  /** Once a person and broadcast: the latest reason stands. @throws DomainError not-found for what was not received */
  async report(me: Subscriber, { broadcastId, reason }: ReportRequest): Promise<AbuseReportView> {
    return inTransaction(this.database, async (manager) => {
      const now = await this.subscribers.lock(manager, me.id);
      const accountId = await receivedFrom(manager, me.id, broadcastId);
      if (now === undefined || accountId === undefined) throw notFound('broadcast');
      const [row] = await manager.query<[AbuseReportRow & { first: boolean }]>(
        `INSERT INTO reports (subscriber_id, broadcast_id, account_id, reason, reported_at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (subscriber_id, broadcast_id)
           DO UPDATE SET reason = excluded.reason, reported_at = excluded.reported_at
         RETURNING ${COLUMNS}, xmax = 0 AS first`,
        [me.id, broadcastId, accountId, reason, now],
      );
      const view = abuseReportView(row);
      if (row.first) await this.events.emit(manager, reportCreated(view));
      return view;
    });
  }

  /**
   * Latest first. The admin is not told who reported, so a cursor holds nobody's id either: it counts how many reports
   * of its last instant have been shown.
   */
  async list({ accountId, limit, cursor }: AbuseReportsQuery): Promise<Page<AbuseReportView>> {
    const list = `reports ${accountId ?? ''}`;
    const [from = 'infinity', seen = '0'] = decodeKey(list, cursor, ['instant', 'whole']) ?? [];
    const rows = await this.database.query<AbuseReportRow[]>(
      `SELECT ${COLUMNS} FROM reports
        WHERE reported_at <= $1::timestamptz AND ($2::uuid IS NULL OR account_id = $2)
        ORDER BY reported_at DESC, subscriber_id DESC, broadcast_id DESC OFFSET $3 LIMIT $4`,
      [from, accountId ?? null, seen, limit + 1],
    );
    const shownOf = (exact: string) =>
      rows.slice(0, limit).filter((row) => row.exact === exact).length + (exact === from ? Number(seen) : 0);
    return toPage(rows, limit, list, ({ exact }) => [exact, String(shownOf(exact))], abuseReportView);
  }
}

/** Nothing of who reported, nor of what they said, which can tell who they are; the operator reads that in the list. */
function reportCreated({ accountId, broadcastId, reportedAt }: AbuseReportView): NewEvent {
  return { type: 'report.created', accountId, data: { accountId, broadcastId, reportedAt } };
}

/** The account of the broadcast, if this person received it. */
async function receivedFrom(
  manager: EntityManager,
  id: string,
  broadcastId: string,
): Promise<string | undefined> {
  const [row] = await manager.query<{ account_id: string }[]>(
    `SELECT b.account_id FROM broadcasts b JOIN ${FOLLOWS_OF_PERSON} AS f ON f.account_id = b.account_id
      WHERE b.id = $2 AND ${OUT} AND ${receivedSql('f', 'b')}`,
    [id, broadcastId],
  );
  return row?.account_id;
}
