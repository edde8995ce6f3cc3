import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccountView, ReasonRequest } from '../accounts/accounts.dto';
import { Caller, ForAccount, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { PathId } from '../http/path-id';
import { CloseAccount } from './close-account.service';

@Controller()
export class CloseAccountController {
  constructor(private readonly closing: CloseAccount) {}

  @Delete('accounts/:accountId')
  @ForAccount('owner')
  @ApiTags('Accounts')
  @ApiOperation({ summary: 'Close the account for ever; what is scheduled is cancelled' })
  @ApiOkResponse({ type: AccountView })
  close(@Caller() caller: Principal, @Param('accountId') accountId: string): Promise<AccountView> {
    return this.closing.closeAsOwner(caller, accountId);
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
    return this.closing.closeAsAdmin(caller, accountId, reason);
  }
}
