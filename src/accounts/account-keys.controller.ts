import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { Caller, ForAccount } from '../auth/access.decorator';
import { ApiKeyView, CreateApiKeyRequest, NewApiKeyView } from '../auth/api-keys.dto';
import type { Principal } from '../auth/principal';
import { AccountKeys } from './account-keys.service';

/** Only owners: no key can make a stronger one, since a key that may make keys is an owner's already. */
@ApiTags('Accounts: keys')
@ForAccount('owner')
@Controller('accounts/:accountId/api-keys')
export class AccountKeysController {
  constructor(private readonly keys: AccountKeys) {}

  @Get()
  @ApiOperation({ summary: 'The keys of an account, newest first' })
  @ApiPage(ApiKeyView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ApiKeyView>> {
    return this.keys.list(accountId, limit, cursor);
  }

  @Post()
  @ApiOperation({ summary: 'Make a key; its secret is shown once' })
  @ApiCreatedResponse({ type: NewApiKeyView })
  create(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() { name, role = 'editor', expiresAt }: CreateApiKeyRequest,
  ): Promise<NewApiKeyView> {
    return this.keys.create(caller, accountId, { name, role, expiresAt });
  }

  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke a key, from the next request on' })
  @ApiNoContentResponse()
  revoke(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('keyId', PathId) keyId: string,
  ): Promise<void> {
    return this.keys.revoke(caller, accountId, keyId);
  }
}
