import { Body, Controller, Delete, Headers, HttpCode, Param, Patch, Post, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AccountView, ChangeAccountRequest, ReasonRequest } from '../accounts/accounts.dto';
import { Caller, ForAccount, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { optionalVersion, sendVersion } from '../http/etag';
import { PathId } from '../http/path-id';
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

  @Delete('accounts/:accountId')
  @ForAccount('owner')
  @ApiTags('Accounts')
  @ApiOperation({ summary: 'Close the account for ever; what is scheduled is cancelled' })
  @ApiOkResponse({ type: AccountView })
  close(@Caller() caller: Principal, @Param('accountId') accountId: string): Promise<AccountView> {
    return this.changes.close(caller, accountId);
  }

  @Post('admin/accounts/:accountId/close')
  @HttpCode(200)
  @ForAdmins()
  @ApiTags('Admin: accounts')
  @ApiOperation({ summary: 'Close an account for ever' })
  @ApiOkResponse({ type: AccountView })
  closeAsAdmin(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.changes.close(caller, accountId, reason);
  }
}
