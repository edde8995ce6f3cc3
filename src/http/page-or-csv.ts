import { applyDecorators, StreamableFile, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import { DomainError } from '../errors/domain-error';
import { csvStream } from './csv';
import { preferredType } from './negotiation';
import { pageSchema, type PageOrCsvQuery } from './page.dto';

const TYPES = ['application/json', 'text/csv'] as const;

type CsvQuery = Pick<PageOrCsvQuery, 'cursor' | 'format' | 'bom'>;

/** Documents a list that is a page of JSON, or the whole of it as CSV. */
export function ApiPageOrCsv(item: Type) {
  return applyDecorators(
    ApiExtraModels(item),
    ApiProduces(...TYPES),
    ApiHeader({ name: 'accept', required: false, schema: { type: 'string' } }),
    ApiOkResponse({
      content: {
        'application/json': { schema: pageSchema([item]) },
        'text/csv': { schema: { type: 'string' } },
      },
    }),
  );
}

/** `format` is for links, which cannot set a header. */
export function wantsCsv(accept: string | undefined, { format }: CsvQuery): boolean {
  return format === undefined ? preferredType(accept, TYPES) === 'text/csv' : format === 'csv';
}

/**
 * A whole list as a file. Whatever is wrong with the request is refused before the file begins.
 * @throws DomainError invalid-cursor
 */
export async function csvFile<Row extends object>(
  name: string,
  columns: readonly (keyof Row & string)[],
  parts: AsyncIterable<readonly Row[]>,
  { cursor, bom }: CsvQuery,
): Promise<StreamableFile> {
  if (cursor !== undefined) {
    throw new DomainError('invalid-cursor', 'A CSV file holds the whole list: leave out `cursor`.');
  }
  return new StreamableFile(await csvStream(columns, parts, { bom: bom === 'true' }), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.csv"`,
  });
}
