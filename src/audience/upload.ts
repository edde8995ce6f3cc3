import { setImmediate as othersTurn } from 'node:timers/promises';
import { subscriberIdOf } from '../auth/subscriber-id';
import { readCsvHeader, readCsvLine, readJsonLine, type BadLine, type ImportLine } from './import-line';
import { LineSplitter, type RawLine } from './line-splitter';

const LINE_MAX_BYTES = 65_536;

export type UploadForm = 'ndjson' | 'csv';

export type UploadedLine = { readonly number: number } & ((ImportLine & { readonly id: string }) | BadLine);

/** The header of a CSV file is wrong, so that no line of it can be read. */
export class BadHeader extends Error {}

/**
 * The followers of an upload, as they arrive: what each chunk of bytes completes.
 * @throws BadHeader
 */
export async function* uploadedLines(
  chunks: AsyncIterable<Buffer>,
  form: UploadForm,
): AsyncGenerator<readonly UploadedLine[]> {
  const splitter = new LineSplitter(LINE_MAX_BYTES);
  const reader = form === 'csv' ? new CsvReader() : new JsonReader();
  for await (const chunk of chunks) {
    yield reader.read(splitter.push(chunk));
    // Else what has arrived already would be read in one go, and neither other people nor the batch that is being written
    // would get their turn.
    await othersTurn();
  }
  yield reader.read(splitter.end());
}

class JsonReader {
  read(lines: readonly RawLine[]): readonly UploadedLine[] {
    return lines.map((line) => ('reason' in line ? line : numbered(line.number, readJsonLine(line.text))));
  }
}

class CsvReader {
  private columns: readonly string[] | undefined;

  read(lines: readonly RawLine[]): readonly UploadedLine[] {
    const [first, ...rest] = lines;
    if (this.columns === undefined && first !== undefined) {
      const header = 'reason' in first ? first : readCsvHeader(first.text);
      if ('reason' in header) throw new BadHeader(header.reason);
      this.columns = header;
      return this.read(rest);
    }
    const columns = this.columns ?? [];
    return lines.map((line) =>
      'reason' in line ? line : numbered(line.number, readCsvLine(columns, line.text)),
    );
  }
}

/** The person's id takes as long to compute as all the rest: here the database need not wait for it. */
function numbered(number: number, line: ImportLine | BadLine): UploadedLine {
  return 'reason' in line ? { number, ...line } : { number, id: subscriberIdOf(line.subscriber), ...line };
}
