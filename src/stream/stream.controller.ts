import { Controller, Get, Headers, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { decodeJwt } from 'jose';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import { ContentModels, InboxBroadcast } from '../inbox/inbox.dto';
import {
  RecallEvent,
  ResetEvent,
  STREAM_DESCRIPTION,
  STREAM_EXAMPLE,
  StreamQuery,
  UnreadEvent,
} from './stream.dto';
import { Streams } from './streams.service';

@ApiTags('Subscriber: inbox')
@ForSubscribers()
@Controller('me/stream')
export class StreamController {
  constructor(private readonly streams: Streams) {}

  /**
   * Not Nest's @Sse(): it would number the events that have no id, where these must leave the client's bookmark alone,
   * and drop a slow client without a word.
   */
  @Get()
  @ApiOperation({ summary: 'What happens in my inbox, as it happens', description: STREAM_DESCRIPTION })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The last `id:` received.' })
  @ContentModels()
  @ApiExtraModels(InboxBroadcast, RecallEvent, UnreadEvent, ResetEvent)
  @ApiOkResponse({
    description: 'The stream; it does not end by itself.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example: STREAM_EXAMPLE } },
  })
  open(
    @CallingSubscriber() me: Subscriber,
    @Query() { lastEventId }: StreamQuery,
    @Headers() headers: Readonly<Record<string, string | undefined>>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.streams.open(me.id, headers['last-event-id'] ?? lastEventId, expiryOf(headers), reply);
  }
}

/** When the token that the guard let through expires, in milliseconds since 1970. */
function expiryOf({ authorization = '' }: Readonly<Record<string, string | undefined>>): number {
  return (decodeJwt(authorization.replace(/^bearer +/i, '')).exp ?? 0) * 1000;
}
