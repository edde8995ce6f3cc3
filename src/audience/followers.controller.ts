import { Controller, Get, Headers, Param, Query, StreamableFile } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { preferredType } from '../http/negotiation';
import type { Page } from '../http/page';
import { FollowersQuery, FollowerView } from './followers.dto';
import { Followers } from './followers.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/followers')
export class FollowersController {
  constructor(private readonly followers: Followers) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: "The account's followers, latest first; as CSV with `Accept: text/csv`" })
  @ApiExtraModels(FollowerView)
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({
    content: {
      'application/json': {
        schema: {
          type: 'object',
          required: ['items', 'nextCursor'],
          properties: {
            items: { type: 'array', items: { $ref: getSchemaPath(FollowerView) } },
            nextCursor: { type: 'string', nullable: true },
          },
        },
      },
      'text/csv': { schema: { type: 'string' } },
    },
  })
  @ApiHeader({ name: 'accept', required: false, schema: { type: 'string' } })
  async list(
    @Param('accountId') accountId: string,
    @Query() query: FollowersQuery,
    @Headers('accept') accept?: string,
  ): Promise<Page<FollowerView> | StreamableFile> {
    const { format = preferredType(accept, ['application/json', 'text/csv']) } = query;
    if (!format.endsWith('csv')) return this.followers.list(accountId, query);
    return new StreamableFile(await this.followers.csv(accountId, query), {
      type: 'text/csv; charset=utf-8',
      disposition: 'attachment; filename="followers.csv"',
    });
  }
}
