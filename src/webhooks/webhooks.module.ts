import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { AdminWebhooksController } from './admin-webhooks.controller';
import { Challenges } from './challenges.service';
import { Deliveries } from './deliveries.service';
import { Delivering } from './delivering.service';
import { DeliveryJobs } from './delivery-jobs.service';
import { Dispatch } from './dispatch.service';
import { QueueBound } from './queue-bound.service';
import { Replays } from './replays.service';
import { WebhookSender } from './webhook-sender.service';
import { WebhookState } from './webhook-state.service';
import { WebhooksController } from './webhooks.controller';
import { Webhooks } from './webhooks.service';

@Module({
  imports: [AccountsModule],
  controllers: [WebhooksController, AdminWebhooksController],
  providers: [
    Webhooks,
    WebhookState,
    WebhookSender,
    Deliveries,
    DeliveryJobs,
    Delivering,
    Dispatch,
    Challenges,
    Replays,
    QueueBound,
  ],
  exports: [WebhookSender, WebhookState, Webhooks],
})
export class WebhooksModule {}
