import { Module } from '@nestjs/common';
import { AudienceModule } from '../audience/audience.module';
import { InboxController } from './inbox.controller';
import { Thread } from './thread.service';
import { Threads } from './threads.service';
import { UnreadController } from './unread.controller';

@Module({
  imports: [AudienceModule],
  controllers: [InboxController, UnreadController],
  providers: [Thread, Threads],
})
export class InboxModule {}
