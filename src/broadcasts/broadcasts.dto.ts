import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ShownChoice, ShownCount, ShownId, ShownInstant, ShownObject, ShownText } from '../http/answers';
import { Choice, Text, TextList, Yes } from '../http/fields';
import { FieldHints } from '../http/unknown-fields';
import { NestedObject } from '../http/nested-object';
import { PageQuery } from '../http/page.dto';
import type { AudienceRule } from './audience-rule';
import { BROADCAST_STATUSES, type BroadcastStatus } from './broadcast-status';
import type { Content } from './content';
import { CONTENT_SCHEMA, ContentField } from './content.dto';
import { LISTED_CONTENT_SCHEMAS, type ListedContent } from './headlines.dto';
import { IsExistingInstant } from './existing-instant.decorator';
import { RFC_3339 } from './schedule-time';

const TagNames = () =>
  TextList({
    optional: true,
    maxItems: 50,
    max: 100,
    description: 'Ids or names of tags.',
    example: ['regulars'],
  });

export class TagsRuleDto {
  @TagNames() readonly any?: string[];
  @TagNames() readonly all?: string[];
  @TagNames() readonly none?: string[];
}

const INSIDE_TAGS = 'lists of tags stand in `tags`, as in {"tags": {"any": ["vip"]}}';

@FieldHints({ any: INSIDE_TAGS, all: INSIDE_TAGS, none: INSIDE_TAGS })
export class AudienceDto {
  @Yes({ optional: true, description: 'Every follower.', example: true })
  readonly everyone?: true;

  @NestedObject(
    () => TagsRuleDto,
    { optional: true },
    { type: () => TagsRuleDto, description: 'Followers by their tags.' },
  )
  readonly tags?: TagsRuleDto;
}

const IS_AT = 'the time is called `at`, as in {"at": "2027-01-06T08:30:00+01:00"}';

@FieldHints({ scheduledAt: IS_AT, publishAt: IS_AT, sendAt: IS_AT, time: IS_AT, date: IS_AT, when: IS_AT })
export class ScheduleRequest {
  @Text({
    max: 40,
    optional: true,
    pattern: RFC_3339,
    hint: 'an RFC 3339 instant with an offset, such as 2027-01-06T08:30:00+01:00',
    description: 'RFC 3339 with an offset, from now to 400 days ahead.',
  })
  @IsExistingInstant()
  readonly at?: string;

  @Yes({ optional: true, description: 'Within the next second or two.', example: true })
  readonly now?: true;

  @Yes({
    optional: true,
    description:
      "At the account's next posting time that no broadcast has yet and whose period has a slot left; `GET …/queue` says which.",
  })
  readonly queue?: true;
}

const IN_SCHEDULE = 'the time stands in `schedule`, as in {"schedule": {"at": "2027-01-06T08:30:00+01:00"}}';
const IN_CONTENT = 'it stands in `content`, as in {"content": {"type": "text", "text": "…"}}';
const IN_AUDIENCE = 'tags stand in `audience`, as in {"audience": {"tags": {"any": ["vip"]}}}';
const IS_SCHEDULED = 'the time is set with POST …/broadcasts/{broadcastId}/schedule';
const IS_A_STEP =
  'it changes with POST …/broadcasts/{broadcastId}/schedule, …/cancel or …/recall, and with publication';

@FieldHints({
  ...{
    scheduledAt: IN_SCHEDULE,
    publishAt: IN_SCHEDULE,
    at: IN_SCHEDULE,
    now: IN_SCHEDULE,
    queue: IN_SCHEDULE,
  },
  ...{
    text: IN_CONTENT,
    articles: IN_CONTENT,
    title: IN_CONTENT,
    body: IN_CONTENT,
    type: IN_CONTENT,
    url: IN_CONTENT,
  },
  ...{ tags: IN_AUDIENCE, everyone: IN_AUDIENCE },
  status: `without \`schedule\` a broadcast is a draft; ${IS_A_STEP}`,
})
export class CreateBroadcastRequest {
  @ContentField()
  readonly content!: Content;

  @NestedObject(() => AudienceDto, { optional: true }, { type: () => AudienceDto })
  readonly audience?: AudienceDto;

  @NestedObject(() => ScheduleRequest, { optional: true }, { type: () => ScheduleRequest })
  readonly schedule?: ScheduleRequest;
}

@FieldHints({
  ...{ scheduledAt: IS_SCHEDULED, publishAt: IS_SCHEDULED, schedule: IS_SCHEDULED },
  ...{ at: IS_SCHEDULED, now: IS_SCHEDULED, queue: IS_SCHEDULED },
  ...{ status: IS_A_STEP, publishedAt: IS_A_STEP, recalledAt: IS_A_STEP },
  ...{
    text: IN_CONTENT,
    articles: IN_CONTENT,
    title: IN_CONTENT,
    body: IN_CONTENT,
    type: IN_CONTENT,
    url: IN_CONTENT,
  },
  ...{ tags: IN_AUDIENCE, everyone: IN_AUDIENCE },
  version: 'the version that you read goes into the header If-Match',
})
export class EditBroadcastRequest {
  @ContentField({ optional: true })
  readonly content?: Content;

  @NestedObject(() => AudienceDto, { optional: true }, { type: () => AudienceDto })
  readonly audience?: AudienceDto;
}

export class BroadcastView {
  @ShownId() readonly id!: string;
  @ShownId() readonly accountId!: string;
  @ShownChoice(BROADCAST_STATUSES) readonly status!: BroadcastStatus;
  @ApiProperty({ ...CONTENT_SCHEMA, required: true }) readonly content!: Content;
  @ShownObject({ description: '`{everyone: true}` or `{tags: {any?, all?, none?}}` with ids of tags.' })
  readonly audience!: AudienceRule;
  @ShownInstant({ nullable: true }) readonly scheduledAt!: string | null;
  @ShownInstant({ nullable: true }) readonly publishedAt!: string | null;
  @ShownInstant({ nullable: true }) readonly recalledAt!: string | null;
  @ShownText({ nullable: true, description: 'Why it did not go out.' }) readonly missedReason!: string | null;
  @ShownText({ nullable: true, description: 'The period whose slot it holds.' }) readonly period!:
    string | null;
  @ShownCount({ description: 'Grows with every change; also the ETag.' }) readonly version!: number;
  @ShownText() readonly createdBy!: string;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant() readonly updatedAt!: string;
}

/** As lists show it: whole articles are read one broadcast at a time. */
export class ListedBroadcastView extends OmitType(BroadcastView, ['content'] as const) {
  @ApiProperty({
    anyOf: LISTED_CONTENT_SCHEMAS,
    required: true,
    description: 'Articles without their bodies.',
  })
  readonly content!: ListedContent;
}

const KINDS = ['text', 'image', 'articles'] as const satisfies readonly Content['type'][];

export class BroadcastsQuery extends PageQuery {
  @Text({
    max: 100,
    optional: true,
    description: 'Words of a text or caption, or of the title, author or digest of an article.',
  })
  readonly q?: string;

  @Choice({ of: KINDS, optional: true })
  readonly kind?: Content['type'];

  @Choice({ of: BROADCAST_STATUSES, optional: true })
  readonly status?: BroadcastStatus;

  @Text({
    max: 40,
    optional: true,
    description: 'From this instant or local date on.',
    example: '2026-11-01',
  })
  readonly from?: string;

  @Text({ max: 40, optional: true, description: 'Up to this instant (exclusive) or local date (inclusive).' })
  readonly to?: string;
}
