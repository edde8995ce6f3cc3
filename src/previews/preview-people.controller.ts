import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId } from '../http/path-id';
import { AddPreviewPersonRequest, PreviewPersonView } from './previews.dto';
import { PreviewPeople } from './preview-people.service';

@ApiTags('Broadcasts')
@Controller('accounts/:accountId/preview-people')
export class PreviewPeopleController {
  constructor(private readonly people: PreviewPeople) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: 'The people who agreed to see previews, latest first' })
  @ApiPage(PreviewPersonView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<PreviewPersonView>> {
    return this.people.list(accountId, limit, cursor);
  }

  @Post()
  @ForAccount('editor')
  @ApiOperation({ summary: 'Add a person by the code that they made in their inbox' })
  @ApiCreatedResponse({ type: PreviewPersonView })
  add(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() request: AddPreviewPersonRequest,
  ): Promise<PreviewPersonView> {
    return this.people.add(caller, accountId, request);
  }

  @Delete(':personId')
  @HttpCode(204)
  @ForAccount('editor')
  @ApiOperation({ summary: 'Show a person no previews any more; those that they see are gone at once' })
  @ApiNoContentResponse()
  remove(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('personId', PathId) personId: string,
  ): Promise<void> {
    return this.people.remove(caller, accountId, personId);
  }
}
