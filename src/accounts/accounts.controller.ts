import { Body, Controller, Get, Param, Post, Query, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, ForAccount, ForAnyoneKnown, ForUsers } from '../auth/access.decorator';
import type { Principal, User } from '../auth/principal';
import { sendVersion } from '../http/etag';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { AccountView, accountView, RegisterAccountRequest } from './accounts.dto';
import { Accounts } from './accounts.service';

@ApiTags('Accounts')
@Controller('accounts')
export class AccountsController {
  constructor(private readonly accounts: Accounts) {}

  @Post()
  @ForUsers()
  @ApiOperation({ summary: 'Register a brand' })
  @ApiCreatedResponse({ type: AccountView })
  register(@Caller() caller: Principal, @Body() request: RegisterAccountRequest): Promise<AccountView> {
    return this.accounts.register(caller as User, request);
  }

  @Get()
  @ForAnyoneKnown()
  @ApiOperation({ summary: "The caller's accounts" })
  @ApiPage(AccountView)
  list(@Caller() caller: Principal, @Query() { limit, cursor }: PageQuery): Promise<Page<AccountView>> {
    return this.accounts.listOf(caller, limit, cursor);
  }

  @Get(':accountId')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'One account' })
  @ApiOkResponse({ type: AccountView })
  async get(
    @Param('accountId') accountId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountView> {
    return sendVersion(reply, accountView(await this.accounts.get(accountId)));
  }
}
