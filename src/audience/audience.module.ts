import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { BroadcastReportController } from './broadcast-report.controller';
import { BroadcastReports } from './broadcast-report.service';
import { DirectoryController } from './directory.controller';
import { Directory } from './directory.service';
import { Erasure } from './erasure.service';
import { FollowerImportController } from './follower-import.controller';
import { FollowerImport } from './follower-import.service';
import { FollowersController } from './followers.controller';
import { Followers } from './followers.service';
import { FollowsController } from './follows.controller';
import { Follows } from './follows.service';
import { ImportBatch } from './import-batch.service';
import { ImportRehearsal } from './import-rehearsal.service';
import { PushCounts } from './push-counts.service';
import { PersonExports } from './person-export.service';
import { PersonController } from './person.controller';
import { ReportTimelines } from './report-timeline.service';
import { SubscriberTokensController } from './subscriber-tokens.controller';
import { Subscribers } from './subscribers.service';
import { Taggings } from './taggings.service';
import { TagsController } from './tags.controller';
import { Tags } from './tags.service';

@Module({
  imports: [AccountsModule],
  controllers: [
    BroadcastReportController,
    DirectoryController,
    FollowerImportController,
    FollowersController,
    FollowsController,
    PersonController,
    SubscriberTokensController,
    TagsController,
  ],
  providers: [
    BroadcastReports,
    Directory,
    Erasure,
    FollowerImport,
    Followers,
    Follows,
    ImportBatch,
    ImportRehearsal,
    PersonExports,
    PushCounts,
    ReportTimelines,
    Subscribers,
    Taggings,
    Tags,
  ],
  exports: [PushCounts, Subscribers],
})
export class AudienceModule {}
