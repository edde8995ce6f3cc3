import { csvHeader, csvRows } from '../../../src/http/csv-rows';

interface Refused {
  readonly line: number;
  readonly reason: string;
}

const COLUMNS = ['line', 'reason'] as const;

/** Without it Excel would take the file's letters for those of Windows. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The lines that an import refused as a file, written as the API writes its own: nothing in it becomes a formula. */
export function refusedLines(errors: readonly Refused[], fileName: string): File {
  const text = BYTE_ORDER_MARK + csvHeader(COLUMNS) + csvRows(COLUMNS, errors);
  return new File([text], `${fileName.replace(/\.[^.]*$/, '')}-refused.csv`, { type: 'text/csv' });
}
