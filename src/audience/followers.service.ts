import { Injectable, type StreamableFile } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeKey, toPage, type Page } from '../http/page';
import { csvFile } from '../http/page-or-csv';
import { followersPage, keyOf, sortOf, tagsOfFollowers } from './followers.sql';
import {
  followerLine,
  tagMemberView,
  type FollowerLine,
  type FollowersQuery,
  type FollowerView,
  type TagMemberRow,
  type TagMemberView,
} from './followers.dto';
import { exactText } from './instant';
import { requireTag } from './taggings.service';

const CSV_COLUMNS = ['subscriber', 'followedAt', 'tags'] as const;
const CSV_PAGE = 1_000;

const FIRST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Who follows an account now, for the brand. Whoever has left is not shown, whatever tags they hold. */
@Injectable()
export class Followers {
  constructor(private readonly database: DataSource) {}

  /** @throws DomainError not-found for a tag that is not the account's */
  async list(accountId: string, query: FollowersQuery): Promise<Page<FollowerView>> {
    const { manager } = this.database;
    if (query.tag !== undefined) await requireTag(manager, accountId, query.tag);
    const { q, tag, since, until, limit, cursor } = query;
    const sort = sortOf(query);
    const filters = [tag, q, since, until, sort].map((filter) => filter ?? null);
    const list = `followers of ${accountId} ${JSON.stringify(filters)}`;
    const after = decodeKey(list, cursor, [sort.by === 'followedAt' ? 'instant' : 'text', 'id']);
    const rows = await followersPage(manager, accountId, query, after, limit + 1);
    const tagsOf = await tagsOfFollowers(manager, accountId, rows);
    return toPage(
      rows,
      limit,
      list,
      (row) => keyOf(row, sort),
      (row) => ({
        subscriber: row.sub,
        followedAt: row.followed_at.toISOString(),
        tags: tagsOf(row.subscriber_id),
      }),
    );
  }

  /** All of them as CSV, in flat memory: read a page after the other, so that who comes meanwhile may be missing. */
  csv(accountId: string, query: FollowersQuery): Promise<StreamableFile> {
    return csvFile<FollowerLine>('followers', CSV_COLUMNS, this.linesInParts(accountId, query), query);
  }

  private async *linesInParts(
    accountId: string,
    query: FollowersQuery,
  ): AsyncGenerator<readonly FollowerLine[]> {
    let cursor: string | undefined;
    do {
      const page = { ...query, limit: CSV_PAGE, ...(cursor !== undefined && { cursor }) };
      const { items, nextCursor } = await this.list(accountId, page);
      yield items.map(followerLine);
      cursor = nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** Latest first. @throws DomainError not-found */
  async membersOf(
    accountId: string,
    tagId: string,
    limit: number,
    cursor?: string,
  ): Promise<Page<TagMemberView>> {
    await requireTag(this.database.manager, accountId, tagId);
    const list = `members of ${tagId}`;
    const [before = 'infinity', beforeId = FIRST_ID] = decodeKey(list, cursor, ['instant', 'id']) ?? [];
    const rows = await this.database.query<TagMemberRow[]>(
      `SELECT g.subscriber_id, s.sub, g.tagged_at, ${exactText('g.tagged_at')} AS exact
         FROM taggings g
         JOIN follows f ON f.subscriber_id = g.subscriber_id AND f.account_id = $1 AND f.unfollowed_at IS NULL
         JOIN subscribers s ON s.id = g.subscriber_id
        WHERE g.tag_id = $2 AND g.untagged_at IS NULL
          AND (g.tagged_at, g.subscriber_id) < ($3::timestamptz, $4::uuid)
        ORDER BY g.tagged_at DESC, g.subscriber_id DESC LIMIT $5`,
      [accountId, tagId, before, beforeId, limit + 1],
    );
    return toPage(rows, limit, list, ({ exact, subscriber_id }) => [exact, subscriber_id], tagMemberView);
  }
}
