import { ShownInstant, ShownList, ShownText } from '../http/answers';
import { Choice, Id, Text } from '../http/fields';
import { Instant } from '../http/instant';
import { PageOrCsvQuery } from '../http/page.dto';
import { TagName } from './tags.dto';

export const FOLLOWER_SORTS = ['followedAt', 'subscriber'] as const;
export type FollowerSort = (typeof FOLLOWER_SORTS)[number];

export class FollowersQuery extends PageOrCsvQuery {
  @Text({ max: 128, optional: true, description: 'Only those whose id holds this, in capitals or not.' })
  readonly q?: string;

  @Id({ optional: true, description: 'Only those who hold this tag.' })
  readonly tag?: string;

  @Instant({ optional: true, description: 'Only those who have followed since this instant or later.' })
  readonly since?: string;

  @Instant({ optional: true, description: 'Only those who began to follow before this instant.' })
  readonly until?: string;

  @Choice({
    of: [...FOLLOWER_SORTS, ...FOLLOWER_SORTS.map((sort) => `-${sort}`)],
    optional: true,
    description: 'With - in front: the latest or the last first. Default -followedAt.',
    example: 'subscriber',
  })
  readonly sort?: FollowerSort | `-${FollowerSort}`;
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
}

/** A follower as a row of a file, which an import reads again. */
export interface FollowerLine {
  readonly subscriber: string;
  readonly followedAt: string;
  readonly tags: string;
}

export function followerLine({ subscriber, followedAt, tags }: FollowerView): FollowerLine {
  return { subscriber, followedAt, tags: tags.map(({ name }) => name).join(';') };
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
