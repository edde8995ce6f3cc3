/** One line of an upload, counted from 1: its text, or why it cannot be read. */
export type RawLine = { readonly number: number } & ({ readonly text: string } | { readonly reason: string });

const NEWLINE = 0x0a;

/**
 * Cuts the bytes of an upload into lines of UTF-8. Holds no more than one line of `maxBytes` between chunks: a longer
 * one is thrown away while it arrives. Empty lines are counted and left out.
 */
export class LineSplitter {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  private number = 0;
  private pieces: Buffer[] = [];
  private size = 0;

  constructor(private readonly maxBytes: number) {}

  /** The lines that this chunk completes. */
  push(chunk: Buffer): RawLine[] {
    const lines: RawLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.keep(chunk.subarray(start, end));
      this.finish(lines);
      start = end + 1;
    }
    this.keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, when no newline ended it. */
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
    if (size > this.maxBytes) {
      lines.push({ number: this.number, reason: `the line is longer than ${this.maxBytes} bytes` });
      return;
    }
    const text = this.decode(pieces);
    if (text === undefined) lines.push({ number: this.number, reason: 'the line is not UTF-8' });
    else if (text.trim() !== '') lines.push({ number: this.number, text });
  }

  private decode(pieces: readonly Buffer[]): string | undefined {
    const [only] = pieces;
    const bytes = pieces.length === 1 && only ? only : Buffer.concat(pieces);
    try {
      const text = this.decoder.decode(bytes);
      // Windows ends lines with CR LF and likes to begin files with a byte order mark.
      const line = text.endsWith('\r') ? text.slice(0, -1) : text;
      return this.number === 1 && line.startsWith('\uFEFF') ? line.slice(1) : line;
    } catch {
      return undefined;
    }
  }
}
