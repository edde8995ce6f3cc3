import { ShownInstant, ShownList, ShownText } from '../http/answers';
import { Id } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import { TagName } from './tags.dto';

export class FollowersQuery extends PageQuery {
  @Id({ optional: true, description: 'Only those who hold this tag.' })
  readonly tag?: string;
}

export class FollowerView {
  @ShownText({ description: "The person's id in the operator's app." }) readonly subscriber!: string;
  @ShownInstant() readonly followedAt!: string;
  @ShownList(() => TagName) readonly tags!: readonly TagName[];
}

export interface FollowerRow {
  readonly subscriber_id: string;
  readonly sub: string;
  readonly followed_at: Date;
  readonly exact: string;
  readonly tags: readonly TagName[];
}

export function followerView({ sub, followed_at, tags }: FollowerRow): FollowerView {
  return { subscriber: sub, followedAt: followed_at.toISOString(), tags };
}

export class TagMemberView {
  @ShownText({ description: "The person's id in the operator's app." }) readonly subscriber!: string;
  @ShownInstant() readonly taggedAt!: string;
}

export interface TagMemberRow {
  readonly subscriber_id: string;
  readonly sub: string;
  readonly tagged_at: Date;
  readonly exact: string;
}

export function tagMemberView({ sub, tagged_at }: TagMemberRow): TagMemberView {
  return { subscriber: sub, taggedAt: tagged_at.toISOString() };
}
