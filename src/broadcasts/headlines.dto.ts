import { getSchemaPath, OmitType } from '@nestjs/swagger';
import { ShownChoice, ShownList } from '../http/answers';
import { ArticleDto, ImageContentDto, TextContentDto } from './content.dto';

export class ArticleHeadline extends OmitType(ArticleDto, ['body'] as const) {}

/** Articles as lists show them. */
export class HeadlinesContent {
  @ShownChoice(['articles']) readonly type!: 'articles';
  @ShownList(() => ArticleHeadline) readonly articles!: readonly ArticleHeadline[];
}

export type ListedContent = TextContentDto | ImageContentDto | HeadlinesContent;

export const LISTED_CONTENT_SCHEMAS = [TextContentDto, ImageContentDto, HeadlinesContent].map((kind) => ({
  $ref: getSchemaPath(kind),
}));
