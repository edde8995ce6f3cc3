import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { ApiKeyView } from '../auth/api-keys.dto';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { ChangeRoleRequest, MemberView, RemainingKeysView, RemoveMemberQuery } from './members.dto';
import { Members } from './members.service';

@ApiTags('Accounts: members')
@Controller('accounts/:accountId/members')
export class MembersController {
  constructor(private readonly members: Members) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: 'Who may act for the brand' })
  @ApiPage(MemberView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<MemberView>> {
    return this.members.list(accountId, limit, cursor);
  }

  /** Admins too, so that a brand whose owners are gone can be helped. */
  @Post()
  @HttpCode(200)
  @ForAccount('owner', { adminToo: true })
  @ApiOperation({ summary: 'Change the role of a member; other people are invited by a link' })
  @ApiOkResponse({ type: MemberView })
  changeRole(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: ChangeRoleRequest,
  ): Promise<MemberView> {
    return this.members.changeRole(caller, accountId, request);
  }

  @Delete(':userId')
  @ForAccount('viewer', { adminToo: true })
  @ApiOperation({ summary: 'Remove a member (owners), or leave' })
  @ApiNoContentResponse({ description: 'Removed; no live key that the person made is left.' })
  @ApiOkResponse({ type: RemainingKeysView, description: 'Removed; keys that the person made still work.' })
  async remove(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('userId', PathId) userId: string,
    @Query() { revokeKeys }: RemoveMemberQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RemainingKeysView | undefined> {
    const options = { revokeKeys: revokeKeys === 'true' };
    return answer(reply, await this.members.remove(caller, accountId, userId, options));
  }
}

function answer(reply: FastifyReply, remainingKeys: readonly ApiKeyView[]): RemainingKeysView | undefined {
  if (remainingKeys.length > 0) return { remainingKeys };
  void reply.status(HttpStatus.NO_CONTENT);
  return undefined;
}
