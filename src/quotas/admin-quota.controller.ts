import { Body, Controller, Get, Headers, Param, Post, Query, StreamableFile } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { preferredType } from '../http/negotiation';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
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
  @ApiExtraModels(UsageView)
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['items', 'nextCursor'],
          properties: {
            items: { type: 'array', items: { $ref: getSchemaPath(UsageView) } },
            nextCursor: { type: 'string', nullable: true },
          },
        },
      },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @ApiHeader({ name: 'accept', required: false, schema: { type: 'string' } })
  usage(
    @Query() query: UsageQuery,
    @Headers('accept') accept?: string,
  ): Promise<Page<UsageView>> | StreamableFile {
    if (preferredType(accept, ['application/json', 'text/csv']) === 'application/json')
      return this.audit.page(query);
    return new StreamableFile(this.audit.csv(query), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="quota.csv"',
    });
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
