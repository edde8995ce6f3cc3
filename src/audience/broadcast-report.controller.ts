import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { PathId, PathSub } from '../http/path-id';
import { BroadcastReport, RecipientView } from './broadcast-report.dto';
import { BroadcastReports } from './broadcast-report.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/broadcasts/:broadcastId')
export class BroadcastReportController {
  constructor(private readonly reports: BroadcastReports) {}

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
