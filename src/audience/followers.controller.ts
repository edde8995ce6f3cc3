import { Controller, Get, Headers, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import type { Page } from '../http/page';
import { ApiPageOrCsv, wantsCsv } from '../http/page-or-csv';
import { FollowersQuery, FollowerView } from './followers.dto';
import { Followers } from './followers.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/followers')
export class FollowersController {
  constructor(private readonly followers: Followers) {}

  @Get()
  @LargeAnswer()
  @ForAccount('viewer')
  @ApiOperation({ summary: "The account's followers, latest first; as CSV with `Accept: text/csv`" })
  @ApiPageOrCsv(FollowerView)
  list(
    @Param('accountId') accountId: string,
    @Query() query: FollowersQuery,
    @Headers('accept') accept?: string,
  ): Promise<Page<FollowerView> | StreamableFile> {
    return wantsCsv(accept, query)
      ? this.followers.csv(accountId, query)
      : this.followers.list(accountId, query);
  }
}
