import { trimPadding } from './padding';

/** What separates the cells of a row, by the habits of the country and the program. */
export const SEPARATORS = [',', ';', '\t', '|'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How far a record has been read: to its end, into a quoted cell that goes on in the next line, or to what is no CSV. */
export type RecordState = 'whole' | 'open' | 'malformed';

/**
 * One record of a CSV file (RFC 4180), fed line by line, since a quoted cell may hold line breaks. More lenient than the
 * standard where spreadsheets are: cells may be padded outside their quotes.
 */
export class CsvRecord {
  readonly fields: string[] = [];
  private cell = '';
  private isQuoted = false;

  constructor(private readonly separator: Separator) {}

  feed(line: string): RecordState {
    let at: number | undefined = 0;
    if (this.isQuoted) {
      this.cell += '\n';
      at = this.readQuoted(line, 0);
    }
    while (at !== undefined && at <= line.length) at = this.readCell(line, at);
    if (at === undefined) return this.isQuoted ? 'open' : 'malformed';
    return 'whole';
  }

  /** Where the next cell begins, beyond the line's end after the last one; undefined where reading cannot go on. */
  private readCell(line: string, start: number): number | undefined {
    const end = this.endOfCell(line, start);
    const cell = line.slice(start, end);
    const quote = cell.indexOf('"');
    if (quote === -1) {
      this.fields.push(cell);
      return end + 1;
    }
    if (trimPadding(cell.slice(0, quote)) !== '') return undefined;
    this.isQuoted = true;
    return this.readQuoted(line, start + quote + 1);
  }

  private readQuoted(line: string, start: number): number | undefined {
    for (let from = start; ;) {
      const quote = line.indexOf('"', from);
      this.cell += line.slice(from, quote === -1 ? undefined : quote);
      if (quote === -1) return undefined;
      if (line[quote + 1] === '"') {
        this.cell += '"';
        from = quote + 2;
        continue;
      }
      this.fields.push(this.cell);
      this.cell = '';
      this.isQuoted = false;
      const end = this.endOfCell(line, quote + 1);
      return trimPadding(line.slice(quote + 1, end)) === '' ? end + 1 : undefined;
    }
  }

  private endOfCell(line: string, start: number): number {
    const end = line.indexOf(this.separator, start);
    return end === -1 ? line.length : end;
  }
}

/** The cells of a line that is a whole record; undefined for any other. */
export function fieldsOf(line: string, separator: Separator): readonly string[] | undefined {
  // Most lines quote nothing.
  if (!line.includes('"')) return line.split(separator);
  const record = new CsvRecord(separator);
  return record.feed(line) === 'whole' ? record.fields : undefined;
}
