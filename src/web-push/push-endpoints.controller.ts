import { Body, Controller, Delete, HttpCode, Put } from '@nestjs/common';
import { ApiBody, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CallingSubscriber, ForSubscribers } from '../auth/access.decorator';
import type { Subscriber } from '../auth/principal';
import { PushEndpointRemoval, PushEndpointRequest, PushEndpointView } from './push-endpoints.dto';
import { PushEndpoints } from './push-endpoints.service';

@ApiTags('Subscriber: notifications')
@ForSubscribers()
@Controller('me/push-endpoints')
export class PushEndpointsController {
  constructor(private readonly endpoints: PushEndpoints) {}

  @Put()
  @ApiOperation({
    summary: 'Notify me on this device',
    description:
      'Takes what PushSubscription.toJSON() gives. Whoever used the device before is no longer notified on it.',
  })
  @ApiOkResponse({ type: PushEndpointView })
  save(@CallingSubscriber() me: Subscriber, @Body() request: PushEndpointRequest): Promise<PushEndpointView> {
    return this.endpoints.save(me, request);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Stop notifying me on this device' })
  @ApiBody({ type: PushEndpointRemoval })
  @ApiNoContentResponse()
  remove(@CallingSubscriber() me: Subscriber, @Body() { endpoint }: PushEndpointRemoval): Promise<void> {
    return this.endpoints.remove(me, endpoint);
  }
}
