import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Put, Query } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { FollowChangeRequest, FollowRequest, FollowView } from './follows.dto';
import { Follows } from './follows.service';

@ApiTags('Subscriber: follows')
@ForSubscribers()
@Controller('me/follows')
export class FollowsController {
  constructor(private readonly follows: Follows) {}

  @Get()
  @ApiOperation({ summary: 'The brands that I follow, latest first' })
  @ApiPage(FollowView)
  list(
    @CallingSubscriber() me: Subscriber,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<FollowView>> {
    return this.follows.list(me, limit, cursor);
  }

  @Put(':accountId')
  @ApiOperation({ summary: 'Follow a brand; whoever does already stays as they are' })
  @ApiBody({ type: FollowRequest, required: false })
  @ApiOkResponse({ type: FollowView })
  follow(
    @CallingSubscriber() me: Subscriber,
    @Param('accountId', PathId) accountId: string,
    @Body() { muted }: FollowRequest,
  ): Promise<FollowView> {
    return this.follows.follow(me, accountId, muted);
  }

  @Patch(':accountId')
  @ApiOperation({ summary: 'Mute a brand, stop muting it, or say whether it notifies me' })
  @ApiOkResponse({ type: FollowView })
  change(
    @CallingSubscriber() me: Subscriber,
    @Param('accountId', PathId) accountId: string,
    @Body() { muted, notify }: FollowChangeRequest,
  ): Promise<FollowView> {
    return this.follows.change(me, accountId, { muted, notify });
  }

  @Delete(':accountId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Leave a brand' })
  @ApiNoContentResponse()
  unfollow(
    @CallingSubscriber() me: Subscriber,
    @Param('accountId', PathId) accountId: string,
  ): Promise<void> {
    return this.follows.unfollow(me, accountId);
  }
}
