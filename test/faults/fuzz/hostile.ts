import fc, { type Arbitrary } from 'fast-check';
import { Verbatim, type Json, type JsonObject } from './json-text';

/** What no well-meaning client sends, and what every public server is sent. */

/** Each word a case of its own. */
export const words = (text: string) => text.trim().split(/ +/);

/** Nothing that the check for leaks looks for may stand here: answers may say again what they were asked. */
const TEXTS = [
  ...['', ' ', '\t', '\r\n', '\u0000', 'a\u0000b', '\ud800', 'x\udfff', '\ufeff', '\u202e\u2066'],
  ...['\u0085\u2028\u2029', '\u{10ffff}', 'e\u0301', '\\', '"', "'", '[object Object]', '<'.repeat(2_000)],
  ...["' OR '1'='1", '1; DROP TABLE accounts --', '&lt;'.repeat(500), '../../etc/passwd', '<a href="//x">'],
  ...words('null undefined NaN true 0 -1 1e308 9007199254740993 {} [] $1 % _ %%% * \\% {{7*7}} ${7*7} ..%2f'),
  ...words(
    'file:///etc/passwd javascript:alert(1) http://127.0.0.1:1/ http://[ <script>alert(1)</script> <svg/onload=x>',
  ),
  ...words('é 𝒳 👩‍👩‍👧‍👦 ﷽ ﬃ İ ß K __proto__ constructor toString hasOwnProperty prototype then'),
];

const INSTANTS = [
  ...words('0000-01-01T00:00:00Z 0001-01-01T00:00:00Z -000001-01-01T00:00:00Z +275760-09-13T00:00:00Z'),
  ...words(
    '275760-09-13T00:00:00Z 9999-12-31T23:59:59.999999999Z 9999-12-31T23:59:59-23:59 0001-01-01T00:00:00+23:59',
  ),
  ...words(
    '2026-02-30T00:00:00Z 2026-11-22T24:00:00Z 2026-11-22T23:59:60Z 2026-11-22T12:00:00 2026-11-22T12:00:00+99:99',
  ),
  ...words(
    '2026-11-22t12:00:00z 2026-11-22T12:00:00.1234567890Z 1970-01-01T00:00:00Z infinity -infinity now epoch allballs',
  ),
  ...words(
    '2026-11-22 0000-00 9999-12 2026-13 2026-00 2026-11-31 2026-W47 1582-10 0001-01 0000-01 2026-11-00 9999-12-31',
  ),
  ...['2026-11-22 12:00:00+00', '4713-01-01 BC'],
];

const LONG = [
  ...['a'.repeat(256), 'a'.repeat(5_000), '0'.repeat(400), '9'.repeat(30), '\u{1f35e}'.repeat(400)],
  `${'a'.repeat(1_000)}@b.example`,
];

export const hostileText: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 6 },
  { arbitrary: fc.constantFrom(...INSTANTS), weight: 3 },
  { arbitrary: fc.constantFrom(...LONG), weight: 2 },
  { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 3 },
  { arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }), weight: 2 },
);

/** A token that nobody has signed. */
const UNSIGNED = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbmEiLCJleHAiOjk5OTk5OTk5OTl9.';

const HEADERS = [
  ...words(
    '* " "" "1" W/"1" "0" "-1" "999999999999" "1","2" 1 null 0 -1 1e308 9007199254740993 a,b;q=0.5 %00 é\u00ff',
  ),
  ...['Bearer x', 'Bearer a.b.c', 'Basic Og==', `Bearer ${UNSIGNED}`],
  ...['', ' ', "'; --", 'x'.repeat(255), 'x'.repeat(256), 'x'.repeat(4_000)],
];

/** Text as it may stand in a header: neither Node nor a browser would send another one. */
export const hostileHeader: Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HEADERS),
  fc.string({ unit: 'grapheme-ascii', maxLength: 80 }),
);

const NO_NUMBERS = [...words('1e400 -1e400 9007199254740993 00 +1 0x10 .5 1. NaN'), '9'.repeat(500)];

const hostileNumber: Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(...[0, -0, -1, 1, 0.5, 101, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308, 5e-324]),
  fc.constantFrom(...NO_NUMBERS).map((text) => new Verbatim(text)),
  fc.double(),
  fc.integer(),
);

export const hostileScalar: Arbitrary<Json> = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  { arbitrary: hostileNumber, weight: 2 },
  { arbitrary: fc.constantFrom<Json>(null, true, false), weight: 2 },
);

/** Levels upon levels, of one kind or of both in turn. */
const deep: Arbitrary<Json> = fc
  .tuple(fc.constantFrom(5, 15, 16, 17, 18, 100, 2_000), fc.constantFrom('[', '{', '[{'))
  .map(([depth, kind]) => {
    const [open, close] = kind === '[' ? ['[', ']'] : kind === '{' ? ['{"a":', '}'] : ['[{"a":', '}]'];
    return new Verbatim(`${open.repeat(depth)}1${close.repeat(depth)}`);
  });

const KEYS = [
  ...words('__proto__ constructor id status role accountId version type a.b 0'),
  '',
  '\u0000',
  '\ud800',
];

export const hostileKey: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constantFrom(...KEYS), weight: 4 },
  { arbitrary: hostileText, weight: 1 },
);

const { any } = fc.letrec<{ any: Json; list: Json[]; object: JsonObject }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, hostileScalar, tie('list'), tie('object')),
  list: fc.array(tie('any'), { maxLength: 4 }),
  object: fc.dictionary(hostileKey, tie('any'), { maxKeys: 4, noNullPrototype: true }),
}));

export const hostileJson: Arbitrary<Json> = fc.oneof(
  { arbitrary: any, weight: 6 },
  { arbitrary: deep, weight: 1 },
);

const NO_BODIES = [
  ...words(
    `{ } [ {"a":} {"a":1,} {'a':1} {"a":1}{"b":2} \ufeff{} null " - 1e tru [1,2 [,] \u0000 {"a":1 a=1&b=2 <a/>`,
  ),
  ...words(
    '{"__proto__":{"role":"admin"}} {"constructor":{"prototype":{"a":1}}} {"a":"\\ud800"} {"a":"\\u0000"}',
  ),
  ...words('{"\\u0000":1} {"a":"\\x00"}'),
  ...['', ' ', '{"a":"\t"}', 'subscriber\nana\n', '{"subscriber":"ana"}\n{"subscriber":'],
  ...[
    'subscriber,followedAt,tags\nana,2026-02-30T00:00:00Z,a;b\n"ana',
    'tags\n',
    `subscriber\n${'a,'.repeat(40_000)}`,
  ],
];

const BYTES = [
  Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]),
  Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80]), Buffer.from('"}')]),
  Buffer.from(`{"name":"${'a'.repeat(1_100_000)}"}`),
  Buffer.from(`[${'0,'.repeat(100_000)}0]`),
  Buffer.from(`{${Array.from({ length: 20_000 }, (_, index) => `"k${index}":1`).join(',')}}`),
];

/** What stands for a body and is no JSON, or none that anybody wants. */
export const hostileBody: Arbitrary<Buffer> = fc.oneof(
  { arbitrary: fc.constantFrom(...NO_BODIES).map((text) => Buffer.from(text)), weight: 6 },
  { arbitrary: fc.constantFrom(...BYTES), weight: 1 },
  { arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)), weight: 2 },
);

export const hostileContentType: Arbitrary<string | undefined> = fc.constantFrom(
  ...words(
    'application/json application/json; APPLICATION/JSON application/problem+json text/plain text/csv nonsense / ;',
  ),
  ...words('application/xml application/x-www-form-urlencoded application/x-ndjson application/jsoné'),
  ...[
    '',
    'application/json; charset=utf-16',
    'application/json; charset=utf-8',
    'application/json, text/plain',
  ],
  ...['multipart/form-data; boundary=x', 'text/csv; charset=utf-16', 'text/csv; charset="utf-8"', undefined],
);
