import { Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { PreviewCodes } from './preview-codes.service';
import { Previewers } from './previewers.service';
import { PreviewCodeView, PreviewerView } from './previews.dto';

@ApiTags('Subscriber: previews')
@ForSubscribers()
@Controller('me')
export class PreviewersController {
  constructor(
    private readonly codes: PreviewCodes,
    private readonly previewers: Previewers,
  ) {}

  @Post('preview-code')
  @ApiOperation({
    summary: 'Make a code: the brand to whom I give it may show me previews. The one before ends',
  })
  @ApiCreatedResponse({ type: PreviewCodeView })
  code(@CallingSubscriber() me: Subscriber): Promise<PreviewCodeView> {
    return this.codes.make(me);
  }

  @Get('previewers')
  @ApiOperation({ summary: 'The brands that may show me previews, latest first' })
  @ApiPage(PreviewerView)
  list(
    @CallingSubscriber() me: Subscriber,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<PreviewerView>> {
    return this.previewers.list(me, limit, cursor);
  }

  @Delete('previewers/:accountId')
  @HttpCode(204)
  @ApiOperation({ summary: 'See no previews of a brand any more; those that I see are gone at once' })
  @ApiNoContentResponse()
  stop(@CallingSubscriber() me: Subscriber, @Param('accountId', PathId) accountId: string): Promise<void> {
    return this.previewers.stop(me, accountId);
  }

  @Delete('previews/:broadcastId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Hide a preview' })
  @ApiNoContentResponse()
  hide(
    @CallingSubscriber() me: Subscriber,
    @Param('broadcastId', PathId) broadcastId: string,
  ): Promise<void> {
    return this.previewers.hide(me, broadcastId);
  }
}
