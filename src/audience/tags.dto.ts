import { Transform } from 'class-transformer';
import { ShownId, ShownInstant, ShownText } from '../http/answers';
import { Text } from '../http/fields';
import { TAG_NAME, TAG_NAME_MAX, tidyTagName } from './tag-name';

export class CreateTagRequest {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? tidyTagName(value) : value))
  @Text({
    max: TAG_NAME_MAX,
    pattern: TAG_NAME,
    hint: 'a name without ";" or control characters, and not an id',
    description: 'Unique in the account, whatever its case.',
    example: 'early birds',
  })
  readonly name!: string;
}

/** A tag where it stands beside something else. */
export class TagName {
  @ShownId() readonly id!: string;
  @ShownText() readonly name!: string;
}

export class TagView extends TagName {
  @ShownInstant() readonly createdAt!: string;
}

export interface TagRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
}

export function tagView({ id, name, created_at }: TagRow): TagView {
  return { id, name, createdAt: created_at.toISOString() };
}
