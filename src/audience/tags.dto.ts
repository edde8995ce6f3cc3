import { ValidateBy } from 'class-validator';
import { ShownCount, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Choice, Text } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import { isTagName, TAG_NAME, TAG_NAME_MAX, tidyTagName } from './tag-name';

const HINT = 'a name with something to see, without ";" or control characters, and not an id';

export class TagsQuery extends PageQuery {
  @Choice({
    of: ['true', 'false'],
    optional: true,
    description: 'With `true` each tag says how many followers hold it.',
  })
  readonly counts?: 'true' | 'false';
}

export class CreateTagRequest {
  @Text({
    max: TAG_NAME_MAX,
    tidy: tidyTagName,
    pattern: TAG_NAME,
    hint: HINT,
    description: 'Unique in the account, however it is written: vip, VIP and ＶＩＰ are one.',
    example: 'early birds',
  })
  @ValidateBy({
    name: 'tagName',
    validator: {
      validate: (value) => typeof value === 'string' && isTagName(value),
      defaultMessage: () => `name must be ${HINT}`,
    },
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
  @ShownCount({
    required: false,
    description: 'How many followers hold it now; only where that was asked for.',
  })
  readonly followers?: number;
}

export interface TagRow {
  readonly id: string;
  readonly name: string;
  readonly created_at: Date;
}

export function tagView({ id, name, created_at }: TagRow): TagView {
  return { id, name, createdAt: created_at.toISOString() };
}
