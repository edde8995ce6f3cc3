import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReasonRequest } from '../accounts/accounts.dto';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { sendVersion } from '../http/etag';
import { PathId } from '../http/path-id';
import { BroadcastView, PreviewRequest, PreviewView, ScheduleRequest } from './broadcasts.dto';
import { SCHEDULE_EXAMPLES } from './broadcasts.examples';
import { Moves } from './moves.service';
import { Previews } from './previews.service';

@ApiTags('Broadcasts')
@ForAccount('editor')
@Controller('accounts/:accountId/broadcasts/:broadcastId')
export class MovesController {
  constructor(
    private readonly moves: Moves,
    private readonly previews: Previews,
  ) {}

  @Post('schedule')
  @HttpCode(200)
  @ApiOperation({ summary: 'Schedule, or move to another time' })
  @ApiBody({ type: ScheduleRequest, examples: SCHEDULE_EXAMPLES })
  @ApiOkResponse({ type: BroadcastView })
  async schedule(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() request: ScheduleRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.moves.schedule(caller, accountId, broadcastId, request));
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Call a scheduled broadcast off and free its slot' })
  @ApiOkResponse({ type: BroadcastView })
  async cancel(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.moves.cancel(caller, accountId, broadcastId));
  }

  @Post('recall')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hide a published broadcast from every inbox; its slot stays used' })
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ type: BroadcastView })
  async recall(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() { reason }: ReasonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.moves.recall(caller, accountId, broadcastId, reason));
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'Show it to a few named subscribers before it goes out' })
  @ApiOkResponse({ type: PreviewView })
  preview(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() { subscribers }: PreviewRequest,
  ): Promise<PreviewView> {
    return this.previews.show(caller, accountId, broadcastId, subscribers);
  }
}
