import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { BroadcastsModule } from '../broadcasts/broadcasts.module';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { CloseAccountController } from './close-account.controller';
import { CloseAccount } from './close-account.service';

/** What crosses several domains in one transaction. */
@Module({
  imports: [AccountsModule, BroadcastsModule, WebhooksModule],
  controllers: [CloseAccountController],
  providers: [CloseAccount],
})
export class FlowsModule {}
