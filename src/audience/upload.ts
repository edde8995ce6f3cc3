import { setImmediate as othersTurn } from 'node:timers/promises';
import { subscriberIdOf } from '../auth/subscriber-id';
import { CsvReader, type ReadLine } from './csv-reader';
import { readJsonLine, type BadLine, type ImportLine } from './import-line';
import { LineSplitter, type RawLine } from './line-splitter';
import type { Separator } from './csv-record';
import { asUtf8, type Encoding } from './upload-encoding';

const LINE_MAX_BYTES = 65_536;

/** `unknown`: what its content says. */
export type UploadForm = 'ndjson' | 'csv' | 'unknown';

export type UploadedLine = { readonly number: number } & ((ImportLine & { readonly id: string }) | BadLine);

export interface UploadColumn {
  /** As the file writes it. */
  readonly header: string;
  /** What it was understood as. */
  readonly field: string;
}

/** How an upload was read. */
export interface UploadFormat {
  readonly form: 'ndjson' | 'csv';
  readonly encoding: Encoding;
  /** Of NDJSON null: there every line names its fields. */
  readonly separator: Separator | null;
  readonly columns: readonly UploadColumn[];
}

/**
 * The followers of an upload, as they arrive: what each chunk of bytes completes.
 * @param onFormat told how the upload is read, as soon as that is known and whenever it is known better
 * @throws BadHeader, NotText
 */
export async function* uploadedLines(
  chunks: AsyncIterable<Buffer>,
  form: UploadForm,
  onFormat: (format: UploadFormat) => void = () => undefined,
): AsyncGenerator<readonly UploadedLine[]> {
  const splitter = new LineSplitter(LINE_MAX_BYTES);
  let reader: Reader | undefined;
  let encoding: Encoding = 'utf-8';
  const known = (named: Encoding) => (encoding = named);
  for await (const chunk of asUtf8(chunks, known)) {
    reader ??= readerOf(form, chunk);
    const lines = reader.read(splitter.push(chunk)).map(withId);
    onFormat({ encoding, ...reader.format() });
    yield lines;
    // Else what has arrived already would be read in one go, and neither other people nor the batch that is being written
    // would get their turn.
    await othersTurn();
  }
  if (!reader) return;
  const last = [...reader.read(splitter.end()), ...reader.end()].map(withId);
  onFormat({ encoding, ...reader.format() });
  yield last;
}

interface Reader {
  read(lines: readonly RawLine[]): readonly ReadLine[];
  end(): readonly ReadLine[];
  format(): Omit<UploadFormat, 'encoding'>;
}

function readerOf(form: UploadForm, first: Buffer): Reader {
  const isJson =
    form === 'unknown' ? /^\uFEFF?\s*[{[]/.test(first.toString('utf8', 0, 256)) : form === 'ndjson';
  return isJson ? new JsonReader() : new CsvReader();
}

class JsonReader implements Reader {
  read(lines: readonly RawLine[]): readonly ReadLine[] {
    return lines
      .filter(({ text }) => text?.trim() !== '')
      .map(({ number, text, reason }) =>
        reason === undefined ? { number, ...readJsonLine(text) } : { number, reason },
      );
  }

  end(): readonly ReadLine[] {
    return [];
  }

  format(): Omit<UploadFormat, 'encoding'> {
    return { form: 'ndjson', separator: null, columns: [] };
  }
}

/** The person's id takes as long to compute as all the rest: here the database need not wait for it. */
function withId(line: ReadLine): UploadedLine {
  return 'reason' in line ? line : { id: subscriberIdOf(line.subscriber), ...line };
}
