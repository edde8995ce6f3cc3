import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { QuotaHistory } from './quota-history.service';
import { QuotaViews } from './quota-views.service';
import { QuotaHistoryQuery, QuotaMoveView, QuotaQuery, QuotaView } from './quota.dto';

@ApiTags('Quota')
@ForAccount('viewer')
@Controller('accounts/:accountId/quota')
export class QuotaController {
  constructor(
    private readonly views: QuotaViews,
    private readonly histories: QuotaHistory,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What is left: the current period and the next, or those of some local dates' })
  @ApiOkResponse({ type: QuotaView })
  quota(@Param('accountId') accountId: string, @Query() query: QuotaQuery): Promise<QuotaView> {
    return this.views.of(accountId, query);
  }

  @Get('history')
  @ApiOperation({ summary: 'Every reserve, use, release and grant, the latest first' })
  @ApiPage(QuotaMoveView)
  history(
    @Param('accountId') accountId: string,
    @Query() query: QuotaHistoryQuery,
  ): Promise<Page<QuotaMoveView>> {
    return this.histories.of(accountId, query);
  }
}
