import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { Caller, ForAdmins } from './access.decorator';
import { ApiKeyView, CreateAdminKeyRequest, NewApiKeyView } from './api-keys.dto';
import { ApiKeys } from './api-keys.service';
import type { Principal } from './principal';

@ApiTags('Admin: people and keys')
@ForAdmins()
@Controller('admin/api-keys')
export class AdminKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @ApiOperation({ summary: 'The admin keys of the platform, newest first' })
  @ApiPage(ApiKeyView)
  list(@Query() { limit, cursor }: PageQuery): Promise<Page<ApiKeyView>> {
    return this.keys.list(null, limit, cursor);
  }

  @Post()
  @ApiOperation({ summary: 'Make an admin key; its secret is shown once' })
  @ApiCreatedResponse({ type: NewApiKeyView })
  create(
    @Caller() caller: Principal,
    @Body() { name, expiresAt }: CreateAdminKeyRequest,
  ): Promise<NewApiKeyView> {
    return this.keys.createForPlatform(caller, { name, expiresAt });
  }

  @Delete(':keyId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Revoke an admin key, from the next request on' })
  @ApiNoContentResponse()
  revoke(@Caller() caller: Principal, @Param('keyId', PathId) keyId: string): Promise<void> {
    return this.keys.revokeForPlatform(caller, keyId);
  }
}
