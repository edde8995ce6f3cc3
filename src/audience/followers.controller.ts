import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { FollowersQuery, FollowerView } from './followers.dto';
import { Followers } from './followers.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/followers')
export class FollowersController {
  constructor(private readonly followers: Followers) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: "The account's followers, latest first" })
  @ApiPage(FollowerView)
  list(@Param('accountId') accountId: string, @Query() query: FollowersQuery): Promise<Page<FollowerView>> {
    return this.followers.list(accountId, query);
  }
}
