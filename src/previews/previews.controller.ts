import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import { PathId } from '../http/path-id';
import { PreviewRequest, PreviewView } from './previews.dto';
import { Previews } from './previews.service';

@ApiTags('Broadcasts')
@ForAccount('editor')
@Controller('accounts/:accountId/broadcasts/:broadcastId/preview')
export class PreviewsController {
  constructor(private readonly previews: Previews) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Show it, before it goes out, to a few people who agreed to see previews' })
  @ApiOkResponse({ type: PreviewView })
  preview(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('broadcastId', PathId) broadcastId: string,
    @Body() request: PreviewRequest,
  ): Promise<PreviewView> {
    return this.previews.show(caller, accountId, broadcastId, request);
  }
}
