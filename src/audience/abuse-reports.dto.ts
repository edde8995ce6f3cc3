import { ShownId, ShownInstant, ShownText } from '../http/answers';
import { Id, Prose } from '../http/fields';
import { PageQuery } from '../http/page.dto';

export class ReportRequest {
  @Id({ description: 'A broadcast from my inbox.' })
  readonly broadcastId!: string;

  @Prose({ max: 1000, description: 'What is wrong with it.', example: 'It pretends to come from my bank.' })
  readonly reason!: string;
}

export class AbuseReportsQuery extends PageQuery {
  @Id({ optional: true, description: 'Only reports of the broadcasts of this account.' })
  readonly accountId?: string;
}

export class AbuseReportView {
  @ShownId() readonly broadcastId!: string;
  @ShownId() readonly accountId!: string;
  @ShownText({ description: 'Empty once the person has had themself erased.' }) readonly reason!: string;
  @ShownInstant() readonly reportedAt!: string;
}

export interface AbuseReportRow {
  readonly broadcast_id: string;
  readonly account_id: string;
  readonly reason: string;
  readonly reported_at: Date;
  readonly exact: string;
}

export function abuseReportView({
  broadcast_id,
  account_id,
  reason,
  reported_at,
}: AbuseReportRow): AbuseReportView {
  return { broadcastId: broadcast_id, accountId: account_id, reason, reportedAt: reported_at.toISOString() };
}
