import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { decodeKey, toPage, type Page } from '../http/page';
import {
  followerView,
  tagMemberView,
  type FollowerRow,
  type FollowersQuery,
  type FollowerView,
  type TagMemberRow,
  type TagMemberView,
} from './followers.dto';
import { exactText } from './instant';
import { requireTag } from './taggings.service';

const FIRST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Who follows an account now, for the brand. Whoever has left is not shown, whatever tags they hold. */
@Injectable()
export class Followers {
  constructor(private readonly database: DataSource) {}

  /** Latest first. @throws DomainError not-found for a tag that is not the account's */
  async list(accountId: string, { tag, limit, cursor }: FollowersQuery): Promise<Page<FollowerView>> {
    if (tag !== undefined) await requireTag(this.database.manager, accountId, tag);
    const list = `followers of ${accountId} ${tag ?? ''}`;
    const [before = 'infinity', beforeId = FIRST_ID] = decodeKey(list, cursor, ['instant', 'id']) ?? [];
    const holding =
      tag === undefined
        ? ''
        : `JOIN taggings held ON held.subscriber_id = f.subscriber_id AND held.tag_id = $5 AND held.untagged_at IS NULL`;
    const rows = await this.database.query<FollowerRow[]>(
      `WITH page AS (
         SELECT f.subscriber_id, f.followed_at FROM follows f ${holding}
          WHERE f.account_id = $1 AND f.unfollowed_at IS NULL
            AND (f.followed_at, f.subscriber_id) < ($2::timestamptz, $3::uuid)
          ORDER BY f.followed_at DESC, f.subscriber_id DESC LIMIT $4)
       SELECT p.subscriber_id, s.sub, p.followed_at, ${exactText('p.followed_at')} AS exact, held.tags
         FROM page p JOIN subscribers s ON s.id = p.subscriber_id
        CROSS JOIN LATERAL (
              SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) ORDER BY t.name), '[]') AS tags
                FROM taggings g JOIN tags t ON t.id = g.tag_id AND t.deleted_at IS NULL
               WHERE g.subscriber_id = p.subscriber_id AND g.untagged_at IS NULL AND t.account_id = $1) AS held
        ORDER BY p.followed_at DESC, p.subscriber_id DESC`,
      [accountId, before, beforeId, limit + 1, ...(tag === undefined ? [] : [tag])],
    );
    return toPage(rows, limit, list, ({ exact, subscriber_id }) => [exact, subscriber_id], followerView);
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
