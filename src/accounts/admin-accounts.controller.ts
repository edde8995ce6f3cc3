import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { AccountView, AdminAccountsQuery, ReasonRequest } from './accounts.dto';
import { Accounts } from './accounts.service';

@ApiTags('Admin: accounts')
@ForAdmins()
@Controller('admin/accounts')
export class AdminAccountsController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @ApiOperation({ summary: 'All accounts' })
  @ApiPage(AccountView)
  list(@Query() query: AdminAccountsQuery): Promise<Page<AccountView>> {
    return this.accounts.listAll(query);
  }

  @Post(':accountId/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a new account publish' })
  @ApiOkResponse({ type: AccountView })
  approve(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.accounts.move(caller, accountId, 'approve', reason);
  }

  @Post(':accountId/suspend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Stop an account from publishing, at once' })
  @ApiOkResponse({ type: AccountView })
  suspend(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.accounts.move(caller, accountId, 'suspend', reason);
  }

  @Post(':accountId/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a suspended account publish again' })
  @ApiOkResponse({ type: AccountView })
  resume(
    @Caller() caller: Principal,
    @Param('accountId', PathId) accountId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.accounts.move(caller, accountId, 'resume', reason);
  }
}
