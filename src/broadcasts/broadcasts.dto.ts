import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsObject,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ShownChoice, ShownCount, ShownId, ShownInstant, ShownObject, ShownText } from '../http/answers';
import { Choice, Text, TextList, WebAddress, Yes } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import type { AudienceRule } from './audience-rule';
import { BROADCAST_STATUSES, type BroadcastStatus } from './broadcast-status';
import { LIMITS, MAX_ARTICLES, type Content } from './content';
import { RFC_3339 } from './schedule-time';

/** `const` of JSON Schema, for the word by which a union is told apart. */
const Word = (word: string) =>
  applyDecorators(IsIn([word]), ApiProperty({ type: 'string', enum: [word], required: true }));

export class TextContentDto {
  @Word('text') readonly type!: 'text';
  @Text({ max: LIMITS.text, example: 'The first rye of the autumn is out of the oven. Doors open at seven.' })
  readonly text!: string;
}

export class ImageContentDto {
  @Word('image') readonly type!: 'image';
  @WebAddress({ example: 'https://bakery.example/rye.jpg' }) readonly url!: string;
  @Text({ max: LIMITS.caption, optional: true, example: 'Forty loaves, and then it is Monday again.' })
  readonly caption?: string;
}

export class ArticleDto {
  @Text({ max: LIMITS.title, example: 'Why rye needs a night' }) readonly title!: string;
  @Text({ max: LIMITS.author, optional: true, example: 'Rosa Marín' }) readonly author?: string;
  @Text({ max: LIMITS.digest, optional: true, example: 'Flour, water, salt, and patience.' })
  readonly digest?: string;
  @WebAddress({ optional: true, example: 'https://bakery.example/rye.jpg' }) readonly coverUrl?: string;
  // Sanitising may shorten it to nothing or lengthen it, so that the bound holds for requests alone.
  @Text({
    max: LIMITS.body,
    boundDocumented: false,
    description: `HTML of 1 to ${LIMITS.body} characters; sanitised when stored.`,
    example: '<p>Flour, water, salt.</p>',
  })
  readonly body!: string;
  @WebAddress({ optional: true, example: 'https://bakery.example/rye' }) readonly sourceUrl?: string;
}

export class ArticlesContentDto {
  @Word('articles') readonly type!: 'articles';
  @ApiProperty({ type: () => ArticleDto, isArray: true, minItems: 1, maxItems: MAX_ARTICLES, required: true })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ARTICLES)
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => ArticleDto)
  readonly articles!: ArticleDto[];
}

/** Only so that an unknown `type` is named as the mistake. */
class UnknownContentDto {
  @IsIn(['text', 'image', 'articles']) readonly type!: string;
}

const CONTENT_KINDS = { text: TextContentDto, image: ImageContentDto, articles: ArticlesContentDto };
/** To stand on a controller whose answers or requests hold content. */
export const ApiContent = () => ApiExtraModels(TextContentDto, ImageContentDto, ArticlesContentDto);

export const CONTENT_SCHEMA = {
  oneOf: Object.values(CONTENT_KINDS).map((kind) => ({ $ref: getSchemaPath(kind) })),
  discriminator: {
    propertyName: 'type',
    mapping: Object.fromEntries(
      Object.entries(CONTENT_KINDS).map(([name, kind]) => [name, getSchemaPath(kind)]),
    ),
  },
};

/** Without IsDefined and IsObject a missing value or an array would pass as valid. */
const NestedObject = (
  kind: (options?: TypeHelpOptions) => new () => object,
  options: { optional: boolean },
  schema: ApiPropertyOptions,
) =>
  applyDecorators(
    options.optional ? ValidateIf((_, value: unknown) => value !== undefined) : IsDefined(),
    IsObject(),
    ValidateNested(),
    Type(kind),
    ApiProperty({ ...schema, required: !options.optional } as ApiPropertyOptions),
  );

/** Not Type's own discriminator, which takes `[null]` for something that has a type, and fails. */
function kindOfContent(options?: TypeHelpOptions): new () => object {
  const content: unknown = options?.object[options.property];
  const { type } = (content ?? {}) as { type?: unknown };
  return Object.entries(CONTENT_KINDS).find(([name]) => name === type)?.[1] ?? UnknownContentDto;
}

const ContentField = (options = { optional: false }) => NestedObject(kindOfContent, options, CONTENT_SCHEMA);

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

export class ScheduleRequest {
  @Text({
    max: 40,
    optional: true,
    pattern: RFC_3339,
    hint: 'an RFC 3339 instant with an offset, such as 2027-01-06T08:30:00+01:00',
    description: 'RFC 3339 with an offset, from now to 400 days ahead.',
  })
  readonly at?: string;

  @Yes({ optional: true, description: 'Within the next second or two.', example: true })
  readonly now?: true;

  @Yes({ optional: true, description: "At the account's next posting time that has a free slot." })
  readonly queue?: true;
}

export class CreateBroadcastRequest {
  @ContentField()
  readonly content!: Content;

  @NestedObject(() => AudienceDto, { optional: true }, { type: () => AudienceDto })
  readonly audience?: AudienceDto;

  @NestedObject(() => ScheduleRequest, { optional: true }, { type: () => ScheduleRequest })
  readonly schedule?: ScheduleRequest;
}

export class EditBroadcastRequest {
  @ContentField({ optional: true })
  readonly content?: Content;

  @NestedObject(() => AudienceDto, { optional: true }, { type: () => AudienceDto })
  readonly audience?: AudienceDto;
}

export class PreviewRequest {
  @TextList({ maxItems: 100, max: 128, description: "The operator's user ids.", example: ['ana'] })
  @ArrayMinSize(1)
  readonly subscribers!: string[];
}

export class PreviewView {
  @ShownCount() readonly previewed!: number;
  @ShownCount({ description: 'Previews left on this day of the account.' }) readonly remainingToday!: number;
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

export class BroadcastsQuery extends PageQuery {
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
