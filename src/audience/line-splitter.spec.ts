import fc from 'fast-check';
import { LineSplitter, type RawLine } from './line-splitter';

function split(chunks: readonly (string | Buffer)[], maxBytes = 100): RawLine[] {
  const splitter = new LineSplitter(maxBytes);
  return [...chunks.flatMap((chunk) => splitter.push(Buffer.from(chunk as string))), ...splitter.end()];
}

describe('splitting an upload into lines', () => {
  it.each(['\n', '\r\n', '\r'])('ends them with %j and counts them from 1', (end) => {
    expect(split([['a', '', '  ', 'b', ''].join(end)])).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: '' },
      { number: 3, text: '  ' },
      { number: 4, text: 'b' },
    ]);
  });

  it('takes a last line without its newline, the line ends of Windows, and a byte order mark', () => {
    expect(split(['\uFEFFa\r\nb\r\n\uFEFFc'])).toEqual([
      { number: 1, text: 'a' },
      { number: 2, text: 'b' },
      { number: 3, text: '\uFEFFc' },
    ]);
  });

  it('does not depend on where the chunks end, not even within a character', () => {
    fc.assert(
      fc.property(
        fc
          .array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('\r', '\n', '\r\n')))
          .map((parts) => parts.join('')),
        fc.array(fc.nat(200)),
        (text, cuts) => {
          const bytes = Buffer.from(text);
          const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length].sort(
            (a, b) => a - b,
          );
          const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
          expect(split(chunks, 1_000)).toEqual(split([bytes], 1_000));
        },
      ),
    );
  });

  it('reports a line that is too long, however it arrives, and goes on after it', () => {
    const long = 'x'.repeat(101);
    const after = [
      { number: 1, reason: 'the line is longer than 100 bytes' },
      { number: 2, text: 'a' },
    ];
    expect(split([`${long}\na`])).toEqual(after);
    expect(split([...long, '\na'])).toEqual(after);
    expect(split([`${'x'.repeat(100)}\na`])).toEqual([
      { number: 1, text: 'x'.repeat(100) },
      { number: 2, text: 'a' },
    ]);
    expect(split([long])).toEqual([{ number: 1, reason: 'the line is longer than 100 bytes' }]);
  });

  it('reports a line that is not UTF-8 and goes on after it', () => {
    expect(split([Buffer.from([0x61, 0xff, 0x0a]), 'b'])).toEqual([
      { number: 1, text: 'a\u00ff', reason: 'the line is not UTF-8' },
      { number: 2, text: 'b' },
    ]);
  });
});
