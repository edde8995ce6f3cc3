import { fieldsOf, type Separator } from './csv-record';
import { readCsvHeader, readCsvRecord, readJsonLine, separatorOf } from './import-line';

describe('a line of NDJSON', () => {
  it('names a follower, and may say since when and with which tags', () => {
    expect(readJsonLine('{"subscriber": "u1"}')).toEqual({
      subscriber: 'u1',
      followedAt: undefined,
      tags: [],
    });
    expect(
      readJsonLine(
        '{"tags": ["vip", "VIP", " early birds "], "followedAt": "2026-01-05T11:00:00.1234567+01:00", "subscriber": "ü 1"}',
      ),
    ).toEqual({ subscriber: 'ü 1', followedAt: '2026-01-05T10:00:00.123456Z', tags: ['vip', 'early birds'] });
    expect(readJsonLine('{"subscriber": "u1", "followedAt": null, "tags": null}')).toMatchObject({
      tags: [],
    });
  });

  it.each([
    ['{"subscriber": "u1"', 'the line is not JSON'],
    ['["u1"]', 'NDJSON holds one object a line, no list'],
    ['[', 'NDJSON holds one object a line, no list'],
    ['{"subscriber": "u1"},', 'NDJSON holds one object a line, no list'],
    ['  "subscriber": "u1"', 'the line is not JSON'],
    ['{"subscriber": " \\u200b "}', 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": "u\\u200b1"}', 'subscriber holds a character that cannot be seen: U+200B'],
    ['{"subscriber": "u\\u202e1"}', 'subscriber holds a character that cannot be seen: U+202E'],
    ['{"subscriber": "a\\nb"}', 'subscriber holds a character that cannot be seen: U+000A'],
    ['null', 'the line is not a JSON object'],
    ['{"subscriber": "u1", "name": "Ana"}', 'there is no field "name"'],
    ['{"__proto__": {}, "subscriber": "u1"}', 'there is no field "__proto__"'],
    ['{}', 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": 7}', 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": ""}', 'subscriber must be a text of 1 to 128 characters'],
    [`{"subscriber": "${'x'.repeat(129)}"}`, 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": "a\\u0000b"}', 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": "a\\ud800b"}', 'subscriber must be a text of 1 to 128 characters'],
    ['{"subscriber": "u1", "tags": "vip"}', 'tags must be a list of names'],
    ['{"subscriber": "u1", "tags": [{"toString": 1}]}', '{"toString":1} cannot be a tag'],
    ['{"subscriber": "u1", "tags": ["a;b"]}', '"a;b" cannot be a tag'],
    ['{"subscriber": "u1", "tags": [""]}', '"" cannot be a tag'],
    ['{"subscriber": "u1", "tags": ["018f4e5a-0000-7000-8000-000000000000"]}', 'cannot be a tag'],
    [
      JSON.stringify({ subscriber: 'u1', tags: Array.from({ length: 51 }, (_, n) => `tag ${n}`) }),
      'the line has more than 50 tags',
    ],
  ])('is refused when it is %s', (line, reason) => {
    expect(readJsonLine(line)).toEqual({ reason: expect.stringContaining(reason) as string });
  });

  it.each([
    '2026-01-05',
    '2026-01-05T10:00:00',
    '2026-02-30T10:00:00Z',
    '2026-01-05T25:00:00Z',
    'yesterday',
    1767607200,
    true,
  ])('is refused when followedAt is %p, which is no instant with its offset', (followedAt) => {
    const line = JSON.stringify({ subscriber: 'u1', followedAt });
    expect(readJsonLine(line)).toEqual({
      reason: expect.stringContaining('followedAt must be an instant') as string,
    });
  });

  it('is refused when it says that somebody followed before 1970', () => {
    expect(readJsonLine('{"subscriber": "u1", "followedAt": "1969-12-31T23:59:59Z"}')).toHaveProperty(
      'reason',
    );
    expect(readJsonLine('{"subscriber": "u1", "followedAt": "0000-01-01T00:00:00+14:00"}')).toHaveProperty(
      'reason',
    );
    expect(readJsonLine('{"subscriber": "u1", "followedAt": "1970-01-01T00:00:00Z"}')).not.toHaveProperty(
      'reason',
    );
  });
});

const headerOf = (line: string) => readCsvHeader(fieldsOf(line, separatorOf(line)) ?? ['"']);

describe('a CSV header', () => {
  it('names the columns in any order', () => {
    expect(headerOf('tags, subscriber')).toEqual(['tags', 'subscriber']);
    expect(headerOf('"subscriber"')).toEqual(['subscriber']);
  });

  it.each([
    ['Subscriber,FollowedAt,Tags', ','],
    ['SUBSCRIBER;followed_at;Tags', ';'],
    ['subscriber\tfollowed at\ttags', '\t'],
    [' subscriber  ,\u00a0"Followed-At"\u3000, tags \u200b', ','],
    ['subscriber,followedAt,tags,,', ','],
    ['subscriber;followedAt;tags;', ';'],
    ['subscriber|followedAt|tags', '|'],
  ])(
    'is understood as %j, whatever separates its columns and however they are written',
    (line, separator) => {
      expect(separatorOf(line)).toBe(separator);
      expect(headerOf(line)).toEqual(['subscriber', 'followedAt', 'tags']);
    },
  );

  it('names every column that it does not know', () => {
    expect(headerOf('E-mail,subscriber,Name')).toEqual({
      reason: 'there is no column "E-mail", "Name"; the columns are subscriber, followedAt, tags',
    });
  });

  it('says what may stand between the columns where it finds only one, which it does not know', () => {
    expect(headerOf('subscriber，tags')).toEqual({
      reason:
        'there is no column "subscriber，tags"; the columns are subscriber, followedAt, tags, with a comma, semicolon, tab or | between them',
    });
  });

  it.each(['followedAt,tags', 'subscriber,name', 'subscriber,subscriber', '"subscriber', 'u1'])(
    'is refused when it is %s',
    (line) => {
      expect(headerOf(line)).toHaveProperty('reason');
    },
  );
});

describe('a line of CSV', () => {
  const columns = ['subscriber', 'followedAt', 'tags'];
  const readCsvLine = (_columns: readonly string[], line: string, separator: Separator = ',') => {
    const fields = fieldsOf(line, separator);
    return fields ? readCsvRecord(columns, fields) : { reason: 'the line is not CSV' };
  };

  it('has a field a column, empty where there is nothing to say', () => {
    expect(readCsvLine(columns, 'u1,,')).toEqual({ subscriber: 'u1', followedAt: undefined, tags: [] });
    expect(readCsvLine(columns, 'u1,2026-01-05T10:00:00Z,vip; early birds;')).toEqual({
      subscriber: 'u1',
      followedAt: '2026-01-05T10:00:00.000000Z',
      tags: ['vip', 'early birds'],
    });
  });

  it('may end with empty cells for which there is no column', () => {
    expect(readCsvLine(columns, 'u1,,vip,,,')).toMatchObject({ subscriber: 'u1', tags: ['vip'] });
  });

  it.each([
    'u1,,vip',
    'u1  ,, vip ',
    ' u1\u00a0,,"vip"',
    '"u1", "", "vip"',
    '\u3000"u1"\u200b,\t,\u2003vip\u200e',
  ])('is the same however its values are padded: %j', (line) => {
    expect(readCsvLine(columns, line)).toEqual({ subscriber: 'u1', followedAt: undefined, tags: ['vip'] });
  });

  it('may quote its fields', () => {
    expect(readCsvLine(columns, '"a ""quoted"", name",,"one, two;three"')).toMatchObject({
      subscriber: 'a "quoted", name',
      tags: ['one, two', 'three'],
    });
  });

  it.each([
    ['u1,', 'the line has 2 fields, the header has 3'],
    ['u1,,,x', 'the line has 4 fields, the header has 3'],
    ['u1', 'the line has 1 field, the header has 3'],
    ['"u1,,', 'the line is not CSV'],
    ['u"1,,', 'the line is not CSV'],
    [',,', 'subscriber must be'],
  ])('is refused when it is %s', (line, reason) => {
    expect(readCsvLine(columns, line)).toEqual({ reason: expect.stringContaining(reason) as string });
  });
});
