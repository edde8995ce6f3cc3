import { Module } from '@nestjs/common';
import { AudienceModule } from '../audience/audience.module';
import { InboxController } from './inbox.controller';
import { Thread } from './thread.service';
import { Threads } from './threads.service';

@Module({
  imports: [AudienceModule],
  controllers: [InboxController],
  providers: [Thread, Threads],
})
export class InboxModule {}
