import { CsvRecord, fieldsOf, type Separator } from './csv-record';
import { readCsvHeader, readCsvRecord, separatorOf, type BadLine, type ImportLine } from './import-line';
import type { RawLine } from './line-splitter';
import { trimPadding } from './padding';

const RECORD_MAX_CHARACTERS = 65_536;

/** The header of a CSV file is wrong, so that no line of it can be read. */
export class BadHeader extends Error {}

export type ReadLine = { readonly number: number } & (ImportLine | BadLine);

/** A record that goes on in the next line. */
interface OpenRecord {
  readonly record: CsvRecord;
  readonly lines: RawLine[];
  length: number;
}

/**
 * Reads the records of a CSV file as they arrive. A record is called by its first line. Of one that cannot be read every
 * line is rejected: none of them may become a follower of its own.
 */
export class CsvReader {
  private separator: Separator | undefined;
  /** The header's cells as they are written, of those that have a name. */
  private header: readonly string[] = [];
  /** What the header's cells mean, in their order. */
  private columns: readonly string[] | undefined;
  private open: OpenRecord | undefined;

  /** @throws BadHeader */
  read(lines: readonly RawLine[]): readonly ReadLine[] {
    return lines.flatMap((line) => this.readLine(line));
  }

  end(): readonly ReadLine[] {
    const { open } = this;
    this.open = undefined;
    return open ? rejected(open.lines, 'the quote that opens here is not closed') : [];
  }

  format() {
    const { header, separator = null, columns = [] } = this;
    return {
      form: 'csv' as const,
      separator,
      columns: columns.map((field, index) => ({ header: header[index] ?? field, field })),
    };
  }

  private readLine(line: RawLine): readonly ReadLine[] {
    if (!this.open) {
      if (line.text?.trim() === '') return [];
      if (!this.columns) return this.readHeader(line);
      if (line.text !== undefined && line.reason === undefined && !line.text.includes('"')) {
        return this.follower([line], line.text.split(this.separator ?? ','));
      }
      if (line.text === undefined) return rejected([line]);
    }
    return this.goOn(
      this.open ?? { record: new CsvRecord(this.separator ?? ','), lines: [], length: 0 },
      line,
    );
  }

  private goOn(open: OpenRecord, line: RawLine): readonly ReadLine[] {
    this.open = undefined;
    open.lines.push(line);
    open.length += line.text?.length ?? Infinity;
    if (open.length > RECORD_MAX_CHARACTERS) {
      return rejected(
        open.lines,
        `the record is longer than ${RECORD_MAX_CHARACTERS} characters: check its quotes`,
      );
    }
    const state = open.record.feed(line.text ?? '');
    if (state === 'malformed') return rejected(open.lines, 'the line is not CSV: check its quotes');
    if (state === 'whole') return this.follower(open.lines, open.record.fields);
    this.open = open;
    return [];
  }

  private follower(lines: readonly RawLine[], fields: readonly string[]): readonly ReadLine[] {
    const [first] = lines;
    if (!first || fields.every((field) => trimPadding(field) === '')) return [];
    if (lines.some(({ reason }) => reason !== undefined)) return rejected(lines);
    return [{ number: first.number, ...readCsvRecord(this.columns ?? [], fields) }];
  }

  /** Excel may put a line before the header that names the separator: `sep=;`. */
  private readHeader({ number, text = '', reason }: RawLine): readonly ReadLine[] {
    if (reason !== undefined) throw new BadHeader(`Line ${number}: ${reason}`);
    const named = /^"?sep=([,;\t|])"?$/i.exec(text)?.[1];
    if (named !== undefined && this.separator === undefined) {
      this.separator = named as Separator;
      return [];
    }
    this.separator ??= separatorOf(text);
    const fields = fieldsOf(text, this.separator);
    const columns = fields ? readCsvHeader(fields) : { reason: 'the header is not CSV: check its quotes' };
    if ('reason' in columns) throw new BadHeader(`Line ${number}: ${columns.reason}`);
    this.columns = columns;
    this.header = (fields ?? []).slice(0, columns.length).map(trimPadding);
    return [];
  }
}

/** Every line of a record that cannot be read; those that have a reason of their own keep it. */
function rejected(lines: readonly RawLine[], why = 'the record is not UTF-8'): readonly ReadLine[] {
  const first = lines[0]?.number ?? 0;
  return lines.map(({ number, reason }) => ({
    number,
    reason:
      reason ?? (number === first ? why : `the line belongs to the record that begins in line ${first}`),
  }));
}
