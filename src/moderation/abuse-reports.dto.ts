import { ApiProperty, OmitType } from '@nestjs/swagger';
import type { Content } from '../broadcasts/content';
import { CONTENT_SCHEMA } from '../broadcasts/content.dto';
import { LISTED_CONTENT_SCHEMAS } from '../broadcasts/headlines.dto';
import { ShownFlag, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Id, Prose } from '../http/fields';
import { PageQuery } from '../http/page.dto';

export class ReportRequest {
  @Id({ description: 'A broadcast from my inbox, or a preview.' })
  readonly broadcastId!: string;

  @Prose({ max: 1000, description: 'What is wrong with it.', example: 'It pretends to come from my bank.' })
  readonly reason!: string;
}

export class AbuseReportsQuery extends PageQuery {
  @Id({ optional: true, description: 'Only reports of the broadcasts of this account.' })
  readonly accountId?: string;
}

const SHOWN = 'Of a preview: what was shown, whatever became of the broadcast. Else null.';

export class AbuseReportView {
  @ShownId() readonly id!: string;
  @ShownId() readonly broadcastId!: string;
  @ShownId() readonly accountId!: string;
  @ShownFlag({ description: 'Whether it was shown before it was published, to who had agreed.' })
  readonly preview!: boolean;
  @ShownText({ description: 'Empty once the person has had themself erased.' }) readonly reason!: string;
  @ShownInstant() readonly reportedAt!: string;
  @ApiProperty({ required: true, anyOf: [...CONTENT_SCHEMA.oneOf, { type: 'null' }], description: SHOWN })
  readonly content!: Content | null;
}

/** As lists show it: whole articles are read one report at a time. */
export class ListedAbuseReportView extends OmitType(AbuseReportView, ['content'] as const) {
  @ApiProperty({
    required: true,
    anyOf: [...LISTED_CONTENT_SCHEMAS, { type: 'null' }],
    description: `${SHOWN} Articles without their bodies.`,
  })
  readonly content!: object | null;
}

export interface AbuseReportRow {
  readonly id: string;
  readonly broadcast_id: string;
  readonly account_id: string;
  readonly reason: string;
  readonly reported_at: Date;
  readonly exact: string;
  readonly content: Content | null;
}

export function abuseReportView(row: AbuseReportRow): AbuseReportView {
  return {
    id: row.id,
    broadcastId: row.broadcast_id,
    accountId: row.account_id,
    preview: row.content !== null,
    reason: row.reason,
    reportedAt: row.reported_at.toISOString(),
    content: row.content,
  };
}
