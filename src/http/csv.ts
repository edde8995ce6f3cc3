import type { Readable } from 'node:stream';
import { beginStream } from './begun-stream';
import { csvHeader, csvRows } from './csv-rows';

const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** Excel takes UTF-8 for the letters of Windows unless the file begins with a byte order mark. */
  readonly bom?: boolean;
}

/** Rows as CSV, as they arrive. */
export async function* csvParts<Row extends object>(
  columns: readonly (keyof Row & string)[],
  parts: AsyncIterable<readonly Row[]>,
  { bom = false }: CsvOptions = {},
): AsyncGenerator<string, void, void> {
  let header = `${bom ? BYTE_ORDER_MARK : ''}${csvHeader(columns)}`;
  // Written by the hundred: a row at a time would cost more in promises than in rows.
  for await (const rows of parts) {
    yield header + csvRows(columns, rows);
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
