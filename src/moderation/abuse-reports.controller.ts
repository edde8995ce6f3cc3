import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForAdmins, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { ContentModels } from '../inbox/inbox.dto';
import {
  AbuseReportsQuery,
  AbuseReportView,
  ListedAbuseReportView,
  ReportRequest,
} from './abuse-reports.dto';
import { AbuseReports } from './abuse-reports.service';

@ContentModels()
@Controller()
export class AbuseReportsController {
  constructor(private readonly reports: AbuseReports) {}

  @Post('me/reports')
  @ForSubscribers()
  @ApiTags('Subscriber: inbox')
  @ApiOperation({
    summary:
      'Report a broadcast or a preview to the operator; a second report replaces the first. Reporting a preview ends all previews of its brand',
  })
  @ApiCreatedResponse({ type: AbuseReportView })
  report(@CallingSubscriber() me: Subscriber, @Body() request: ReportRequest): Promise<AbuseReportView> {
    return this.reports.report(me, request);
  }

  @Get('admin/reports')
  @ForAdmins()
  @ApiTags('Admin: accounts')
  @ApiOperation({ summary: 'What people reported, latest first' })
  @ApiPage(ListedAbuseReportView)
  list(@Query() query: AbuseReportsQuery): Promise<Page<ListedAbuseReportView>> {
    return this.reports.list(query);
  }

  @Get('admin/reports/:reportId')
  @ForAdmins()
  @ApiTags('Admin: accounts')
  @ApiOperation({ summary: 'One report; of a preview with all that was shown' })
  @ApiOkResponse({ type: AbuseReportView })
  get(@Param('reportId', PathId) reportId: string): Promise<AbuseReportView> {
    return this.reports.get(reportId);
  }
}
