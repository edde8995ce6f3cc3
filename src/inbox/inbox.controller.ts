import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LargeAnswer } from '../auth/answers-at-once.interceptor';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { ContentModels, FolderView, InboxBroadcast, ReadRequest, ThreadView, UnreadView } from './inbox.dto';
import { Thread } from './thread.service';
import { Threads } from './threads.service';

@ApiTags('Subscriber: inbox')
@ForSubscribers()
@ContentModels()
@Controller('me/inbox')
export class InboxController {
  constructor(
    private readonly threads: Threads,
    private readonly thread: Thread,
  ) {}

  @Get()
  @LargeAnswer()
  @ApiOperation({ summary: 'My threads, newest first; all subscription accounts are one folder' })
  @ApiPage([ThreadView, FolderView])
  inbox(
    @CallingSubscriber() me: Subscriber,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ThreadView | FolderView>> {
    return this.threads.inbox(me.id, limit, cursor);
  }

  @Get('subscriptions')
  @LargeAnswer()
  @ApiOperation({ summary: 'The threads in the Subscriptions folder, newest first' })
  @ApiPage(ThreadView)
  subscriptions(
    @CallingSubscriber() me: Subscriber,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<ThreadView>> {
    return this.threads.subscriptions(me.id, limit, cursor);
  }

  @Get(':accountId')
  @LargeAnswer()
  @ApiOperation({ summary: 'What I received from one brand, newest first' })
  @ApiPage(InboxBroadcast)
  list(
    @CallingSubscriber() me: Subscriber,
    @Param('accountId', PathId) accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<InboxBroadcast>> {
    return this.thread.list(me, accountId, limit, cursor);
  }

  @Post(':accountId/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark as read' })
  @ApiBody({ type: ReadRequest, required: false })
  @ApiOkResponse({ type: UnreadView })
  read(
    @CallingSubscriber() me: Subscriber,
    @Param('accountId', PathId) accountId: string,
    @Body() { upTo }: ReadRequest,
  ): Promise<UnreadView> {
    return this.thread.read(me, accountId, upTo);
  }
}
