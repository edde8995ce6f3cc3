/**
 * One line of an upload, counted from 1: its text, or why it cannot be read. Of a line that is not UTF-8 the text is there,
 * too, with its bytes as letters: quotes and separators are the same in every encoding of text.
 */
export type RawLine = { readonly number: number } & (
  { readonly text: string; readonly reason?: undefined } | { readonly text?: string; readonly reason: string }
);

const LF = 0x0a;
const CR = 0x0d;

/**
 * Cuts the bytes of an upload into lines of UTF-8, which end with LF, CR LF or CR. Holds no more than one line of
 * `maxBytes` between chunks: a longer one is thrown away while it arrives.
 */
export class LineSplitter {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private number = 0;
  private pieces: Buffer[] = [];
  private size = 0;
  /** The last chunk ended with CR: an LF that follows belongs to it. */
  private afterCr = false;

  constructor(private readonly maxBytes: number) {}

  /** The lines that this chunk completes. */
  push(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = [];
    let start = this.afterCr && chunk[0] === LF ? 1 : 0;
    this.afterCr &&= chunk.length === 0;
    let lf = chunk.indexOf(LF, start);
    let cr = chunk.indexOf(CR, start);
    while (lf !== -1 || cr !== -1) {
      const end = cr === -1 || (lf !== -1 && lf < cr) ? lf : cr;
      this.keep(chunk.subarray(start, end));
      this.finish(lines);
      start = end + 1;
      if (end === cr && start === chunk.length) this.afterCr = true;
      else if (end === cr && chunk[start] === LF) start += 1;
      if (lf !== -1 && lf < start) lf = chunk.indexOf(LF, start);
      if (cr !== -1 && cr < start) cr = chunk.indexOf(CR, start);
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, when nothing ended it. */
  end(): RawLine[] {
    const lines: RawLine[] = [];
    if (this.size > 0) this.finish(lines);
    return lines;
  }

  private keep(piece: Buffer): void {
    if (piece.length === 0) return;
    this.size += piece.length;
    if (this.size > this.maxBytes) this.pieces = [];
    else this.pieces.push(piece);
  }

  private finish(lines: RawLine[]): void {
    const { size, pieces } = this;
    this.number += 1;
    this.pieces = [];
    this.size = 0;
    const { number } = this;
    if (size > this.maxBytes) {
      lines.push({ number, reason: `the line is longer than ${this.maxBytes} bytes` });
    } else {
      lines.push({ number, ...this.decode(pieces) });
    }
  }

  private decode(pieces: readonly Buffer[]): { text: string; reason?: string } {
    const [only] = pieces;
    const bytes = pieces.length === 1 && only ? only : Buffer.concat(pieces);
    try {
      const text = this.decoder.decode(bytes);
      return { text: this.number === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text };
    } catch {
      return { text: bytes.toString('latin1'), reason: 'the line is not UTF-8' };
    }
  }
}
