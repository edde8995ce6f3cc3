import { readCsvHeader, readCsvLine, readJsonLine } from './import-line';

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
    ['["u1"]', 'the line is not a JSON object'],
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

describe('a CSV header', () => {
  it('names the columns in any order', () => {
    expect(readCsvHeader('tags, subscriber')).toEqual(['tags', 'subscriber']);
    expect(readCsvHeader('"subscriber"')).toEqual(['subscriber']);
  });

  it.each(['followedAt,tags', 'subscriber,name', 'subscriber,subscriber', '"subscriber', 'u1'])(
    'is refused when it is %s',
    (line) => {
      expect(readCsvHeader(line)).toHaveProperty('reason');
    },
  );
});

describe('a line of CSV', () => {
  const columns = ['subscriber', 'followedAt', 'tags'];

  it('has a field a column, empty where there is nothing to say', () => {
    expect(readCsvLine(columns, 'u1,,')).toEqual({ subscriber: 'u1', followedAt: undefined, tags: [] });
    expect(readCsvLine(columns, 'u1,2026-01-05T10:00:00Z,vip; early birds;')).toEqual({
      subscriber: 'u1',
      followedAt: '2026-01-05T10:00:00.000000Z',
      tags: ['vip', 'early birds'],
    });
  });

  it('may quote its fields', () => {
    expect(readCsvLine(columns, '"a ""quoted"", name",,"one, two;three"')).toMatchObject({
      subscriber: 'a "quoted", name',
      tags: ['one, two', 'three'],
    });
  });

  it.each([
    ['u1,', 'the line has 2 fields, the header has 3'],
    ['u1,,,', 'the line has 4 fields, the header has 3'],
    ['"u1,,', 'the line is not CSV'],
    ['u"1,,', 'the line is not CSV'],
    [',,', 'subscriber must be'],
  ])('is refused when it is %s', (line, reason) => {
    expect(readCsvLine(columns, line)).toEqual({ reason: expect.stringContaining(reason) as string });
  });
});
