import { TextDecoder } from 'node:util';

/** The upload is no text of any kind. */
export class NotText extends Error {}

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Enough to know the encoding by. */
const HEAD_BYTES = 512;

const NO_TEXT: readonly (readonly [start: readonly number[], what: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a zip archive or an Excel workbook'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an Excel workbook'],
  [[0x1f, 0x8b], 'compressed with gzip'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
];

/**
 * The bytes of an upload as UTF-8. Excel's "Unicode text" is UTF-16, which is known by its mark, or by the zeros between
 * Latin letters where it has none. What is UTF-8, or nothing that is known, passes unchanged.
 * @param onEncoding told it before the first bytes are yielded
 * @throws NotText
 */
export async function* asUtf8(
  chunks: AsyncIterable<Buffer>,
  onEncoding: (encoding: Encoding) => void = () => undefined,
): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  let decoder: TextDecoder | undefined;
  const decide = (bytes: Buffer) => {
    decoder = decoderOf(bytes);
    onEncoding((decoder?.encoding ?? 'utf-8') as Encoding);
  };
  const decoded = (bytes: Buffer) => (decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes);
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield decoded(chunk);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < HEAD_BYTES) continue;
    decide(head);
    yield decoded(head);
    head = undefined;
  }
  if (head !== undefined && head.length > 0) {
    decide(head);
    yield decoded(head);
  }
  if (decoder) yield Buffer.from(decoder.decode());
}

function decoderOf(head: Buffer): TextDecoder | undefined {
  const what = NO_TEXT.find(([start]) => start.every((byte, index) => head[index] === byte))?.[1];
  if (what !== undefined) {
    throw new NotText(`The file is ${what}: save it as "CSV UTF-8" and send that`);
  }
  const encoding = utf16Of(head.subarray(0, HEAD_BYTES));
  return encoding && new TextDecoder(encoding, { ignoreBOM: true });
}

function utf16Of(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zerosAt = (parity: number) => head.filter((byte, index) => byte === 0 && index % 2 === parity).length;
  const [even, odd] = [zerosAt(0), zerosAt(1)];
  // By far the more of them are those of Latin letters; the others are of a few signs such as the ideographic space, U+3000.
  if (odd * 4 > head.length && odd > 2 * even) return 'utf-16le';
  return even * 4 > head.length && even > 2 * odd ? 'utf-16be' : undefined;
}
