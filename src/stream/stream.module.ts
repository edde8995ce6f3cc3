import { Module } from '@nestjs/common';
import { CatchUp } from './catch-up.service';
import { Delivery } from './delivery.service';
import { FollowIndex } from './follow-index.service';
import { PublishedHint } from './published-hint.service';
import { StreamController } from './stream.controller';
import { Streams } from './streams.service';
import { ThreadChanges } from './thread-changes.service';

@Module({
  controllers: [StreamController],
  providers: [CatchUp, Delivery, FollowIndex, PublishedHint, Streams, ThreadChanges],
  exports: [Streams],
})
export class StreamModule {}
