import { once } from 'node:events';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvParts, csvStream, type CsvOptions } from './csv';

interface Row {
  readonly handle: string;
  readonly name: string;
}

async function csvOf(rows: readonly Row[], options?: CsvOptions): Promise<string> {
  async function* parts(): AsyncGenerator<readonly Row[]> {
    for (const row of rows) yield await Promise.resolve([row]);
  }
  let text = '';
  for await (const part of csvParts<Row>(['handle', 'name'], parts(), options)) text += part;
  return text;
}

describe('CSV for people and programs', () => {
  it('quotes every field, so that none can forge a row or a column', async () => {
    const name = "Rye\n=cmd|' /C calc'!A0\r\nforged,row";
    expect(await csvOf([{ handle: 'rye', name }])).toBe(`handle,name\r\n"rye","${name}"\r\n`);
    expect(await csvOf([{ handle: '', name: 'a "quoted" name' }])).toBe(
      'handle,name\r\n"","a ""quoted"" name"\r\n',
    );
  });

  it.each(['=1+1', '+44', '-5', '@x', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x","y")'])(
    'holds no formula: %j',
    async (name) => {
      const [, cells] = parse(await csvOf([{ handle: 'rye', name }]));
      expect(cells).toEqual(['rye', `'${name}`]);
    },
  );

  it('begins with a byte order mark on request, for Excel', async () => {
    expect((await csvOf([], { bom: true })).startsWith('\uFEFFhandle,')).toBe(true);
    expect((await csvOf([])).startsWith('handle,')).toBe(true);
  });

  it('has as many rows and cells as went in, whatever these are', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('"', ',', ';', '\n', '\r', '=', "'", 'a')).map((parts) => parts.join('')),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ handle: text, name: text })), async (rows) => {
        const read = parse(await csvOf(rows));
        expect(read.slice(1)).toEqual(rows.map(({ handle, name }) => [disarmed(handle), disarmed(name)]));
      }),
    );
  });
});

describe('a stream of CSV', () => {
  const rows = [{ handle: 'rye', name: 'Rye' }];

  it('does not begin when its first rows cannot be read', async () => {
    async function* failing(): AsyncGenerator<readonly Row[]> {
      yield await Promise.reject(new Error('refused'));
    }
    await expect(csvStream<Row>(['handle', 'name'], failing())).rejects.toThrow('refused');
  });

  it.each([
    ['before anybody has read of it', 0],
    ['half-way', 1],
  ])('lets go of what it reads from when it is given up %s', async (_, parts) => {
    let isOpen = false;
    async function* endless(): AsyncGenerator<readonly Row[]> {
      isOpen = true;
      try {
        for (;;) yield await Promise.resolve(rows);
      } finally {
        isOpen = false;
      }
    }
    const stream = await csvStream<Row>(['handle', 'name'], endless());
    expect(isOpen).toBe(true);
    const read = stream.iterator({ destroyOnReturn: false });
    for (let part = 0; part < parts; part += 1) await read.next();
    stream.destroy();
    await once(stream, 'close');
    expect(isOpen).toBe(false);
  });
});

function disarmed(text: string): string {
  return /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
}
