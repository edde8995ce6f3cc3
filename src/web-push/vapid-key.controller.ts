import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.decorator';
import { VapidKeyView } from './push-endpoints.dto';
import { VapidKeys } from './vapid-keys.service';

@ApiTags('Subscriber: notifications')
@Controller('push')
export class VapidKeyController {
  constructor(private readonly keys: VapidKeys) {}

  @Get('vapid-key')
  @Public()
  @ApiOperation({ summary: 'The key for which devices ask their push service for an address' })
  @ApiOkResponse({ type: VapidKeyView })
  async key(): Promise<VapidKeyView> {
    return { publicKey: await this.keys.publicKey() };
  }
}
