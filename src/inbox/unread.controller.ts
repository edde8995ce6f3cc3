import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import { UnreadCountsView } from './inbox.dto';
import { Threads } from './threads.service';

@ApiTags('Subscriber: inbox')
@ForSubscribers()
@Controller('me/unread')
export class UnreadController {
  constructor(private readonly threads: Threads) {}

  @Get()
  @ApiOperation({ summary: 'How much I have not read, for a badge; what is muted apart' })
  @ApiOkResponse({ type: UnreadCountsView })
  unread(@CallingSubscriber() me: Subscriber): Promise<UnreadCountsView> {
    return this.threads.unread(me.id);
  }
}
