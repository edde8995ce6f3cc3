import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Caller, ForAccount } from '../auth/access.decorator';
import type { Principal } from '../auth/principal';
import type { Page } from '../http/page';
import { ApiPage, PageQuery } from '../http/page.dto';
import { PathId, PathSub } from '../http/path-id';
import { TagMemberView } from './followers.dto';
import { Followers } from './followers.service';
import { Taggings } from './taggings.service';
import { CreateTagRequest, TagsQuery, TagView } from './tags.dto';
import { Tags } from './tags.service';

@ApiTags('Audience')
@Controller('accounts/:accountId/tags')
export class TagsController {
  constructor(
    private readonly tags: Tags,
    private readonly taggings: Taggings,
    private readonly followers: Followers,
  ) {}

  @Get()
  @ForAccount('viewer')
  @ApiOperation({ summary: "The account's tags, by name" })
  @ApiPage(TagView)
  list(
    @Param('accountId') accountId: string,
    @Query() { limit, cursor, counts }: TagsQuery,
  ): Promise<Page<TagView>> {
    return this.tags.list(accountId, limit, { cursor, counts: counts === 'true' });
  }

  @Post()
  @ForAccount('editor')
  @ApiOperation({ summary: 'Make a tag' })
  @ApiCreatedResponse({ type: TagView })
  create(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Body() { name }: CreateTagRequest,
  ): Promise<TagView> {
    return this.tags.create(caller, accountId, name);
  }

  @Delete(':tagId')
  @HttpCode(204)
  @ForAccount('editor')
  @ApiOperation({ summary: 'Delete a tag to which no scheduled broadcast is addressed' })
  @ApiNoContentResponse()
  delete(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('tagId', PathId) tagId: string,
  ): Promise<void> {
    return this.tags.delete(caller, accountId, tagId);
  }

  @Get(':tagId/members')
  @ForAccount('viewer')
  @ApiOperation({ summary: 'The followers who hold a tag, latest first' })
  @ApiPage(TagMemberView)
  members(
    @Param('accountId') accountId: string,
    @Param('tagId', PathId) tagId: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<Page<TagMemberView>> {
    return this.followers.membersOf(accountId, tagId, limit, cursor);
  }

  @Put(':tagId/members/:subscriber')
  @HttpCode(204)
  @ForAccount('editor')
  @ApiOperation({ summary: 'Give a tag to a follower' })
  @ApiNoContentResponse()
  tag(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('tagId', PathId) tagId: string,
    @Param('subscriber', PathSub) sub: string,
  ): Promise<void> {
    return this.taggings.tag(caller, accountId, tagId, sub);
  }

  @Delete(':tagId/members/:subscriber')
  @HttpCode(204)
  @ForAccount('editor')
  @ApiOperation({ summary: 'Take a tag from somebody' })
  @ApiNoContentResponse()
  untag(
    @Caller() caller: Principal,
    @Param('accountId') accountId: string,
    @Param('tagId', PathId) tagId: string,
    @Param('subscriber', PathSub) sub: string,
  ): Promise<void> {
    return this.taggings.untag(caller, accountId, tagId, sub);
  }
}
