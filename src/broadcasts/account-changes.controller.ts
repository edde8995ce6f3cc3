import { Body, Controller, Headers, Param, Patch, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccountView, ChangeAccountRequest } from '../accounts/accounts.dto';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { optionalVersion, sendVersion } from '../http/etag';
import { AccountChanges } from './account-changes.service';

@Controller()
export class AccountChangesController {
  constructor(private readonly changes: AccountChanges) {}

  @Patch('accounts/:accountId')
  @ForAccount('owner')
  @ApiTags('Accounts')
  @ApiOperation({ summary: 'Change the account; type and zone only while nothing is scheduled' })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that you read.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: AccountView })
  async change(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: ChangeAccountRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<AccountView> {
    const version = optionalVersion(ifMatch);
    return sendVersion(reply, await this.changes.change(caller, accountId, request, version));
  }
}
