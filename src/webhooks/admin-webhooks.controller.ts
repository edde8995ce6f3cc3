import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Caller, ForAdmins } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { DeliveriesQuery, DeliveryView } from './deliveries.dto';
import { Deliveries } from './deliveries.service';
import { Replays } from './replays.service';
import {
  ChangePlatformWebhookRequest,
  CreatePlatformWebhookRequest,
  NewWebhookView,
  ReplayRequest,
  ReplayView,
  WebhookView,
} from './webhooks.dto';
import { Webhooks } from './webhooks.service';

/** The same for the operator: events of all accounts. */
@ApiTags('Admin: webhooks')
@ForAdmins()
@Controller('admin/webhooks')
export class AdminWebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly replays: Replays,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Where the operator wants to be told of events, newest first' })
  @ApiPage(WebhookView)
  list(@Query() { limit, cursor }: PageQuery): Promise<Page<WebhookView>> {
    return this.webhooks.list(null, limit, cursor);
  }

  @Post()
  @ApiOperation({ summary: 'Be told of events at a URL; the secret that signs them is shown once' })
  @ApiCreatedResponse({ type: NewWebhookView })
  create(
    @Caller() caller: Principal,
    @Body() request: CreatePlatformWebhookRequest,
  ): Promise<NewWebhookView> {
    return this.webhooks.create(caller, null, request);
  }

  @Patch(':webhookId')
  @ApiOperation({ summary: 'Change its URL or events, or disable or enable it' })
  @ApiOkResponse({ type: WebhookView })
  change(
    @Caller() caller: Principal,
    @Param('webhookId', PathId) webhookId: string,
    @Body() request: ChangePlatformWebhookRequest,
  ): Promise<WebhookView> {
    return this.webhooks.change(caller, null, webhookId, request);
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete it, and the log of its deliveries' })
  @ApiNoContentResponse()
  delete(@Caller() caller: Principal, @Param('webhookId', PathId) webhookId: string): Promise<void> {
    return this.webhooks.delete(caller, null, webhookId);
  }

  @Post(':webhookId/rotate')
  @HttpCode(200)
  @ApiOperation({ summary: 'A new secret, shown once; the old one signs beside it for 24 hours' })
  @ApiOkResponse({ type: NewWebhookView })
  rotate(
    @Caller() caller: Principal,
    @Param('webhookId', PathId) webhookId: string,
  ): Promise<NewWebhookView> {
    return this.webhooks.rotate(caller, null, webhookId);
  }

  @Post(':webhookId/test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send it an event `webhook.test`' })
  @ApiAcceptedResponse({ type: DeliveryView })
  test(@Caller() caller: Principal, @Param('webhookId', PathId) webhookId: string): Promise<DeliveryView> {
    return this.deliveries.test(caller, null, webhookId);
  }

  @Post(':webhookId/replay')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send one delivery again, or all since a time' })
  @ApiAcceptedResponse({ type: ReplayView })
  replay(
    @Caller() caller: Principal,
    @Param('webhookId', PathId) webhookId: string,
    @Body() request: ReplayRequest,
  ): Promise<ReplayView> {
    return this.replays.replay(caller, null, webhookId, request);
  }

  @Get(':webhookId/deliveries')
  @ApiOperation({ summary: 'What was sent to it and what it answered, latest first; kept for 30 days' })
  @ApiPage(DeliveryView)
  log(
    @Param('webhookId', PathId) webhookId: string,
    @Query() query: DeliveriesQuery,
  ): Promise<Page<DeliveryView>> {
    return this.deliveries.list(null, webhookId, query);
  }
}
