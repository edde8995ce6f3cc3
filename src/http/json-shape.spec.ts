import fc from 'fast-check';
import { shapeFault } from './json-shape';
import { CONTENT_BODY_BOUNDS } from './shape-bounds';

const SMALL = { depth: 3, members: 3, items: 4, values: 9, keyBytes: 8, textBytes: 10, numberBytes: 6 };
const faultOf = (text: string, bounds = CONTENT_BODY_BOUNDS) => shapeFault(Buffer.from(text), bounds);

describe('the shape of JSON, before it is parsed', () => {
  it.each([
    ['members', `{${'"a":1,'.repeat(50)}"b":1}`, 'body', 'has too many members: at most 50'],
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
  ])('is refused for %s, with the field', (_, text, field, message) => {
    expect(faultOf(text)).toEqual({ field, message });
  });

  it.each([
    [
      'the largest of everything',
      `{"a":[${'{},'.repeat(99)}{}],"b":"${'x'.repeat(262_144)}","${'k'.repeat(256)}":1}`,
    ],
    ['quotation marks and brackets within a text', String.raw`{"a":"\"[[[[[[[[[[[[[[[[[[[[[[{{{{\\"}`],
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
