import type { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { beginStream } from './begun-stream';

const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** Excel takes UTF-8 for the letters of Windows unless the file begins with a byte order mark. */
  readonly bom?: boolean;
}

/**
 * Rows as CSV (RFC 4180), for programs and for spreadsheets. Every field is quoted, so that no line break or separator in one
 * can begin a field or a row of its own; what a spreadsheet would take for a formula gets an apostrophe in front.
 */
export async function* csvParts<Row extends object>(
  columns: readonly (keyof Row & string)[],
  parts: AsyncIterable<readonly Row[]>,
  { bom = false }: CsvOptions = {},
): AsyncGenerator<string, void, void> {
  let header = `${bom ? BYTE_ORDER_MARK : ''}${columns.join(',')}\r\n`;
  // Written by the hundred: a row at a time would cost more in promises than in rows.
  for await (const rows of parts) {
    yield (
      header +
      stringify([...rows], {
        columns: [...columns],
        quoted: true,
        quoted_empty: true,
        escape_formulas: true,
        record_delimiter: 'windows',
      })
    );
    header = '';
  }
  if (header !== '') yield header;
}

/**
 * The same as a stream that has begun.
 * @throws whatever reading the first rows throws
 */
export async function csvStream<Row extends object>(
  columns: readonly (keyof Row & string)[],
  parts: AsyncIterable<readonly Row[]>,
  options?: CsvOptions,
): Promise<Readable> {
  return beginStream(csvParts(columns, parts, options), { highWaterMark: 1 });
}
