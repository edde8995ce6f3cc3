import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, getSchemaPath } from '@nestjs/swagger';
import { Choice, Text, WholeParameter } from './fields';

export class PageQuery {
  @WholeParameter({ min: 1, max: 200, optional: true, description: 'Items per page, 50 unless told.' })
  readonly limit: number = 50;

  @Text({ max: 2048, optional: true, description: 'The `nextCursor` of the page before.' })
  readonly cursor?: string;
}

/** Of lists that can be had as CSV. */
export class PageOrCsvQuery extends PageQuery {
  @Choice({ of: ['json', 'csv'], optional: true, description: 'As the Accept header, for links.' })
  readonly format?: 'json' | 'csv';

  @Choice({
    of: ['true', 'false'],
    optional: true,
    description:
      'With `true` a CSV file begins with a byte order mark, without which Excel mistakes its letters.',
  })
  readonly bom?: 'true' | 'false';
}

/** Of the page of a list whose items may be of several kinds. */
export function pageSchema(kinds: readonly Type[]) {
  const refs = kinds.map((kind) => ({ $ref: getSchemaPath(kind) }));
  return {
    type: 'object' as const,
    required: ['items', 'nextCursor'],
    additionalProperties: false,
    properties: {
      items: { type: 'array' as const, items: refs.length === 1 && refs[0] ? refs[0] : { anyOf: refs } },
      nextCursor: { type: 'string' as const, nullable: true },
    },
  };
}

/** Documents an answer `{ items, nextCursor }` of these items, which may be of several kinds. */
export function ApiPage(item: Type | readonly Type[], description?: string) {
  const kinds = [item].flat() as readonly Type[];
  return applyDecorators(
    ApiExtraModels(...kinds),
    ApiOkResponse({ ...(description !== undefined && { description }), schema: pageSchema(kinds) }),
  );
}
