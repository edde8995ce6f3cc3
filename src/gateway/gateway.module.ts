import { Module } from '@nestjs/common';
import { PushModule } from '../push/push.module';
import { WebhooksModule } from '../webhooks/webhooks.module';
import { PushBatches } from './push-batches.service';

@Module({ imports: [PushModule, WebhooksModule], providers: [PushBatches] })
export class GatewayModule {}
