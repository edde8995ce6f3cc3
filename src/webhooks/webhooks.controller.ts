import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { DeliveriesQuery, DeliveryView } from './deliveries.dto';
import { Deliveries } from './deliveries.service';
import { Replays } from './replays.service';
import {
  ChangeWebhookRequest,
  CreateWebhookRequest,
  NewWebhookView,
  ReplayRequest,
  ReplayView,
  WebhookView,
} from './webhooks.dto';
import { Webhooks } from './webhooks.service';

/** A URL can be a password, so viewers see none; and what leaves the platform is for owners to decide. */
@ApiTags('Webhooks')
@Controller('accounts/:accountId/webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly deliveries: Deliveries,
    private readonly replays: Replays,
  ) {}

  @Get()
  @ForAccount('editor')
  @ApiOperation({ summary: 'Where the account wants to be told of events, newest first' })
  @ApiPage(WebhookView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<WebhookView>> {
    return this.webhooks.list(accountId, limit, cursor);
  }

  @Post()
  @ForAccount('owner')
  @ApiOperation({ summary: 'Be told of events at a URL; the secret that signs them is shown once' })
  @ApiCreatedResponse({ type: NewWebhookView })
  create(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: CreateWebhookRequest,
  ): Promise<NewWebhookView> {
    return this.webhooks.create(caller, accountId, request);
  }

  @Patch(':webhookId')
  @ForAccount('owner')
  @ApiOperation({ summary: 'Change its URL or events, or disable or enable it' })
  @ApiOkResponse({ type: WebhookView })
  change(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
    @Body() request: ChangeWebhookRequest,
  ): Promise<WebhookView> {
    return this.webhooks.change(caller, accountId, webhookId, request);
  }

  @Delete(':webhookId')
  @HttpCode(204)
  @ForAccount('owner')
  @ApiOperation({ summary: 'Delete it, and the log of its deliveries' })
  @ApiNoContentResponse()
  delete(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
  ): Promise<void> {
    return this.webhooks.delete(caller, accountId, webhookId);
  }

  @Post(':webhookId/rotate')
  @HttpCode(200)
  @ForAccount('owner')
  @ApiOperation({ summary: 'A new secret, shown once; the old one signs beside it for 24 hours' })
  @ApiOkResponse({ type: NewWebhookView })
  rotate(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
  ): Promise<NewWebhookView> {
    return this.webhooks.rotate(caller, accountId, webhookId);
  }

  @Post(':webhookId/test')
  @HttpCode(202)
  @ForAccount('owner')
  @ApiOperation({ summary: 'Send it an event `webhook.test`' })
  @ApiAcceptedResponse({ type: DeliveryView })
  test(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
  ): Promise<DeliveryView> {
    return this.deliveries.test(caller, accountId, webhookId);
  }

  @Post(':webhookId/replay')
  @HttpCode(202)
  @ForAccount('owner')
  @ApiOperation({ summary: 'Send one delivery again, or all since a time' })
  @ApiAcceptedResponse({ type: ReplayView })
  replay(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
    @Body() request: ReplayRequest,
  ): Promise<ReplayView> {
    return this.replays.replay(caller, accountId, webhookId, request);
  }

  @Get(':webhookId/deliveries')
  @ForAccount('editor')
  @ApiOperation({ summary: 'What was sent to it and what it answered, latest first; kept for 30 days' })
  @ApiPage(DeliveryView)
  log(
    @Param('accountId') accountId: string,
    @Param('webhookId', PathId) webhookId: string,
    @Query() query: DeliveriesQuery,
  ): Promise<Page<DeliveryView>> {
    return this.deliveries.list(accountId, webhookId, query);
  }
}
