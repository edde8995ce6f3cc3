import { ApiExtraModels, ApiProperty, OmitType } from '@nestjs/swagger';
import { AccountSummary } from '../audience/account-summary.dto';
import type { Content } from '../broadcasts/content';
import {
  ArticlesContentDto,
  CONTENT_SCHEMA,
  ImageContentDto,
  TextContentDto,
} from '../broadcasts/content.dto';
import { HeadlinesContent, LISTED_CONTENT_SCHEMAS } from '../broadcasts/headlines.dto';
import { Shown, ShownChoice, ShownCount, ShownFlag, ShownId, ShownInstant } from '../http/answers';
import { Id } from '../http/fields';
import { UNREAD_MAX } from './inbox.sql';

/** A union of these schemas, and null. */
const AnyOfOrNull = (schemas: readonly object[], description: string) =>
  ApiProperty({ required: true, anyOf: [...schemas, { type: 'null' }], description });

/** A broadcast as its reader sees it. */
export class InboxBroadcast {
  @ShownId() readonly id!: string;
  @ShownId() readonly accountId!: string;
  @AnyOfOrNull(CONTENT_SCHEMA.oneOf, 'Null once it is recalled.')
  readonly content!: Content | null;
  @ShownInstant() readonly publishedAt!: string;
  @ShownFlag() readonly read!: boolean;
  @ShownFlag() readonly recalled!: boolean;
  @ShownFlag({ description: 'Shown to me before it is published, for a week; never unread.' })
  readonly preview!: boolean;
}

export class LatestBroadcast extends OmitType(InboxBroadcast, ['content'] as const) {
  @AnyOfOrNull(LISTED_CONTENT_SCHEMAS, 'Articles without their bodies. Null once it is recalled.')
  readonly content!: object | null;
}

export const Unread = (of = '') =>
  ShownCount({
    maximum: UNREAD_MAX,
    description: `${of}Exact up to ${UNREAD_MAX - 1}; ${UNREAD_MAX} means ${UNREAD_MAX} or more.`,
  });
const Latest = () => Shown(() => LatestBroadcast, { nullable: true });

export class ThreadView {
  @ShownId() readonly accountId!: string;
  @Shown(() => AccountSummary) readonly account!: AccountSummary;
  @ShownFlag({ description: 'Whoever has left keeps what they received.' }) readonly following!: boolean;
  @ShownFlag() readonly muted!: boolean;
  @Unread() readonly unread!: number;
  @Latest() readonly latest!: LatestBroadcast | null;
}

/** All subscription accounts together. */
export class FolderView {
  @ShownChoice(['subscriptions']) readonly folder!: 'subscriptions';
  @Unread('Without what is muted. ') readonly unread!: number;
  @Unread('Of the accounts that are muted. ') readonly mutedUnread!: number;
  @Latest() readonly latest!: LatestBroadcast | null;
}

/** The kinds of content that the schemas above point to. */
export const ContentModels = () =>
  ApiExtraModels(TextContentDto, ImageContentDto, ArticlesContentDto, HeadlinesContent);

export class ReadRequest {
  @Id({ optional: true, description: 'Up to this broadcast; without it, everything received so far.' })
  readonly upTo?: string;
}

export class UnreadView {
  @Unread() readonly unread!: number;
}

export class UnreadCountsView {
  @Unread('Of all that is not muted: the figure for a badge. ') readonly total!: number;
  @Unread('Of service accounts. ') readonly contacts!: number;
  @Unread('Of subscription accounts, which lie in the folder. ') readonly subscriptions!: number;
  @Unread('Messages. ') readonly conversations!: number;
  @Unread('Of accounts that are muted; in none of the others. ') readonly muted!: number;
}

/** A broadcast, or a preview of one, as it comes from the database for one reader. */
export interface InboxRow {
  readonly id: string;
  readonly account_id: string;
  readonly content: Content | null;
  /** When it was published, or previewed. */
  readonly at: Date;
  readonly read: boolean;
  readonly recalled: boolean;
  readonly preview: boolean;
}

export function inboxBroadcast({
  id,
  account_id,
  content,
  at,
  read,
  recalled,
  preview,
}: InboxRow): InboxBroadcast {
  return { id, accountId: account_id, content, publishedAt: at.toISOString(), read, recalled, preview };
}
