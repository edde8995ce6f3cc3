import fc from 'fast-check';
import { shapeFault } from './json-shape';
import { CONTENT_BODY_BOUNDS } from './shape-bounds';

const SMALL = { depth: 3, members: 3, items: 4, values: 9, keyBytes: 8, textBytes: 10, numberBytes: 6 };
const faultOf = (text: string, bounds = CONTENT_BODY_BOUNDS) => shapeFault(Buffer.from(text), bounds);

describe('the shape of JSON, before it is parsed', () => {
  it.each([
    [
      'members',
      `{${Array.from({ length: 51 }, (_, n) => `"a${n}":1`).join()}}`,
      'body',
      'has too many members: at most 50',
    ],
    [
      'items',
      `{"content":{"articles":[${'{},'.repeat(100)}{}]}}`,
      'content.articles',
      'has too many items: at most 100',
    ],
    [
      'levels',
      `{"pipe":1,"email":${'['.repeat(16)}`,
      `email${'.0'.repeat(15)}`,
      'is nested too deeply: at most 16 levels',
    ],
    ['a long text', `{"names":["a","${'x'.repeat(262_145)}"]}`, 'names.1', 'is too long a text'],
    ['escapes', `{"a":"${'\\u0300'.repeat(43_691)}"}`, 'a', 'is too long a text'],
    ['a long name', `{"${'k'.repeat(257)}":1}`, 'k'.repeat(64), 'should not exist: its name is too long'],
    ['a long number', `{"a":${'9'.repeat(65)}}`, 'a', 'is too long a number'],
    ['values', `[${`[${'0,'.repeat(99)}0],`.repeat(20)}0]`, 'body', 'holds too many values: at most 2000'],
    [
      'a name twice',
      '{"content":{"text":"a","type":"text","text":"b"}}',
      'content.text',
      'is there more than once',
    ],
    [
      'a name twice, once escaped',
      String.raw`{"role":"viewer","r\u006fle":"owner"}`,
      String.raw`r\u006fle`,
      'is there more than once',
    ],
  ])('is refused for %s, with the field', (_, text, field, message) => {
    expect(faultOf(text)).toEqual({ field, message });
  });

  it.each([
    [
      'the largest of everything',
      `{"a":[${'{},'.repeat(99)}{}],"b":"${'x'.repeat(262_144)}","${'k'.repeat(256)}":1}`,
    ],
    ['quotation marks and brackets within a text', String.raw`{"a":"\"[[[[[[[[[[[[[[[[[[[[[[{{{{\\"}`],
    ['the same name in several objects', '[{"a":{"a":[{"a":1},{"a":1}]}},{"a":1}]'],
    ['the same text as name and value', '{"a":"a","b":["a","a"]}'],
    ['the names of every object', '{"__proto__":1,"constructor":2,"toString":3}'],
    ['a broken escape', String.raw`{"\u00":1,"\u0":2}`],
    ['no JSON', '}}]],,::nonsense"'],
    ['nothing', ''],
  ])('is let through: %s', (_, text) => {
    expect(faultOf(text)).toBeUndefined();
  });

  it('is within its bounds exactly when what is parsed from it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 1, 4), (json, spaces) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, undefined, spaces);
        expect(faultOf(text, SMALL) === undefined).toBe(isWithin(value));
      }),
      { numRuns: 2_000 },
    );
  });

  it('has every name once in an object, however each is written', () => {
    const escaped = (name: string) =>
      [...Array(name.length).keys()]
        .map((at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`)
        .join('');
    const name = fc.string({ maxLength: 3, unit: 'grapheme' });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.boolean()), { maxLength: 6 }), (names) => {
        const members = names.map(([text, isEscaped]) =>
          isEscaped ? `"${escaped(text)}":1` : `${JSON.stringify(text)}:1`,
        );
        const isTwice = new Set(names.map(([text]) => text)).size < names.length;
        const fault = faultOf(`{${members.join(',')}}`);
        expect(fault?.message).toBe(isTwice ? 'is there more than once' : undefined);
      }),
    );
  });

  it('ends, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        shapeFault(bytes, SMALL);
      }),
    );
  });
});

function isWithin(value: unknown): boolean {
  let values = 0;
  const walk = (inner: unknown, depth: number): boolean => {
    values += 1;
    const written = Buffer.byteLength(JSON.stringify(inner));
    if (typeof inner === 'string') return written - 2 <= SMALL.textBytes;
    if (typeof inner !== 'object' || inner === null) return written <= SMALL.numberBytes;
    if (depth > SMALL.depth) return false;
    if (Array.isArray(inner)) {
      return inner.length <= SMALL.items && inner.every((item) => walk(item, depth + 1));
    }
    const keys = Object.keys(inner);
    const areShort = keys.every((key) => Buffer.byteLength(JSON.stringify(key)) - 2 <= SMALL.keyBytes);
    return (
      keys.length <= SMALL.members && areShort && Object.values(inner).every((item) => walk(item, depth + 1))
    );
  };
  return walk(value, 1) && values <= SMALL.values;
}
