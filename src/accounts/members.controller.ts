import { Body, Controller, Delete, Get, HttpCode, HttpStatus, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { AddMemberRequest, MemberView } from './members.dto';
import { Members, type AddedMember } from './members.service';

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
  @ForAccount('owner', { adminToo: true })
  @ApiOperation({ summary: 'Add a member, or change the role of one' })
  @ApiCreatedResponse({ type: MemberView, description: 'A new member.' })
  @ApiOkResponse({
    type: MemberView,
    description: 'The person was a member before and has the given role now.',
  })
  async put(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: AddMemberRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MemberView> {
    return answer(reply, await this.members.put(caller, accountId, request));
  }

  @Delete(':userId')
  @ForAccount('viewer', { adminToo: true })
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a member (owners), or leave' })
  @ApiNoContentResponse()
  remove(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('userId', PathId) userId: string,
  ): Promise<void> {
    return this.members.remove(caller, accountId, userId);
  }
}

function answer(reply: FastifyReply, { member, isNew }: AddedMember): MemberView {
  void reply.status(isNew ? HttpStatus.CREATED : HttpStatus.OK);
  return member;
}
