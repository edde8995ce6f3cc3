import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { TakesContent } from '../http/bodies';
import { optionalVersion, requiredVersion, sendVersion } from '../http/etag';
import type { Page } from '../http/page';
import { ApiPage } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { BroadcastList } from './broadcast-list.service';
import {
  BroadcastsQuery,
  BroadcastView,
  CreateBroadcastRequest,
  EditBroadcastRequest,
  ListedBroadcastView,
} from './broadcasts.dto';
import { ApiContent } from './content.dto';
import { CREATE_EXAMPLES, EDIT_EXAMPLES } from './broadcasts.examples';
import { Drafts } from './drafts.service';
import { HeadlinesContent } from './headlines.dto';
import { Edits } from './edits.service';
import { MayMatch } from './may-match.decorator';

@ApiTags('Broadcasts')
@ApiContent()
@Controller('accounts/:accountId/broadcasts')
export class BroadcastsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly edits: Edits,
    private readonly broadcasts: BroadcastList,
  ) {}

  @Post()
  @TakesContent()
  @ForAccount('editor')
  @ApiOperation({ summary: 'Write a broadcast, and schedule it if you like' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } })
  @ApiBody({ type: CreateBroadcastRequest, examples: CREATE_EXAMPLES })
  @ApiCreatedResponse({ type: BroadcastView })
  async create(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: CreateBroadcastRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('Idempotency-Key') key?: string,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.drafts.create(caller, accountId, request, key));
  }

  @Get()
  @LargeAnswer()
  @ForAccount('viewer')
  @ApiOperation({ summary: "The account's broadcasts, the latest written first" })
  @ApiPage(ListedBroadcastView, 'Up to 1 MiB of content a page: it may have fewer items than the limit.')
  @ApiExtraModels(HeadlinesContent)
  list(
    @Param('accountId') accountId: string,
    @Query() query: BroadcastsQuery,
  ): Promise<Page<ListedBroadcastView>> {
    return this.broadcasts.list(accountId, query);
  }

  @Get(':broadcastId')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'One broadcast' })
  @ApiOkResponse({ type: BroadcastView })
  async get(
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.broadcasts.get(accountId, broadcastId));
  }

  @Patch(':broadcastId')
  @TakesContent()
  @ForAccount('editor')
  @ApiOperation({ summary: 'Change what it says or to whom, until it is published' })
  @ApiHeader({
    name: 'If-Match',
    required: true,
    description: 'The ETag that you read.',
    schema: { type: 'string' },
  })
  @ApiBody({ type: EditBroadcastRequest, examples: EDIT_EXAMPLES })
  @ApiOkResponse({ type: BroadcastView })
  async edit(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() request: EditBroadcastRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<BroadcastView> {
    const version = requiredVersion(ifMatch);
    return sendVersion(reply, await this.edits.edit(caller, accountId, broadcastId, request, version));
  }

  @Delete(':broadcastId')
  @HttpCode(204)
  @ForAccount('editor')
  @ApiOperation({ summary: 'Delete a draft' })
  @MayMatch()
  @ApiNoContentResponse()
  delete(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<void> {
    return this.edits.delete(caller, accountId, broadcastId, optionalVersion(ifMatch));
  }
}
