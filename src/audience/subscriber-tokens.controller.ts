import { Body, Controller, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ForAdmins } from '../auth/access.decorator';
import { SubscriberTokens } from '../auth/subscriber-tokens.service';
import { SubscriberTokenRequest, SubscriberTokenView } from './subscriber-tokens.dto';

@ApiTags('Admin: trying things out')
@ForAdmins()
@Controller('admin/subscriber-tokens')
export class SubscriberTokensController {
  constructor(private readonly tokens: SubscriberTokens) {}

  @Post()
  @ApiOperation({ summary: "A subscriber's token, as the operator's app would issue it" })
  @ApiCreatedResponse({ type: SubscriberTokenView })
  async sign(@Body() { sub }: SubscriberTokenRequest): Promise<SubscriberTokenView> {
    const { token, expiresAt } = await this.tokens.sign(sub);
    return { token, expiresAt: expiresAt.toISOString(), sub };
  }
}
