import type { Answer } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenBrand, hello } from './support/given';
import { answerTo } from './support/raw-http';
import { someoneWaits } from './support/waiting';

/** What the fuzzer found, one after the other, so that it is not found again. */
describe('odd input', () => {
  let test: TestApp;
  let address: string;
  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
    await test.app.listen(0, '127.0.0.1');
    address = await test.app.getUrl();
  });
  afterAll(() => test.stop());

  // The upload's stream was taken for the body and copied member by member, down to the socket, which ended the process.
  it.each(['text/csv', 'application/x-ndjson'])('is no upload (%s) where none is taken', async (type) => {
    const head = `POST /v1/signup HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 1\r\nconnection: close\r\n\r\nx`;
    const [answer] = await answerTo(address, head);
    expect(answer).toMatchObject({ status: 415, body: { type: '/problems/unsupported-media-type' } });
  });

  it.each([
    ['a compressed body', 'content-type: application/json\r\ncontent-encoding: gzip', '{}', 415],
    ['a body in Latin-1', 'content-type: application/json; charset=latin1', '{}', 415],
    ['a body that says it is UTF-8', 'content-type: application/json; charset="UTF-8"', '{}', 400],
    ['no body, whatever is said of it', 'content-type: application/json; charset=latin1', '', 400],
  ])('is taken as UTF-8 without compression or refused with 415: %s', async (_, headers, body, status) => {
    const head = `POST /v1/signup HTTP/1.1\r\nhost: x\r\n${headers}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
    const [answer] = await answerTo(address, head + body);
    expect(answer).toMatchObject({ status, body: { status } });
  });

  it.each(['', 'json', ';;', 'application/json, text/csv', 'application/json/x', 'text/plain'])(
    'is refused with what to send where the type of the body is “%s”',
    async (type) => {
      const head = `POST /v1/signup HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}`;
      const [answer] = await answerTo(address, head);
      const detail = 'Send JSON, with `Content-Type: application/json`.';
      expect(answer).toMatchObject({ status: 415, body: { status: 415, detail } });
    },
  );

  it.each([
    ['holds no escape', '/v1/accounts/%ff', 400, /begins no escape of UTF-8/],
    [
      'has too long a part',
      `/v1/accounts/${'a'.repeat(9_000)}`,
      404,
      /^A part of the path is longer than any/,
    ],
  ])('is a path that %s, and the answer does not repeat it', async (_, path, status, detail) => {
    const [answer] = await answerTo(address, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatchObject({ status, body: { detail: expect.stringMatching(detail) as string } });
  });

  it('is a member of an object that comes twice: it is refused, and neither is taken', async () => {
    const brand = await givenBrand(test);
    const body = '{"role":"viewer","role":"owner"}';
    const head = [
      `POST /v1${brand.path('/invitations')} HTTP/1.1`,
      'host: x',
      `authorization: Bearer ${brand.owner.token ?? ''}`,
      'content-type: application/json',
      `content-length: ${body.length}`,
      'connection: close',
    ];
    const [answer] = await answerTo(address, `${head.join('\r\n')}\r\n\r\n${body}`);
    const errors = [{ field: 'role', message: 'is there more than once' }];
    expect(answer).toMatchObject({ status: 400, body: { type: '/problems/invalid-request', errors } });
  });

  it.each([
    ['a body without a length', 'GET /v1/directory HTTP/1.1\r\nhost: x\r\n\r\n{"a":1}', 400],
    ['headers without end', `GET /v1/directory HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['no HTTP at all', 'Good morning\r\n\r\n', 400],
    [
      'two lengths',
      'POST /v1/login HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
      400,
    ],
  ])('is refused with a problem document: %s', async (_, bytes, status) => {
    const answers = await answerTo(address, bytes);
    const last = answers.at(-1);
    expect(last?.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(last).toMatchObject({ status, body: { status } });
  });

  it('is refused without a body, as every answer to HEAD is, where its headers are too long', async () => {
    const cursor = 'x'.repeat(20_000);
    const answers = await answerTo(
      address,
      `HEAD /v1/directory?cursor=${cursor} HTTP/1.1\r\nhost: x\r\n\r\n`,
    );
    expect(answers).toMatchObject([{ status: 431 }]);
  });

  it('passes over an expectation that it does not know', async () => {
    const [answer] = await answerTo(
      address,
      'GET /v1/directory HTTP/1.1\r\nhost: x\r\nconnection: close\r\nexpect: a miracle\r\n\r\n',
    );
    expect(answer?.status).toBe(200);
  });

  it('has the headers of every answer also where it is refused before it has a route', async () => {
    const { headers } = await test.api.get('/directory/%ff');
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' });
  });

  it.each([
    ['POST', '/v1/directory', 'GET, HEAD'],
    ['OPTIONS', '/v1/accounts/1/broadcasts', 'GET, HEAD, POST'],
    ['PUT', '/v1/me/inbox/subscriptions', 'GET, HEAD'],
    ['DELETE', '/metrics', 'GET, HEAD'],
  ] as const)('is a method that the path does not take: %s %s', async (method, url, allow) => {
    const answer = await test.app.inject({ method, url });
    expect({ status: answer.statusCode, allow: answer.headers.allow }).toEqual({ status: 405, allow });
    expect(answer.json<Answer['body']>().type).toBe('/problems/method-not-allowed');
  });

  it('is a path that there is not, with any method', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      expect((await test.app.inject({ method, url: '/v1/nothing' })).statusCode).toBe(404);
    }
  });

  it.each(['{"constructor": null}', '{"tags": {"constructor": {"all": []}}}'])(
    'is an unknown field that JavaScript knows: %s',
    async (odd) => {
      const brand = await givenBrand(test);
      const request = { content: hello, audience: JSON.parse(odd) as object };
      const answer = expectStatus(400, await brand.owner.post(brand.path('/broadcasts'), request));
      expect(answer.body).toMatchObject({
        type: '/problems/invalid-request',
        detail: expect.stringContaining('constructor') as string,
      });
    },
  );

  it.each(['toString', 'hasOwnProperty', 'valueOf', 'isPrototypeOf', '__defineGetter__', 'prototype'])(
    'is an unknown field that every object has: %s',
    async (name) => {
      const brand = await givenBrand(test);
      const answer = expectStatus(
        400,
        await brand.owner.post(brand.path('/tags'), { name: 'odd', [name]: null }),
      );
      expect(answer.body).toMatchObject({
        type: '/problems/invalid-request',
        detail: expect.stringContaining(`property ${name} should not exist`) as string,
      });
    },
  );

  it.each([
    '[null]',
    '[{"type": "text", "text": "Rye"}]',
    '[[]]',
    'null',
    '1',
    '{"type": "toString"}',
    '{"type": null}',
  ])('is a content that is none: %s', async (odd) => {
    const brand = await givenBrand(test);
    const answer = await brand.owner.post(brand.path('/broadcasts'), { content: JSON.parse(odd) as unknown });
    expect(expectStatus(400, answer).body).toMatchObject({ type: '/problems/invalid-request' });
  });

  it('is a test of a webhook that is being deleted', async () => {
    const brand = await givenBrand(test);
    const url = 'http://127.0.0.1:65535';
    const webhook = expectStatus(
      201,
      await brand.owner.post<{ id: string }>(brand.path('/webhooks'), { url }),
    ).body;
    const answer = await test.database.transaction(async (manager) => {
      await manager.query('DELETE FROM webhook_endpoints WHERE id = $1', [webhook.id]);
      const asked = brand.owner.post(brand.path(`/webhooks/${webhook.id}/test`));
      await eventually(() => someoneWaits(test.database));
      return { asked };
    });
    expectStatus(404, await answer.asked);
  });
});
