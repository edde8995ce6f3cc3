import { createHmac } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { readKeySet } from '../src/auth/key-set-content';
import { downloadKeySet } from '../src/auth/key-set-download';
import type { Answer } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, unique } from './support/given';
import { SECRETS } from './support/secrets';
import { TokenIssuer } from './support/token-issuer';

const now = () => Math.floor(Date.now() / 1000);
const FOLLOWS = '/me/follows';

interface Problem {
  readonly type?: string;
  readonly detail?: string;
}

function base64url(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

/** A token of our own hands, so that its claims can be anything. */
function signedWithSecret(
  claims: unknown,
  header: object = { alg: 'HS256' },
  secret: string = SECRETS.SUBSCRIBER_JWT_SECRET,
) {
  const content = `${base64url(header)}.${base64url(claims)}`;
  const hash = (header as { alg?: string }).alg === 'HS512' ? 'sha512' : 'sha256';
  return `${content}.${createHmac(hash, secret).update(content).digest('base64url')}`;
}

function expectRefused({ status, body, headers }: Answer<Problem>, words: string): void {
  expect({ status, type: body.type }).toEqual({ status: 401, type: '/problems/invalid-credentials' });
  expect(body.detail).toContain(words);
  expect(headers['www-authenticate']).toMatch(
    /^Bearer error="invalid_token", error_description="[ -!#-[\]-~]+"$/,
  );
  const inHeader = words.replaceAll('"', "'").replace(/[^ -~]/gu, '?');
  expect(headers['www-authenticate']).toContain(inHeader);
}

function expectIssuerAway({ status, body, headers }: Answer<Problem>): void {
  expect({ status, type: body.type }).toEqual({ status: 503, type: '/problems/issuer-unavailable' });
  expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  expect(headers['www-authenticate']).toBeUndefined();
}

describe("subscribers' tokens that are signed with the secret", () => {
  let app: TestApp;
  const logLines: string[] = [];
  beforeAll(async () => {
    app = await startTestApp({ logLines });
  });
  afterAll(() => app.stop());

  const get = (token: string) => app.api.as(token).get<Problem>(FOLLOWS);

  const good = { sub: 'ana', exp: now() + 3600 };

  it.each<[string, string, string]>([
    ['a number as sub', signedWithSecret({ ...good, sub: 42 }), 'sub must be text, not 42'],
    ['no sub', signedWithSecret({ exp: good.exp }), 'sub is missing'],
    ['129 characters of sub', signedWithSecret({ ...good, sub: 'x'.repeat(129) }), 'sub has 129 characters'],
    [
      'text as exp',
      signedWithSecret({ ...good, exp: '1796079000' }),
      'exp must be a number of seconds since 1970, not "1796079000"',
    ],
    ['no exp', signedWithSecret({ sub: 'ana' }), 'exp is missing'],
    [
      'an exp that is over',
      signedWithSecret({ ...good, exp: 1_700_000_000 }),
      'expired at 2023-11-14T22:13:20Z',
    ],
    ['an nbf to come', signedWithSecret({ ...good, nbf: now() + 3600 }), 'is not valid before'],
    [
      'HS512',
      signedWithSecret(good, { alg: 'HS512' }),
      'has the algorithm "HS512", which is not taken; taken: HS256',
    ],
    ['RS256', signedWithSecret(good, { alg: 'RS256' }), 'has the algorithm "RS256"'],
    ['no algorithm', signedWithSecret(good, { typ: 'JWT' }), 'has the algorithm undefined'],
    ['alg none', `${base64url({ alg: 'none' })}.${base64url(good)}.`, 'is not signed (alg "none")'],
    ['alg NONE', `${base64url({ alg: 'NONE' })}.${base64url(good)}.`, 'has the algorithm "NONE"'],
    [
      'another secret',
      signedWithSecret(good, { alg: 'HS256' }, 'another secret of thirty-two characters'),
      'The signature does not fit',
    ],
    ['no signature', signedWithSecret(good).replace(/[^.]*$/, ''), 'The signature does not fit'],
    ['a payload that is not JSON', signedWithSecret('ana'), 'The payload of the token is not JSON'],
    ['a payload that is a list', signedWithSecret([good]), 'The payload of the token is not a JSON object'],
    [
      'a header that is not JSON',
      `${base64url('x')}.${base64url(good)}.x`,
      'The header of the token is not JSON in base64url',
    ],
    [
      'a critical extension',
      signedWithSecret(good, { alg: 'HS256', crit: ['exp2'], exp2: 1 }),
      'The token is malformed',
    ],
    ['five parts', 'a.b.c.d.e', 'The token is encrypted (JWE)'],
    ['two parts', 'a.b', 'no signed token (JWT) either, which has three parts'],
    [
      'the kind of a log-out',
      signedWithSecret(good, { alg: 'HS256', typ: 'logout+jwt' }),
      'A token of type "logout+jwt" lets nobody in',
    ],
  ])('a token with %s is refused with 401, and answer and header say why', async (_, token, words) => {
    expectRefused(await get(token), words);
  });

  it('the log says at info why tokens are refused, without the tokens, and is not filled by a flood of them', async () => {
    const token = signedWithSecret({ ...good, sub: 42 });
    for (let n = 0; n < 100; n += 1) expect((await get(token)).status).toBe(401);
    const refusals = logLines.filter((line) => line.includes("subscriber's token was refused"));
    expect(refusals.length).toBeGreaterThan(10);
    expect(refusals.length).toBeLessThanOrEqual(60);
    const [first = ''] = refusals;
    expect(JSON.parse(first)).toMatchObject({ level: 30, refusal: 'subject' });
    for (const line of logLines) for (const part of token.split('.')) expect(line).not.toContain(part);
    const metrics = await app.api.get('//metrics');
    expect(metrics.text).toMatch(/^fanfare_subscriber_tokens_refused_total\{reason="subject"\} \d{3}$/m);
  });

  it('a minute between the clocks of issuer and server does no harm', async () => {
    for (const claims of [
      { nbf: now() + 1 },
      { nbf: now() + 50 },
      { exp: now() - 2 },
      { exp: now() - 50 },
      { iat: now() + 300 },
    ])
      expectStatus(200, await get(signedWithSecret({ ...good, ...claims })));
    expectRefused(await get(signedWithSecret({ ...good, nbf: now() + 70 })), 'is not valid before');
    expectRefused(await get(signedWithSecret({ ...good, exp: now() - 61 })), 'expired at');
  });

  it('claims are taken as real issuers write them', async () => {
    for (const claims of [{ aud: ['a', 'b'] }, { exp: now() + 3600.5 }, { padding: 'x'.repeat(9_000) }])
      expectStatus(200, await get(signedWithSecret({ ...good, ...claims })));
    for (const header of [
      { alg: 'HS256', typ: 'at+jwt' },
      { alg: 'HS256', typ: 'JWT', kid: 'x' },
    ])
      expectStatus(200, await get(signedWithSecret(good, header)));
    const small = { authorization: `bearer ${signedWithSecret(good)}` };
    expectStatus(200, await app.api.get(FOLLOWS, small));
  });

  it.each(['a/b', 'auth0|5f', 'a%b', '%2F', 'a?b#c', 'ünï çødé', 'e\u0301', '+1 555', '😀'.repeat(128)])(
    'the id %s is taken, and is another one than it would be in other forms',
    async (id) => {
      const sub = `${unique('')}${id}`.slice(-256);
      const { body } = expectStatus(200, await app.api.as(signedWithSecret({ ...good, sub })).get('/whoami'));
      expect(JSON.stringify(body)).toContain(JSON.stringify(sub).slice(1, -1));
    },
  );
});

describe("subscribers' tokens of an issuer that serves other apps too", () => {
  const ISSUER = 'https://id.example/';
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ subscriberIssuers: [ISSUER], subscriberAudiences: ['fanfare', 'inbox'] });
  });
  afterAll(() => app.stop());
  const get = (claims: object) =>
    app.api.as(signedWithSecret({ sub: 'ana', exp: now() + 3600, ...claims })).get<Problem>(FOLLOWS);

  it('are taken where issuer and audience are ours, and refused with what was wanted where not', async () => {
    expectStatus(200, await get({ iss: ISSUER, aud: 'fanfare' }));
    expectStatus(200, await get({ iss: ISSUER, aud: ['userinfo', 'inbox'], azp: 'some-app' }));
    expectRefused(
      await get({ iss: 'https://other.example', aud: 'some-other-client', azp: 'other' }),
      'iss must be "https://id.example/", but is "https://other.example"',
    );
    expectRefused(
      await get({ iss: ISSUER, aud: 'some-other-client', azp: 'other' }),
      'aud must hold "fanfare" or "inbox"',
    );
    expectRefused(await get({ iss: ISSUER }), 'aud must hold "fanfare" or "inbox", but is missing');
  });

  it('are what an admin is given for trying things out', async () => {
    const { body } = await app.admin.post<{ token: string }>('/admin/subscriber-tokens', { sub: 'ana' });
    expectStatus(200, await app.api.as(body.token).get<Problem>(FOLLOWS));
  });
});

describe("subscribers' tokens of an issuer with a key set", () => {
  const issuer = new TokenIssuer();
  const apps: TestApp[] = [];
  beforeAll(async () => {
    await issuer.start();
    for (const [kid, alg] of [
      ['rsa', 'RS256'],
      ['ec', 'ES256'],
      ['ed', 'EdDSA'],
    ] as const)
      await issuer.addKey(kid, alg);
    await issuer.addKey('foreign', 'RS256', { published: false });
    issuer.keys.unshift(
      { kty: 'AKP', kid: 'pq', alg: 'ML-DSA-44', pub: 'AAAA' },
      { kty: 'RSA', kid: 'broken', n: '!', e: 'AQAB' },
    );
  });
  afterEach(async () => {
    issuer.answer = undefined;
    for (const app of apps.splice(0)) await app.stop();
  });
  afterAll(() => issuer.stop());

  async function start(logLines: string[] = []): Promise<TestApp> {
    const settings = { subscriberJwtSecret: undefined, subscriberJwksUrl: issuer.url, logLines };
    const app = await startTestApp(settings);
    apps.push(app);
    return app;
  }

  it('are taken by every key of it, though others of the set are broken or unknown', async () => {
    const logLines: string[] = [];
    const app = await start(logLines);
    for (const kid of ['rsa', 'ec', 'ed'])
      expectStatus(200, await app.api.as(await issuer.sign(kid)).get<Problem>(FOLLOWS));
    for (const kid of ['foreign', 'broken']) {
      const token = await issuer.sign('foreign', {}, { kid });
      expectRefused(
        await app.api.as(token).get<Problem>(FOLLOWS),
        `The issuer's key set has no key for this token (kid "${kid}")`,
      );
    }
    expectRefused(
      await app.api.as(await issuer.sign('foreign', {}, { kid: 'rsa' })).get<Problem>(FOLLOWS),
      'The signature does not fit',
    );
    expectRefused(
      await app.api.as(signedWithSecret({ sub: 'ana', exp: now() + 60 })).get<Problem>(FOLLOWS),
      'has the algorithm "HS256"',
    );
    expect(logLines.filter((line) => line.includes('that are not used')).join()).toMatch(/pq.*broken/);
  });

  const nonsense: readonly (readonly [string, RequestListener, string])[] = [
    ['500', (_, response) => response.writeHead(500).end(), 'it answers with status 500'],
    ['404', (_, response) => response.writeHead(404).end('{"keys":[]}'), 'it answers with status 404'],
    [
      'a redirect',
      (_, response) => response.writeHead(302, { location: '/new' }).end(),
      'it redirects (302) to',
    ],
    [
      'a page',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>'),
      'its answer is not JSON',
    ],
    ['no keys', (_, response) => response.end('{"keys":[]}'), 'it holds no keys'],
    [
      'half an answer',
      (_, response) => {
        response.setHeader('content-length', '99');
        response.write('{');
        response.destroy();
      },
      'no connection',
    ],
    [
      'too much',
      (_, response) => response.end(`{"keys":"${'x'.repeat(600_000)}"}`),
      'longer than 524288 bytes',
    ],
    ['a closed door', (request) => request.socket.destroy(), 'no connection'],
  ];

  it.each(nonsense)('do not come from an address that answers %s', async (_, answer, words) => {
    issuer.answer = answer;
    await expect(downloadKeySet(issuer.url).then(readKeySet)).rejects.toThrow(words);
  });

  it.each(nonsense.slice(0, 3))(
    'are answered with 503 while nothing but %s ever came, and the log says so once',
    async (_, answer, words) => {
      const logLines: string[] = [];
      issuer.answer = answer;
      const app = await start(logLines);
      const token = await issuer.sign('rsa');
      for (let n = 0; n < 3; n += 1) expectIssuerAway(await app.api.as(token).get<Problem>(FOLLOWS));
      expectIssuerAway(await app.api.as(token).get<Problem>('/me/stream'));
      const warnings = logLines.filter((line) => line.includes('SUBSCRIBER_JWKS_URL cannot be had'));
      expect(warnings).toHaveLength(1);
      expect(JSON.parse(warnings[0] ?? '{}')).toMatchObject({
        level: 40,
        msg: expect.stringContaining(words) as string,
      });
      expect(logLines.join()).not.toContain('failed (request');
      expect((await app.api.get('//metrics')).text).toMatch(/^fanfare_subscriber_key_set_failing 1$/m);
      // Whom the issuer does not know need not wait for it.
      expectStatus(200, await app.admin.get('/admin/accounts'));
      expectRefused(await app.api.as('a.b.c').get<Problem>(FOLLOWS), 'The header of the token is not JSON');
    },
  );

  it('of known keys go on being taken while the issuer is away; of unknown ones it cannot be told', async () => {
    const app = await start();
    expectStatus(200, await app.api.as(await issuer.sign('rsa')).get<Problem>(FOLLOWS));
    issuer.answer = (_, response) => response.writeHead(500).end();
    expectStatus(200, await app.api.as(await issuer.sign('rsa')).get<Problem>(FOLLOWS));
    const metrics = await app.api.get('//metrics');
    expect(metrics.text).toMatch(/^fanfare_subscriber_key_set_age_seconds [\d.e-]+$/m);
  });

  it('are answered with 503 in bounded time while the issuer hangs, and taken as soon as it answers', async () => {
    issuer.answer = () => undefined;
    const logLines: string[] = [];
    const app = await start(logLines);
    expectIssuerAway(await app.api.as(await issuer.sign('rsa')).get<Problem>(FOLLOWS));
    issuer.answer = undefined;
    await eventually(
      async () => (await app.api.as(await issuer.sign('rsa')).get<Problem>(FOLLOWS)).status === 200,
    );
    expect(logLines.join()).toContain('can be had again');
  });
});
