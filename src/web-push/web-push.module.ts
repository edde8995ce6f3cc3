import { Module } from '@nestjs/common';
import { AudienceModule } from '../audience/audience.module';
import { PushModule } from '../push/push.module';
import { DEFAULT_LANES, PUSH_LANES } from './push-lanes';
import { PushEndpointsController } from './push-endpoints.controller';
import { PushEndpoints } from './push-endpoints.service';
import { VapidKeyController } from './vapid-key.controller';
import { VapidKeys } from './vapid-keys.service';
import { WebPushSender } from './web-push-sender.service';
import { WebPushes } from './web-pushes.service';

@Module({
  imports: [AudienceModule, PushModule],
  controllers: [PushEndpointsController, VapidKeyController],
  providers: [
    PushEndpoints,
    VapidKeys,
    WebPushSender,
    WebPushes,
    { provide: PUSH_LANES, useFactory: () => ({ ...DEFAULT_LANES }) },
  ],
})
export class WebPushModule {}
