import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReasonRequest } from '../accounts/accounts.dto';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { optionalVersion, sendVersion } from '../http/etag';
import { PathId } from '../http/path-id';
import { BroadcastView, ScheduleRequest } from './broadcasts.dto';
import { SCHEDULE_EXAMPLES } from './broadcasts.examples';
import { Copies } from './copies.service';
import { MayMatch } from './may-match.decorator';
import { Moves } from './moves.service';

@ApiTags('Broadcasts')
@ForAccount('editor')
@Controller('accounts/:accountId/broadcasts/:broadcastId')
export class MovesController {
  constructor(
    private readonly moves: Moves,
    private readonly copies: Copies,
  ) {}

  @Post('schedule')
  @HttpCode(200)
  @ApiOperation({ summary: 'Schedule, also what was missed or cancelled; or move to another time' })
  @MayMatch()
  @ApiBody({ type: ScheduleRequest, examples: SCHEDULE_EXAMPLES })
  @ApiOkResponse({ type: BroadcastView })
  async schedule(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() request: ScheduleRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<BroadcastView> {
    const version = optionalVersion(ifMatch);
    return sendVersion(reply, await this.moves.schedule(caller, accountId, broadcastId, request, version));
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel a scheduled broadcast and free its slot' })
  @MayMatch()
  @ApiOkResponse({ type: BroadcastView })
  async cancel(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<BroadcastView> {
    const version = optionalVersion(ifMatch);
    return sendVersion(reply, await this.moves.cancel(caller, accountId, broadcastId, version));
  }

  @Post('recall')
  @HttpCode(200)
  @ApiOperation({ summary: 'Hide a published broadcast from every inbox; its slot stays used' })
  @MayMatch()
  @ApiBody({ type: ReasonRequest, required: false })
  @ApiOkResponse({ type: BroadcastView })
  async recall(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() { reason }: ReasonRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('If-Match') ifMatch?: string,
  ): Promise<BroadcastView> {
    const version = optionalVersion(ifMatch);
    return sendVersion(reply, await this.moves.recall(caller, accountId, broadcastId, reason, version));
  }

  @Post('copy')
  @ApiOperation({ summary: 'Copy it, whatever became of it, to a draft with the same content and audience' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, schema: { type: 'string', maxLength: 255 } })
  @ApiCreatedResponse({ type: BroadcastView })
  async copy(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('Idempotency-Key') key?: string,
  ): Promise<BroadcastView> {
    return sendVersion(reply, await this.copies.copy(caller, accountId, broadcastId, key));
  }
}
