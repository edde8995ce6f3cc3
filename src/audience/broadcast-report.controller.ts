import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { PathId, PathSub } from '../http/path-id';
import { BroadcastReport, RecipientView } from './broadcast-report.dto';
import { BroadcastReports } from './broadcast-report.service';
import { ReportTimeline, TimelineQuery } from './report-timeline.dto';
import { ReportTimelines } from './report-timeline.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/broadcasts/:broadcastId')
export class BroadcastReportController {
  constructor(
    private readonly reports: BroadcastReports,
    private readonly timelines: ReportTimelines,
  ) {}

  @Get('report')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'What became of a broadcast, counted exactly' })
  @ApiOkResponse({ type: BroadcastReport })
  report(
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
  ): Promise<BroadcastReport> {
    return this.reports.report(accountId, broadcastId);
  }

  @Get('report/timeline')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'When a broadcast was read, and when recipients left, since its publication' })
  @ApiOkResponse({ type: ReportTimeline })
  timeline(
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Query() { step }: TimelineQuery,
  ): Promise<ReportTimeline> {
    return this.timelines.of(accountId, broadcastId, step);
  }

  @Get('recipients/:subscriber')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'Whether a person received a broadcast, and why' })
  @ApiOkResponse({ type: RecipientView })
  explain(
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Param('subscriber', PathSub) sub: string,
  ): Promise<RecipientView> {
    return this.reports.explain(accountId, broadcastId, sub);
  }
}
