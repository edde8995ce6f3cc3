import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180), for programs and for spreadsheets. Every field is quoted, so that no line break or separator in one
 * can begin a field or a row of its own; what a spreadsheet would take for a formula gets an apostrophe in front.
 */
export function csvRows<Row extends object>(
  columns: readonly (keyof Row & string)[],
  rows: readonly Row[],
): string {
  return stringify([...rows], {
    columns: [...columns],
    quoted: true,
    quoted_empty: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

export function csvHeader(columns: readonly string[]): string {
  return `${columns.join(',')}\r\n`;
}
