import fc from 'fast-check';
import { SEPARATORS, type Separator } from './csv-record';
import { uploadedLines, type UploadForm } from './upload';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(bytes.subarray(start, start + size));
  }
}

async function read(file: string | Buffer, form: UploadForm = 'csv', size = 65_536) {
  const lines = [];
  for await (const part of uploadedLines(inChunks(Buffer.from(file as string), size), form))
    lines.push(...part);
  return lines.map((line) =>
    'reason' in line
      ? { line: line.number, reason: line.reason }
      : { line: line.number, subscriber: line.subscriber, followedAt: line.followedAt, tags: line.tags },
  );
}

const follower = (line: number, subscriber: string, tags: string[] = [], followedAt?: string) => ({
  line,
  subscriber,
  followedAt,
  tags,
});
const AT = '2026-01-05T10:00:00.000000Z';

/** A table in one of the dialects in which programs write CSV. */
interface Dialect {
  readonly separator: Separator;
  readonly end: string;
  readonly mark: boolean;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
  readonly padding: string;
  readonly header: (name: string) => string;
  readonly quotes: 'all' | 'needed';
  readonly emptyColumns: number;
  readonly namesSeparator: boolean;
  readonly lastEnd: boolean;
}

interface Row {
  readonly subscriber: string;
  readonly followedAt: string;
  readonly tags: readonly string[];
  /** Whether each tag stands in a line of its own within the cell. */
  readonly overLines: boolean;
}

function write(rows: readonly Row[], dialect: Dialect): Buffer {
  const { separator, end, padding, header, quotes, emptyColumns } = dialect;
  const needsQuotes = (cell: string) => quotes === 'all' || /["\n\r,;\t|]/.test(cell);
  const cell = (text: string) =>
    padding + (needsQuotes(text) ? `"${text.replaceAll('"', '""')}"` : text) + padding;
  const record = (cells: readonly string[]) =>
    [...cells.map(cell), ...Array<string>(emptyColumns).fill('')].join(separator);
  const lines = [
    ...(dialect.namesSeparator ? [`sep=${separator}`] : []),
    record(['subscriber', 'followedAt', 'tags'].map(header)),
    ...rows.map(({ subscriber, followedAt, tags, overLines }) =>
      record([subscriber, followedAt, tags.join(overLines ? end : ';')]),
    ),
  ];
  const text = (dialect.mark ? '\uFEFF' : '') + lines.join(end) + (dialect.lastEnd ? end : '');
  if (dialect.encoding === 'utf8') return Buffer.from(text);
  const bytes = Buffer.from(text, 'utf16le');
  return dialect.encoding === 'utf16le' ? bytes : bytes.swap16();
}

const dialects: fc.Arbitrary<Dialect> = fc.record({
  separator: fc.constantFrom(...SEPARATORS),
  end: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.boolean(),
  encoding: fc.constantFrom('utf8' as const, 'utf16le' as const, 'utf16be' as const),
  padding: fc.constantFrom('', ' ', '   ', '\u00a0', '\u3000', '\u200b'),
  header: fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => name.toUpperCase(),
    (name) => name.replace('At', '_at'),
    (name) => name.replace('At', ' At'),
  ),
  quotes: fc.constantFrom('all' as const, 'needed' as const),
  emptyColumns: fc.nat(2),
  namesSeparator: fc.boolean(),
  lastEnd: fc.boolean(),
});

const ids = fc.constantFrom(
  'u1',
  'a "quoted", name',
  'José;María',
  '=cmd',
  '+44',
  'ü 1',
  '用户 7',
  '🥐',
  "O'Neil",
  'a\tb'.replace('\t', ' '),
);
const tags = fc.uniqueArray(fc.constantFrom('vip', 'Bristol, UK', 'R&D', '"quoted"', '常客', 'early birds'), {
  maxLength: 3,
});
const rows = fc.record<Row>({
  subscriber: ids,
  followedAt: fc.constantFrom('', '2026-01-05T10:00:00Z'),
  tags,
  overLines: fc.boolean(),
});

describe('an upload of followers', () => {
  it('is read the same in every dialect in which programs write CSV, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(rows, { maxLength: 6 }),
        dialects,
        fc.integer({ min: 1, max: 700 }),
        async (table, dialect, size) => {
          const found = await read(write(table, dialect), 'csv', size);
          expect(found.map(({ line: _, ...row }) => row)).toEqual(
            table.map(({ subscriber, followedAt, tags: names }) => ({
              subscriber,
              followedAt: followedAt === '' ? undefined : AT,
              tags: names,
            })),
          );
        },
      ),
      { numRuns: 250 },
    );
  });

  it('makes no follower of what is no record, whatever the file', async () => {
    const parts = fc.constantFrom('"', '""', ',', ';', '\n', '\r', 'u1', 'vip', ' ', 'x,y', '"a\nb"');
    const files = fc.array(parts, { maxLength: 30 }).map((some) => some.join(''));
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 9 }), async (file, size) => {
        const all = await read(`subscriber,tags\n${file}`);
        expect(await read(`subscriber,tags\n${file}`, 'csv', size)).toEqual(all);
        const counted = all.map(({ line }) => line);
        expect(counted).toEqual([...new Set(counted)].sort((a, b) => a - b));
      }),
      { numRuns: 250 },
    );
  });

  it.each<[string, string, readonly object[]]>([
    [
      'C2: padded cells',
      'subscriber      , followedAt           , tags\nu1              , 2026-01-05T10:00:00Z , vip ; new\n u2 ,, \n',
      [follower(2, 'u1', ['vip', 'new'], AT), follower(3, 'u2')],
    ],
    [
      'C4: a cell over three lines',
      'subscriber,tags\nu1,"vip\nx,new\ngold"\nu2,vip\n',
      [follower(2, 'u1', ['vip', 'x,new', 'gold']), follower(5, 'u2', ['vip'])],
    ],
    [
      'C4: an id over three lines',
      'subscriber\n"Ann\nLee\nu1"\nu2\n',
      [{ line: 2, reason: 'subscriber holds a character that cannot be seen: U+000A' }, follower(5, 'u2')],
    ],
    [
      'C8: semicolons',
      'subscriber;followedAt;tags\r\nu1;2026-01-05T10:00:00Z;"vip;new"\r\n',
      [follower(2, 'u1', ['vip', 'new'], AT)],
    ],
    ['C8: tabs', 'subscriber\tfollowedAt\ttags\nu1\t\tvip;new\n', [follower(2, 'u1', ['vip', 'new'])]],
    [
      'C8: a line that names the separator',
      'sep=,\r\nsubscriber,followedAt,tags\r\nu1,,vip\r\n',
      [follower(3, 'u1', ['vip'])],
    ],
    [
      'C10: line ends of old Macs',
      'subscriber,followedAt,tags\ru1,2026-01-05T10:00:00Z,vip\ru2,,new\r',
      [follower(2, 'u1', ['vip'], AT), follower(3, 'u2', ['new'])],
    ],
    [
      'C11: capitals',
      'Subscriber,FollowedAt,Tags\nu1,2026-01-05T10:00:00Z,vip\n',
      [follower(2, 'u1', ['vip'], AT)],
    ],
    ['C11: an empty last column', 'subscriber,followedAt,tags,\nu1,,vip,\n', [follower(2, 'u1', ['vip'])]],
    ['C19: spaces before quotes', 'subscriber, tags\n"u1", "vip"\n', [follower(2, 'u1', ['vip'])]],
    [
      'empty rows as spreadsheets leave them',
      '\n\nsubscriber,tags\n,\nu1,vip\n , \n\n,\n',
      [follower(5, 'u1', ['vip'])],
    ],
    [
      'a quote that is not closed: none of its lines becomes a follower',
      'subscriber,tags\nu1,"vip\nu2,new\nu3,gold\n',
      [
        { line: 2, reason: 'the quote that opens here is not closed' },
        { line: 3, reason: 'the line belongs to the record that begins in line 2' },
        { line: 4, reason: 'the line belongs to the record that begins in line 2' },
      ],
    ],
    [
      'a stray quote within a cell: only its line is rejected',
      'subscriber,tags\nu1,5" pipe\nu2,vip\n',
      [{ line: 2, reason: 'the line is not CSV: check its quotes' }, follower(3, 'u2', ['vip'])],
    ],
  ])('is read right: %s', async (_, file, expected) => {
    expect(await read(file)).toEqual(expected);
    expect(await read(file, 'unknown', 3)).toEqual(expected);
    for (const encoding of ['utf16le', 'utf16be'] as const) {
      const bytes = Buffer.from(file, 'utf16le');
      expect(await read(encoding === 'utf16le' ? bytes : bytes.swap16())).toEqual(expected);
    }
  });

  it('rejects what is not UTF-8 with all lines of its record, and reads on after it', async () => {
    const file = Buffer.from('subscriber,tags\ncaf\xe9,vip\nu1,"a\ncaf\xe9\nb"\nu2,vip\n', 'latin1');
    expect(await read(file)).toEqual([
      { line: 2, reason: 'the line is not UTF-8' },
      { line: 3, reason: 'the record is not UTF-8' },
      { line: 4, reason: 'the line is not UTF-8' },
      { line: 5, reason: 'the line belongs to the record that begins in line 3' },
      follower(6, 'u2', ['vip']),
    ]);
  });

  it('gives a record up that goes on too long, in steady time, and reads on after it', async () => {
    const file = `subscriber,tags\nu1,"${'x\n'.repeat(70_000)}"\nu2,vip\n`;
    const lines = await read(file);
    expect(lines[0]).toMatchObject({
      line: 2,
      reason: expect.stringContaining('longer than 65536') as string,
    });
    expect(lines.filter((line) => 'subscriber' in line && line.subscriber === 'u1')).toEqual([]);
  });

  it.each([
    ['504b0304140006000800', 'a zip archive or an Excel workbook'],
    ['d0cf11e0a1b11ae1', 'an Excel workbook'],
    ['1f8b0800000000000003', 'compressed with gzip'],
    ['255044462d312e37', 'a PDF'],
  ])('is refused in words when it begins with %s', async (hex, what) => {
    await expect(read(Buffer.from(hex, 'hex'))).rejects.toThrow(what);
  });

  it.each(['{"subscriber": "u1"}', '\n {"subscriber": "u1"}'])(
    'is taken for NDJSON by its content: %j',
    async (file) => {
      expect(await read(file, 'unknown')).toEqual([follower(file.startsWith('\n') ? 2 : 1, 'u1')]);
    },
  );
});
