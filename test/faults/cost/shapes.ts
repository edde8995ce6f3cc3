import { MAX_ARTICLES } from '../../../src/article/format';
import { MAX_BODY_BYTES, MAX_CONTENT_BODY_BYTES } from '../../../src/http/bodies';
import { BODY_BOUNDS, CONTENT_BODY_BOUNDS } from '../../../src/http/shape-bounds';
import type { ApiDocument, FuzzedOperation } from '../fuzz/document';
import { jsonText, Verbatim, type Json } from '../fuzz/json-text';
import { placesIn, type Place } from './schema-places';

/** A part of a request that costs as much as a part of its size can. */
export interface Shape {
  readonly name: string;
  /** Made when it is sent: all of them at once would be gigabytes. */
  readonly body?: () => Buffer;
  /** As it stands behind the question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** In the place of every id in the path. */
  readonly id?: string;
}

/** What texts may be made of; that is where normalising, searching and sanitising have taken the square of the length. */
const UNITS: Readonly<Record<string, string>> = {
  letters: 'a',
  marks: '\u0315\u0300',
  'marks in order': '\u0300',
  space: ' ',
  'line breaks': '\r\n',
  'zero widths': '\u200b',
  joiners: '\u0644\u200d',
  'variation selectors': '\ufe0f',
  ligatures: '\ufdfa',
  pairs: '\u{1f35e}',
  hangul: '\u1112\u1161',
  digits: '9',
  dashes: '-',
  dots: 'a.',
  ats: '@',
  slashes: '/',
  'open tags': '<b>',
  'half tags': '<',
  'open comments': '<!--',
  'open attributes': '<a href="',
  tables: '<table><tr><td>',
  paragraphs: '<p>a</p>',
  links: '<a href=x>a',
  lists: '<ul><li>',
  entities: '&amp',
  'cron lists': '1,',
  'style comments': '<style>/* * / ',
};

const filled = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const json = (value: Json) => Buffer.from(jsonText(value));

export function takesContent({ name }: FuzzedOperation): boolean {
  return /(POST|PATCH) .*\/broadcasts(\/\{broadcastId\})?$/.test(name);
}

/** Everything that is tried with one operation, from the document alone. */
export function shapesFor(document: ApiDocument, operation: FuzzedOperation): readonly Shape[] {
  const { body } = operation;
  const maxBytes = takesContent(operation) ? MAX_CONTENT_BODY_BYTES : MAX_BODY_BYTES;
  const places = body?.type === 'application/json' ? placesIn(document, body.schema) : [];
  const { textBytes } = takesContent(operation) ? CONTENT_BODY_BOUNDS : BODY_BOUNDS;
  return [
    ...shapesOfJson(maxBytes),
    ...(takesContent(operation) ? shapesOfArticles(maxBytes) : []),
    ...places.flatMap((place) => shapesAt(place, textBytes, maxBytes)),
    ...shapesOfHead(operation),
  ];
}

/** As many articles as there may be, each as long as all of them together allow. */
function shapesOfArticles(maxBytes: number): Shape[] {
  const bytes = Math.floor(maxBytes / MAX_ARTICLES) - 100;
  return Object.entries({ ...UNITS, 'parts of a row': '<b style=display:flex><i>a</i>' }).map(
    ([name, unit]) => ({
      name: `articles of ${name}`,
      body: () =>
        json({
          content: {
            type: 'articles',
            articles: Array<Json>(MAX_ARTICLES).fill({
              title: 'a',
              body: new Verbatim(fitting(unit, bytes)),
            }),
          },
        }),
    }),
  );
}

/** Whatever the operation takes. */
function shapesOfJson(maxBytes: number): Shape[] {
  const members = (form: (index: number) => string) => () => {
    const each = Array.from({ length: Math.floor(maxBytes / 20) }, (_, index) => `"${form(index)}":1`);
    return `{${each.join(',')}}`;
  };
  const nested = (open: string, close: string) => () => {
    const depth = Math.floor(maxBytes / (open.length + close.length)) - 20;
    return `{"pipe":1,"email":${open.repeat(depth)}1${close.repeat(depth)}}`;
  };
  const texts: Readonly<Record<string, () => string>> = {
    members: members((index) => `a${index}`),
    'numbered members': members((index) => String(4_294_967 * index)),
    'the same member': members(() => 'a'),
    items: () => `[${'1,'.repeat(maxBytes / 2 - 4)}1]`,
    objects: () => `{"a":[${'{},'.repeat(maxBytes / 3 - 4)}1]}`,
    'deep lists': nested('[', ']'),
    'deep objects': nested('{"a":', '}'),
    'as much as is allowed': () => `[${`[${'{"a":1},'.repeat(9)}1],`.repeat(90)}1]`,
    'a long name': () => `{"${'k'.repeat(maxBytes - 10)}":1}`,
    digits: () => `{"a":${'9'.repeat(maxBytes - 10)}}`,
    'small digits': () => `{"a":0.${'0'.repeat(maxBytes - 20)}1e-5}`,
    'too great a number': () => '{"a":1e400,"b":-1e400}',
    escapes: () => `{"a":"${'\\u0300'.repeat(maxBytes / 6 - 4)}"}`,
    'white space': () => `{${' '.repeat(maxBytes - 4)}}`,
    'half a text': () => `{"a":"${'\\"'.repeat(maxBytes / 2 - 6)}`,
    'more than is allowed': () => `{"a":"${'x'.repeat(maxBytes)}"}`,
  };
  return Object.entries(texts).map(([name, text]) => ({ name, body: () => Buffer.from(text()) }));
}

/** At one place of the body: texts as long as the document, the shape and the body allow; lists likewise. */
function shapesAt({ name, schema, bodyWith }: Place, textBytes: number, maxBytes: number): Shape[] {
  const at = (what: string, value: () => Json): Shape => ({
    name: `${what} at ${name}`,
    body: () => json(bodyWith(value())),
  });
  if (schema.items) {
    const [example] = Array.isArray(schema.example) ? (schema.example as readonly Json[]) : ['0 8 29 2 *'];
    return [null, 1, {}, [], '', example ?? null].flatMap((item) => [
      at(`${BODY_BOUNDS.items} × ${JSON.stringify(item)}`, () => Array<Json>(BODY_BOUNDS.items).fill(item)),
      at(`far too many × ${JSON.stringify(item)}`, () => Array<Json>(Math.floor(maxBytes / 20)).fill(item)),
    ]);
  }
  return Object.entries(UNITS).flatMap(([unit, text]) => [
    at(`allowed ${unit}`, () => filled(text, schema.maxLength ?? 20_000)),
    at(`long ${unit}`, () => new Verbatim(fitting(text, textBytes))),
  ]);
}

/** As JSON text, of as many bytes as one may have. */
function fitting(unit: string, bytes: number): string {
  const written = JSON.stringify(unit).slice(1, -1);
  return `"${written.repeat(Math.floor(bytes / Buffer.byteLength(written)))}"`;
}

function shapesOfHead({ query, path, headers }: FuzzedOperation): Shape[] {
  const heads: Shape[] = [
    { name: 'parameters', query: filled('a=1&', 12_000) },
    { name: 'nameless parameters', query: filled('&', 12_000) },
    { name: 'cookies', headers: { cookie: filled('a=1; ', 12_000) } },
    { name: 'forwarded for', headers: { 'x-forwarded-for': filled('10.0.0.1, ', 12_000) } },
    { name: 'languages', headers: { 'accept-language': filled('a;q=0.1,', 12_000) } },
    { name: 'kinds', headers: { accept: filled('a/b;q=0.1,', 12_000) } },
    {
      name: 'tags',
      headers: { 'if-match': filled('"1",', 12_000), 'if-none-match': filled('W/"1",', 2_000) },
    },
    ...headers.map(({ name }) => ({ name: `a long ${name}`, headers: { [name]: 'x'.repeat(12_000) } })),
  ];
  const parameters = query.flatMap(({ name }) => [
    { name: `${name} many times`, query: filled(`${name}=a&`, 12_000) },
    { name: `marks in ${name}`, query: `${name}=a${'%CC%95%CC%80'.repeat(1_000)}` },
    { name: `space in ${name}`, query: `${name}=${'+'.repeat(12_000)}a` },
    { name: `lists in ${name}`, query: `${name}=${Buffer.from('['.repeat(9_000)).toString('base64url')}` },
  ]);
  const ids =
    path.length === 0
      ? []
      : [
          { name: 'a long id', id: 'a'.repeat(1_024) },
          { name: 'marks in the path', id: `a${'%CC%95%CC%80'.repeat(500)}` },
        ];
  return [...heads, ...parameters, ...ids];
}
