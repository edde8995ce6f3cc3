import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { AccountView, ReasonRequest } from './accounts.dto';
import { ProfileChangeView } from './profile-changes.dto';
import { ProfileChanges } from './profile-changes.service';

@ApiTags('Admin: accounts')
@ForAdmins()
@Controller('admin/profile-changes')
export class ProfileChangesController {
  constructor(private readonly changes: ProfileChanges) {}

  @Get()
  @ApiOperation({ summary: 'New names and pictures of approved brands that wait for an admin' })
  @ApiPage(ProfileChangeView)
  list(@Query() { limit, cursor }: PageQuery): Promise<Page<ProfileChangeView>> {
    return this.changes.list(limit, cursor);
  }

  @Post(':changeId/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show the new name or picture' })
  @ApiOkResponse({ type: AccountView })
  approve(
    @Caller() caller: Principal,
    @Param('changeId', PathId) changeId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.changes.approve(caller, changeId, reason);
  }

  @Post(':changeId/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keep the name and picture as they are' })
  @ApiOkResponse({ type: AccountView })
  refuse(
    @Caller() caller: Principal,
    @Param('changeId', PathId) changeId: string,
    @Body() { reason }: ReasonRequest,
  ): Promise<AccountView> {
    return this.changes.refuse(caller, changeId, reason);
  }
}
