import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type, type TypeHelpOptions } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsObject, ValidateNested } from 'class-validator';
import { LIMITS, MAX_ARTICLES, MAX_BODY_SOURCE_LENGTH } from '../article/format';
import { Name, Prose, WebAddress } from '../http/fields';
import { NestedObject } from '../http/nested-object';

/** `const` of JSON Schema, for the word by which a union is told apart. */
const Word = (word: string) =>
  applyDecorators(IsIn([word]), ApiProperty({ type: 'string', enum: [word], required: true }));

export class TextContentDto {
  @Word('text') readonly type!: 'text';
  @Prose({
    max: LIMITS.text,
    example: 'The first rye of the autumn is out of the oven. Doors open at seven.',
  })
  readonly text!: string;
}

export class ImageContentDto {
  @Word('image') readonly type!: 'image';
  @WebAddress({ example: 'https://bakery.example/rye.jpg' }) readonly url!: string;
  @Prose({ max: LIMITS.caption, optional: true, example: 'Forty loaves, and then it is Monday again.' })
  readonly caption?: string;
}

export class ArticleDto {
  @Prose({ max: LIMITS.title, example: 'Why rye needs a night' }) readonly title!: string;
  @Name({ max: LIMITS.author, optional: true, example: 'Rosa Marín' }) readonly author?: string;
  @Prose({ max: LIMITS.digest, optional: true, example: 'Flour, water, salt, and patience.' })
  readonly digest?: string;
  @WebAddress({ optional: true, example: 'https://bakery.example/rye.jpg' }) readonly coverUrl?: string;
  // What counts is what is left after cleaning; the markup of the program it comes from may be many times as long.
  @Prose({
    max: MAX_BODY_SOURCE_LENGTH,
    boundDocumented: false,
    description: `HTML, cleaned when it is stored; at most ${LIMITS.body} characters (code points) are left then.`,
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

/** Not Type's own discriminator, which takes `[null]` for something that has a type, and fails. */
function kindOfContent(options?: TypeHelpOptions): new () => object {
  const content: unknown = options?.object[options.property];
  const { type } = (content ?? {}) as { type?: unknown };
  return Object.entries(CONTENT_KINDS).find(([name]) => name === type)?.[1] ?? UnknownContentDto;
}

export const ContentField = (options = { optional: false }) =>
  NestedObject(kindOfContent, options, CONTENT_SCHEMA);
