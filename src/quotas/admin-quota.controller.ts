import { Body, Controller, Get, Headers, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { ApiPageOrCsv, wantsCsv } from '../http/page-or-csv';
import { PathId } from '../http/path-id';
import { Grants } from './grants.service';
import { QuotaAudit } from './quota-audit.service';
import { QuotaCheckView } from './quota-check.dto';
import { QuotaCheck } from './quota-check.service';
import { QuotaHistory } from './quota-history.service';
import { MatrixQuery, QuotaMatrixView } from './quota-matrix.dto';
import { QuotaMatrix } from './quota-matrix.service';
import {
  GrantRequest,
  GrantView,
  QuotaHistoryQuery,
  QuotaMoveView,
  UsageQuery,
  UsageView,
} from './quota.dto';

@ApiTags('Admin: quota')
@ForAdmins()
@Controller('admin/quota')
export class AdminQuotaController {
  constructor(
    private readonly audit: QuotaAudit,
    private readonly histories: QuotaHistory,
    private readonly grants: Grants,
    private readonly check: QuotaCheck,
    private readonly matrices: QuotaMatrix,
  ) {}

  @Get()
  @LargeAnswer()
  @ApiOperation({ summary: 'Quota usage over all accounts; as CSV with `Accept: text/csv`' })
  @ApiPageOrCsv(UsageView)
  usage(
    @Query() query: UsageQuery,
    @Headers('accept') accept?: string,
  ): Promise<Page<UsageView> | StreamableFile> {
    return wantsCsv(accept, query) ? this.audit.csv(query) : this.audit.page(query);
  }

  @Get('check')
  @ApiOperation({ summary: 'Recount slots against published broadcasts and the audit log' })
  @ApiOkResponse({ type: QuotaCheckView })
  recount(): Promise<QuotaCheckView> {
    return this.check.run();
  }

  @Get('matrix')
  @LargeAnswer()
  @ApiOperation({ summary: 'Quota of accounts over periods, for a heat map' })
  @ApiOkResponse({ type: QuotaMatrixView })
  matrix(@Query() query: MatrixQuery): Promise<QuotaMatrixView> {
    return this.matrices.page(query);
  }

  @Get(':accountId/history')
  @ApiOperation({ summary: 'Every reserve, use, release and grant of an account, the latest first' })
  @ApiPage(QuotaMoveView)
  history(
    @Param('accountId', PathId) accountId: string,
    @Query() query: QuotaHistoryQuery,
  ): Promise<Page<QuotaMoveView>> {
    return this.histories.of(accountId, query);
  }

  @Post(':accountId/grants')
  @ApiOperation({ summary: 'Give an account extra slots for one period' })
  @ApiCreatedResponse({ type: GrantView })
  grant(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Body() request: GrantRequest,
  ): Promise<GrantView> {
    return this.grants.grant(caller, accountId, request);
  }
}
