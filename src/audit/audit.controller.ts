import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAdmins } from '../auth/access.decorator';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { invalidRequest } from '../http/validation';
import type { ChainEnd } from './audit-chain';
import { AuditHistory } from './audit-history.service';
import { AuditVerification } from './audit-verification.service';
import { AnchorQuery, AuditEntryView, AuditQuery, VerificationView, verificationView } from './audit.dto';

@ApiTags('Admin: audit')
@ForAdmins()
@Controller('admin/audit')
export class AuditController {
  constructor(
    private readonly history: AuditHistory,
    private readonly verification: AuditVerification,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every change, newest first' })
  @ApiPage(AuditEntryView)
  list(@Query() query: AuditQuery): Promise<Page<AuditEntryView>> {
    return this.history.list(query);
  }

  @Get('verify')
  @ApiOperation({ summary: 'Whether the log is still what was written, recomputed entry by entry' })
  @ApiOkResponse({ type: VerificationView })
  async verify(@Query() query: AnchorQuery): Promise<VerificationView> {
    return verificationView(await this.verification.verify(anchorOf(query)));
  }
}

function anchorOf({ sequence, hash }: AnchorQuery): ChainEnd | undefined {
  if (sequence === undefined && hash === undefined) return undefined;
  if (sequence === undefined)
    throw invalidRequest([{ field: 'sequence', message: 'belongs to hash: give both' }]);
  if (hash === undefined)
    throw invalidRequest([{ field: 'hash', message: 'belongs to sequence: give both' }]);
  return { sequence, hash: Buffer.from(hash, 'hex') };
}
