import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { QuotasModule } from '../quotas/quotas.module';
import { AccountChangesController } from './account-changes.controller';
import { AccountChanges } from './account-changes.service';
import { AudienceSizeController } from './audience-size.controller';
import { AudienceSizes } from './audience-size.service';
import { AudienceTags } from './audience-tags.service';
import { BroadcastList } from './broadcast-list.service';
import { BroadcastsController } from './broadcasts.controller';
import { Copies } from './copies.service';
import { Drafts } from './drafts.service';
import { Edits } from './edits.service';
import { IdempotentCreation } from './idempotent-creation.service';
import { MovesController } from './moves.controller';
import { Moves } from './moves.service';
import { Placement } from './placement.service';
import { PublishWish } from './publish-wish.service';
import { QueueController } from './queue.controller';
import { Queue } from './queue.service';
import { StorableContent } from './storable-content.service';
import { Timing } from './timing.service';

@Module({
  imports: [AccountsModule, QuotasModule],
  controllers: [
    BroadcastsController,
    MovesController,
    AccountChangesController,
    AudienceSizeController,
    QueueController,
  ],
  providers: [
    Drafts,
    Edits,
    Moves,
    Placement,
    StorableContent,
    Timing,
    BroadcastList,
    AudienceTags,
    AudienceSizes,
    AccountChanges,
    PublishWish,
    Queue,
    Copies,
    IdempotentCreation,
  ],
  exports: [PublishWish, Moves],
})
export class BroadcastsModule {}
