import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { AuditHistory } from './audit-history.service';
import { AuditEntryView } from './audit.dto';

@ApiTags('Accounts')
@Controller('accounts/:accountId/history')
export class HistoryController {
  constructor(private readonly history: AuditHistory) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: 'Every change to the brand and what is its own, newest first' })
  @ApiPage(AuditEntryView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<AuditEntryView>> {
    return this.history.list({ accountId, limit, cursor });
  }
}
