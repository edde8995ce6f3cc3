import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';

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
): AsyncGenerator<string> {
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
 * The same as a stream. Its first rows are read before there is a stream at all: an answer that has begun can no longer be
 * refused, only broken off.
 * @throws whatever reading the first rows throws
 */
export async function csvStream<Row extends object>(
  columns: readonly (keyof Row & string)[],
  parts: AsyncIterable<readonly Row[]>,
  options?: CsvOptions,
): Promise<Readable> {
  const texts = csvParts(columns, parts, options);
  let first: IteratorResult<string, unknown> | undefined = await texts.next();
  // Not a generator around the other one: it would not pass on its end before it has begun, and what is read from stays open.
  const whole: AsyncIterator<string> = {
    next: () => {
      const next = first === undefined ? texts.next() : Promise.resolve(first);
      first = undefined;
      return next;
    },
    return: () => texts.return(undefined),
  };
  return Readable.from({ [Symbol.asyncIterator]: () => whole }, { highWaterMark: 1 });
}
