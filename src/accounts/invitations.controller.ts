import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiGoneResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Caller, ForAccount, ForUsers, Public } from '../auth/access.decorator';
import type { Principal, User } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { PublicOrigin } from '../http/public-origin.decorator';
import {
  InvitationsQuery,
  InvitationView,
  InviteRequest,
  NewInvitationView,
  OpenInvitationView,
} from './invitations.dto';
import { Invitations } from './invitations.service';
import { Joining } from './joining.service';
import { JoinedView } from './members.dto';

/** Admins too, so that a brand whose owners are gone can be helped. */
@ApiTags('Accounts: members')
@ForAccount('owner', { adminToo: true })
@Controller('accounts/:accountId/invitations')
export class InvitationsController {
  constructor(private readonly invitations: Invitations) {}

  @Get()
  @ApiOperation({ summary: 'The invitations of an account, newest first' })
  @ApiPage(InvitationView)
  list(
    @Param('accountId') accountId: string,
    @Query() query: InvitationsQuery,
  ): Promise<Page<InvitationView>> {
    return this.invitations.list(accountId, query);
  }

  @Post()
  @ApiOperation({ summary: 'Invite somebody by a link, which is shown once and holds once, for seven days' })
  @ApiCreatedResponse({ type: NewInvitationView })
  create(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: InviteRequest,
    @PublicOrigin() origin: string,
  ): Promise<NewInvitationView> {
    return this.invitations.create(caller, accountId, request, origin);
  }

  @Delete(':invitationId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Withdraw an invitation' })
  @ApiNoContentResponse()
  revoke(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('invitationId', PathId) invitationId: string,
  ): Promise<void> {
    return this.invitations.revoke(caller, accountId, invitationId);
  }
}

const Over = () =>
  ApiGoneResponse({
    description: 'The invitation was used or withdrawn, or has expired',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

/** What the link of an invitation leads to. */
@ApiTags('Accounts: members')
@Controller('invitations/:token')
export class JoiningController {
  constructor(private readonly joining: Joining) {}

  @Get()
  @Public()
  @ApiOperation({ summary: 'Look at an invitation' })
  @ApiOkResponse({ type: OpenInvitationView })
  @Over()
  look(@Param('token') token: string): Promise<OpenInvitationView> {
    return this.joining.look(token);
  }

  @Post()
  @HttpCode(200)
  @ForUsers()
  @ApiOperation({ summary: 'Accept an invitation' })
  @ApiOkResponse({ type: JoinedView })
  @Over()
  accept(@Caller() caller: Principal, @Param('token') token: string): Promise<JoinedView> {
    return this.joining.accept(caller as User, token);
  }
}
