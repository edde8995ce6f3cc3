import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForAdmins, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { AbuseReportsQuery, AbuseReportView, ReportRequest } from './abuse-reports.dto';
import { AbuseReports } from './abuse-reports.service';

@Controller()
export class AbuseReportsController {
  constructor(private readonly reports: AbuseReports) {}

  @Post('me/reports')
  @ForSubscribers()
  @ApiTags('Subscriber: inbox')
  @ApiOperation({ summary: 'Report a broadcast to the operator; a second report replaces the first' })
  @ApiCreatedResponse({ type: AbuseReportView })
  report(@CallingSubscriber() me: Subscriber, @Body() request: ReportRequest): Promise<AbuseReportView> {
    return this.reports.report(me, request);
  }

  @Get('admin/reports')
  @ForAdmins()
  @ApiTags('Admin: accounts')
  @ApiOperation({ summary: 'What people reported, latest first' })
  @ApiPage(AbuseReportView)
  list(@Query() query: AbuseReportsQuery): Promise<Page<AbuseReportView>> {
    return this.reports.list(query);
  }
}
