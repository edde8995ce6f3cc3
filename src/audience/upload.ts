import { setImmediate as othersTurn } from 'node:timers/promises';
import { subscriberIdOf } from '../auth/subscriber-id';
import { CsvReader, type ReadLine } from './csv-reader';
import { readJsonLine, type BadLine, type ImportLine } from './import-line';
import { LineSplitter, type RawLine } from './line-splitter';
import { asUtf8 } from './upload-encoding';

const LINE_MAX_BYTES = 65_536;

/** `unknown`: what its content says. */
export type UploadForm = 'ndjson' | 'csv' | 'unknown';

export type UploadedLine = { readonly number: number } & ((ImportLine & { readonly id: string }) | BadLine);

/**
 * The followers of an upload, as they arrive: what each chunk of bytes completes.
 * @throws BadHeader, NotText
 */
export async function* uploadedLines(
  chunks: AsyncIterable<Buffer>,
  form: UploadForm,
): AsyncGenerator<readonly UploadedLine[]> {
  const splitter = new LineSplitter(LINE_MAX_BYTES);
  let reader: Reader | undefined;
  for await (const chunk of asUtf8(chunks)) {
    reader ??= readerOf(form, chunk);
    yield reader.read(splitter.push(chunk)).map(withId);
    // Else what has arrived already would be read in one go, and neither other people nor the batch that is being written
    // would get their turn.
    await othersTurn();
  }
  if (reader) yield [...reader.read(splitter.end()), ...reader.end()].map(withId);
}

interface Reader {
  read(lines: readonly RawLine[]): readonly ReadLine[];
  end(): readonly ReadLine[];
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
}

/** The person's id takes as long to compute as all the rest: here the database need not wait for it. */
function withId(line: ReadLine): UploadedLine {
  return 'reason' in line ? line : { id: subscriberIdOf(line.subscriber), ...line };
}
