import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAccount } from '../auth/access.decorator';
import { QueueQuery, QueueView } from './queue.dto';
import { Queue } from './queue.service';

@ApiTags('Broadcasts')
@Controller('accounts/:accountId/queue')
export class QueueController {
  constructor(private readonly queue: Queue) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: 'The posting time that the next queued broadcast would take' })
  @ApiOkResponse({ type: QueueView })
  next(@Param('accountId') accountId: string, @Query() query: QueueQuery): Promise<QueueView> {
    return this.queue.view(accountId, query);
  }
}
