import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { LIMITS } from '../src/article/format';
import { MAX_BODY_BYTES, MAX_CONTENT_BODY_BYTES } from '../src/http/bodies';
import { BODY_BOUNDS, CONTENT_BODY_BOUNDS, MAX_PARAMETERS } from '../src/http/shape-bounds';
import { ApiDocument } from './faults/fuzz/document';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { greater, largestBody, type Largest } from './support/largest-body';
import { expectStatus, givenSubscriber } from './support/given';
import { answerTo } from './support/raw-http';

const HEAD = 'POST /v1/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n';
const json = (body: string, more = '') =>
  `${HEAD}${more}connection: close\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const fields = (count: number) =>
  `{${Array.from({ length: count }, (_, index) => `"a${index}":1`).join(',')}}`;

describe('a request beyond its bounds', () => {
  let test: TestApp;
  let address: string;
  beforeAll(async () => {
    test = await startTestApp({ connectionsPerAddress: 20 });
    await test.app.listen(0, '127.0.0.1');
    address = await test.app.getUrl();
  });
  afterAll(() => test.stop());

  it('is none that the document allows: every text and list in it has a bound, far within those of all requests', async () => {
    const document = new ApiDocument((await test.app.inject('/openapi.json')).json());
    const json = document.operations.filter(({ body }) => body?.type === 'application/json');
    const takesContent = ({ name }: { name: string }) =>
      /(POST|PATCH) .*\/broadcasts(\/\{broadcastId\})?$/.test(name);
    const largestOf = (operations: typeof json) =>
      operations
        .map(({ body }) => largestBody(document, body?.schema ?? {}, { body: LIMITS.body }))
        .reduce(greater);
    const expectWithin = (largest: Largest, bounds: typeof BODY_BOUNDS, maxBytes: number) => {
      // A content whose every character is outside the Basic Multilingual Plane and escaped is not what anybody writes.
      expect(largest.bytes / (maxBytes > MAX_BODY_BYTES ? 3 : 1)).toBeLessThan(maxBytes);
      for (const part of ['depth', 'members', 'items', 'values', 'textBytes'] as const) {
        expect({ [part]: largest[part] <= bounds[part] }).toEqual({ [part]: true });
      }
    };
    expectWithin(largestOf(json.filter((one) => !takesContent(one))), BODY_BOUNDS, MAX_BODY_BYTES);
    expectWithin(largestOf(json.filter(takesContent)), CONTENT_BODY_BOUNDS, MAX_CONTENT_BODY_BYTES);
    expect(Math.max(...document.operations.map(({ query }) => query.length))).toBeLessThan(MAX_PARAMETERS);
  });

  it.each([
    ['5,000 unknown fields', fields(5_000), 'body'],
    [
      'lists within lists, beside a field named pipe',
      `{"pipe":1,"email":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      'email',
    ],
    ['a list of 200 nulls', `{"email":[${'null,'.repeat(199)}null]}`, 'email'],
  ])('is refused with 400 that names the field: %s', async (_, body, field) => {
    const [answer] = await answerTo(address, json(body));
    expect(answer).toMatchObject({ status: 400, body: { type: '/problems/invalid-request' } });
    expect((answer?.body as { errors: { field: string }[] }).errors[0]?.field).toMatch(
      new RegExp(`^${field}`),
    );
  });

  it('is refused with 413 where a log-in has more than 256 KiB, with or without a length', async () => {
    const long = `{"email":"${'x'.repeat(270_000)}"}`;
    const chunked = `${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n${long.length.toString(16)}\r\n${long}\r\n0\r\n\r\n`;
    for (const bytes of [json(long), chunked]) {
      const [answer] = await answerTo(address, bytes);
      expect(answer).toMatchObject({
        status: 413,
        body: { type: '/problems/payload-too-large', maxBytes: 262_144 },
      });
    }
  });

  it('is refused with 400 when it is not UTF-8', async () => {
    const [answer] = await answerTo(
      address,
      json('{"email":"\u0000"}')
        .replace('\u0000', '\u00ff')
        .replace(/length: \d+/, 'length: 13'),
    );
    expect(answer).toMatchObject({ status: 400, body: { detail: 'The body is not UTF-8.' } });
  });

  it('is refused with 400 for more than 50 parameters', async () => {
    const { body, status } = await test.api.get<{ errors: unknown }>(`/directory?${'q=a&'.repeat(51)}`);
    expect({ status, errors: body.errors }).toEqual({
      status: 400,
      errors: [{ field: 'query', message: 'has too many parameters: at most 50' }],
    });
  });

  it.each(['%', '%zz', '%ff', '%e2%82', '%ed%a0%80', '50%25%'])(
    'is refused with 400 where a parameter cannot be decoded: %s',
    async (escape) => {
      const { body, status } = await test.api.get<{ errors: unknown }>(`/directory?q=${escape}`);
      const message = 'holds a % that begins no escape of UTF-8; the sign itself is written %25';
      expect({ status, errors: body.errors }).toEqual({ status: 400, errors: [{ field: 'query', message }] });
    },
  );

  it.each([
    ['two Host headers', 'host: a\r\nHost: a\r\n', 'Send one Host header, not several.'],
    [
      'two tokens',
      'host: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n',
      'Send one authorization header, not several.',
    ],
    [
      'two types of one body',
      'host: a\r\ncontent-type: application/json\r\ncontent-type: text/csv\r\n',
      'Send one content-type header, not several.',
    ],
    [
      'two keys of idempotency',
      'host: a\r\nidempotency-key: 1\r\nidempotency-key: 2\r\n',
      'Send one idempotency-key header, not several.',
    ],
    ['no Host header', '', 'Send a Host header: HTTP/1.1 demands one.'],
    [
      'a Host that is none',
      'host: a b\r\n',
      'The Host header has to be a host name or an address, with or without a port.',
    ],
  ])('is refused with 400 for %s', async (_, headers, detail) => {
    for (const path of ['/health/live', '/v1/directory', '/', '/nowhere']) {
      const [answer] = await answerTo(address, `GET ${path} HTTP/1.1\r\n${headers}connection: close\r\n\r\n`);
      expect(answer).toMatchObject({ status: 400, body: { type: '/problems/invalid-request', detail } });
    }
  });

  it('is answered where a header comes twice and says the same', async () => {
    const twice = 'content-type: application/json\r\n'.repeat(2);
    const [answer] = await answerTo(address, `GET /health/live HTTP/1.1\r\nhost: a\r\n${twice}\r\n`);
    expect(answer).toMatchObject({ status: 200 });
  });

  it('is answered without a Host header where it is of HTTP/1.0', async () => {
    const [answer] = await answerTo(address, 'GET /health/live HTTP/1.0\r\n\r\n');
    expect(answer).toMatchObject({ status: 200 });
  });

  it('is refused with 429 when sixteen large answers are under way for the same person', async () => {
    const me = await givenSubscriber(test);
    const answers = await test.database.transaction(async (manager) => {
      await manager.query('LOCK TABLE follows IN ACCESS EXCLUSIVE MODE');
      const waiting = Array.from({ length: 16 }, () => me.get('/me/inbox'));
      await eventually(async () => {
        expect((await me.get('/me/inbox/subscriptions')).status).toBe(429);
      });
      return waiting;
    });
    for (const answer of await Promise.all(answers)) expectStatus(200, answer);
    expectStatus(200, await me.get('/me/inbox'));
  });

  it('finds its connection closed when its address has too many', async () => {
    const open: Socket[] = [];
    const dial = async () => {
      const socket = connect(Number(new URL(address).port), '127.0.0.1');
      socket.on('error', () => undefined);
      open.push(socket);
      await once(socket, 'connect');
    };
    for (let index = 0; index < 25; index += 1) await dial();
    await eventually(() => {
      expect(open.filter(({ closed }) => closed)).toHaveLength(5);
    });
    for (const socket of open) socket.destroy();
    await eventually(async () => {
      expect(
        (await answerTo(address, 'GET /health/live HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n'))[0]
          ?.status,
      ).toBe(200);
    });
  });
});
