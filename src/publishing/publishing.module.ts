import { Module } from '@nestjs/common';
import { BroadcastsModule } from '../broadcasts/broadcasts.module';
import { Announcements } from './announcements.service';
import { Batch } from './batch.service';
import { Publisher } from './publisher.service';
import { PublishingReport } from './publishing-report.service';
import { Scheduler } from './scheduler.service';

@Module({
  imports: [BroadcastsModule],
  providers: [Announcements, Batch, Publisher, Scheduler, PublishingReport],
  exports: [PublishingReport],
})
export class PublishingModule {}
