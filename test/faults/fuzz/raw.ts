import fc, { type Arbitrary } from 'fast-check';
import type { RawAnswer } from '../../support/raw-http';
import { words } from './hostile';

/** What no HTTP client would send: broken lines, lengths that contradict each other, and worse. */
export interface RawPlan {
  readonly method: string;
  readonly target: string;
  readonly version: string;
  readonly headers: readonly string[];
  readonly body: string;
}

const lines = (text: string) => text.trim().split(/ *\n */);

const METHODS = [...words('GET GET GET POST POST HEAD OPTIONS TRACE PROPFIND get FOO PRI'), '', 'G\u0000T'];
const TARGETS = [
  ...words(
    '/v1/directory /v1/directory /v1/login /v1/login /v1/whoami /v1/me/stream /health/live * / // //v1//directory',
  ),
  ...words(
    '/v1/../v1/directory /v1/directory#x /v1/directory?q=\u00ff /v1/\u0000 http://elsewhere.example/v1/directory',
  ),
  ...words('http:// /v1/directory?q=% /v1/%2e%2e/ \\v1\\directory v1/directory /V1/DIRECTORY /v1/directory/'),
  ...['', `/v1/directory?q=${'a'.repeat(10_000)}`, `/${'a'.repeat(20_000)}`, `/v1/${'a/'.repeat(2_000)}`],
];
const VERSIONS = [
  ...words('HTTP/1.1 HTTP/1.1 HTTP/1.1 HTTP/1.1 HTTP/1.0 HTTP/0.9 HTTP/2.0 HTTP/9.9 HTTP'),
  '',
];
const HEADERS = [
  ...lines(`
    content-length: 0
    content-length: 7
    content-length: -1
    content-length: x
    content-length: 1, 2
    content-length: 1e1
    content-length: 99999999999999999999
    transfer-encoding: chunked
    transfer-encoding: gzip, chunked
    transfer-encoding: chunked, chunked
    transfer-encoding: x
    Transfer-Encoding : chunked
    content-type: application/json
    content-type: text/csv
    content-encoding: gzip
    expect: 100-continue
    expect: x
    connection: upgrade
    connection: keep-alive
    upgrade: websocket
    upgrade: h2c
    te: trailers
    host: a
    host: a:b
    host:
    no colon
    : no name
    authorization: Bearer
    authorization: Bearer \u00ff
    authorization: Basic Og==
    authorization: Bearer a.b.c
    cookie: fanfare_session=a.b.c
    accept: */*;q=x
    range: bytes=-1
    if-match: \u00e9`),
  ...[
    ' folded: x',
    'x:\u0000',
    'x: \ry',
    'x: \n y',
    `x: ${'x'.repeat(20_000)}`,
    `${'x: y\r\n'.repeat(3_000)}x: y`,
  ],
  'content-length: 7\r\ncontent-type: application/json',
  `authorization: Bearer ${'x'.repeat(10_000)}`,
];
const CHUNKS = [
  '7\r\n{"a":1}\r\n0\r\n\r\n',
  'zz\r\n',
  '0\r\n\r\n',
  '-1\r\nx\r\n',
  'ffffffffffffffff\r\nx',
  '7\r\n{"a"',
];
const BODIES = ['', '', '{"a":1}', ...CHUNKS];

export const rawPlans: Arbitrary<RawPlan> = fc.record({
  method: fc.constantFrom(...METHODS),
  target: fc.constantFrom(...TARGETS),
  version: fc.constantFrom(...VERSIONS),
  headers: fc.array(fc.constantFrom(...HEADERS), { maxLength: 4 }),
  body: fc.oneof(fc.constantFrom(...BODIES), fc.string({ unit: 'binary-ascii', maxLength: 40 })),
});

export function rawBytes({ method, target, version, headers, body }: RawPlan): string {
  const lines = [`${method} ${target} ${version}`, 'host: fanfare.example', ...headers];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const HEADERS_OF_ALL = { 'x-content-type-options': 'nosniff' } as const;

/** Whatever is wrong with the answers to such bytes. That there is none is not: some are only the beginning of a request. */
export function complaintsAboutRaw({ method, target }: RawPlan, answers: readonly RawAnswer[]): string[] {
  return answers.flatMap(({ status, headers, text, body }, index) => {
    const complaints: string[] = [];
    if (!(status >= 100 && status < 500)) return [`it was answered with ${status}: ${text}`];
    // Node continues, and refuses a request without the one host that it needs, by itself and without words.
    if (status === 100 || (status === 400 && text === '' && headers['content-type'] === undefined)) return [];
    for (const [name, value] of Object.entries(HEADERS_OF_ALL)) {
      if (headers[name] !== value) complaints.push(`answer ${index} has no ${name}`);
    }
    if (status < 400 || method === 'HEAD') return complaints;
    if (!headers['content-type']?.startsWith('application/problem+json')) {
      complaints.push(`${status} for ${target.slice(0, 80)} is no problem document: ${text.slice(0, 200)}`);
    } else if ((body as { status?: unknown } | undefined)?.status !== status) {
      complaints.push(`${status} came with ${text.slice(0, 200)}`);
    }
    return complaints;
  });
}
