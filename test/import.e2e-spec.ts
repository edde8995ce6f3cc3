import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import { ADMIN_KEY, startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import {
  expectStatus,
  givenBrand,
  givenFollower,
  givenSubscriber,
  unique,
  type Brand,
} from './support/given';
import { givenPublished } from './support/published';

interface Result {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly tagsCreated: number;
  readonly errors: readonly { readonly line: number; readonly reason: string }[];
}

interface Follower {
  readonly subscriber: string;
  readonly followedAt: string;
  readonly tags: readonly { readonly name: string }[];
}

const NDJSON = 'application/x-ndjson';
const CSV = 'text/csv; charset=utf-8';

const NOTHING: Result = { imported: 0, updated: 0, unchanged: 0, rejected: 0, tagsCreated: 0, errors: [] };

function json(...lines: readonly object[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

describe('importing followers', () => {
  let app: TestApp;
  let brand: Brand;
  let person: (n: number | string) => string;

  beforeAll(async () => {
    app = await startTestApp();
    await app.app.listen(0, '127.0.0.1');
  });
  afterAll(() => app.stop());
  beforeEach(async () => {
    brand = await givenBrand(app);
    const run = unique('import');
    person = (n) => `${run}-${n}`;
  });

  function upload(body: string | Buffer | Readable, type = NDJSON) {
    return app.admin.send<Result>('POST', `/admin/accounts/${brand.id}/followers/import`, body, {
      'content-type': type,
    });
  }

  async function importing(body: string | Buffer | Readable, type = NDJSON): Promise<Result> {
    return expectStatus(200, await upload(body, type)).body;
  }

  async function followers(): Promise<readonly Follower[]> {
    const answer = await brand.owner.get<{ items: Follower[] }>(brand.path('/followers?limit=200'));
    return expectStatus(200, answer).body.items;
  }

  it('takes NDJSON: since when, and tags that are made when they are missing', async () => {
    const body = json(
      { subscriber: person(1) },
      { subscriber: person(2), followedAt: '2026-01-05T11:00:00+01:00', tags: ['vip', 'Früh'] },
      { subscriber: person(3), followedAt: '2026-01-06T10:00:00Z', tags: ['FRÜH'] },
    );
    expect(await importing(body)).toEqual({ ...NOTHING, imported: 3, tagsCreated: 2 });
    expect(await followers()).toMatchObject([
      { subscriber: person(1), tags: [] },
      { subscriber: person(3), followedAt: '2026-01-06T10:00:00.000Z', tags: [{ name: 'Früh' }] },
      {
        subscriber: person(2),
        followedAt: '2026-01-05T10:00:00.000Z',
        tags: [{ name: 'Früh' }, { name: 'vip' }],
      },
    ]);
  });

  it('takes CSV: a header, quotes, `;` between tags, a byte order mark, the line ends of Windows', async () => {
    const body = [
      '\uFEFFfollowedAt,subscriber,tags',
      `2026-01-05T10:00:00Z,${person(1)},vip; early birds`,
      `,"${person('a, ""b""')}","one, two"`,
      '',
      `,${person(2)},`,
    ].join('\r\n');
    expect(await importing(body, CSV)).toEqual({ ...NOTHING, imported: 3, tagsCreated: 3 });
    const byPerson = new Map((await followers()).map((follower) => [follower.subscriber, follower]));
    expect(byPerson.get(person(1))).toMatchObject({
      followedAt: '2026-01-05T10:00:00.000Z',
      tags: [{ name: 'early birds' }, { name: 'vip' }],
    });
    expect(byPerson.get(person('a, "b"'))).toMatchObject({ tags: [{ name: 'one, two' }] });
    expect(byPerson.get(person(2))).toMatchObject({ tags: [] });
  });

  it('makes followers who receive what is published, and what was since they followed', async () => {
    const before = await givenPublished(app, brand, { at: '2026-01-04T10:00:00Z' });
    const after = await givenPublished(app, brand, { at: '2026-01-06T10:00:00Z' });
    await importing(json({ subscriber: person(1), followedAt: '2026-01-05T10:00:00Z', tags: ['vip'] }));
    const ana = await givenSubscriber(app, person(1));
    const [tag] = (await brand.owner.get<{ items: { id: string }[] }>(brand.path('/tags'))).body.items;
    const now = await givenPublished(app, brand, { any: [tag?.id ?? ''] });
    const { body } = await ana.get<{ items: { id: string }[] }>(`/me/inbox/${brand.id}`);
    expect(body.items.map(({ id }) => id)).toEqual([now, after]);
    expect(body.items.map(({ id }) => id)).not.toContain(before);
  });

  it('passes over bad lines, reports them by number, and takes the rest of many thousand', async () => {
    const lines = Array.from({ length: 25_000 }, (_, n) => {
      if (n % 5_000 === 10) return '{"subscriber": ';
      if (n % 5_000 === 20) return json({ subscriber: person(n), followedAt: '2200-01-01T00:00:00Z' }).trim();
      if (n % 5_000 === 30) return '';
      return json({ subscriber: person(n), tags: n % 2 === 0 ? ['even'] : [] }).trim();
    });
    const result = await importing(Readable.from(lines.map((line) => `${line}\n`)));
    expect(result).toMatchObject({ imported: 24_985, unchanged: 0, rejected: 10 });
    expect(result.errors).toEqual(
      [0, 1, 2, 3, 4].flatMap((part) => [
        { line: part * 5_000 + 11, reason: 'the line is not JSON' },
        { line: part * 5_000 + 21, reason: 'followedAt lies in the future' },
      ]),
    );
  });

  it('passes over what is too long and what is no UTF-8', async () => {
    const body = Buffer.concat([
      Buffer.from(
        `${json({ subscriber: person(1) })}{"subscriber": "${'x'.repeat(70_000)}"}\n{"subscriber": "`,
      ),
      Buffer.from([0xff, 0xfe]),
      Buffer.from(`"}\n${json({ subscriber: person(2) })}`),
    ]);
    expect(await importing(body)).toEqual({
      ...NOTHING,
      imported: 2,
      rejected: 2,
      errors: [
        { line: 2, reason: 'the line is longer than 65536 bytes' },
        { line: 3, reason: 'the line is not UTF-8' },
      ],
    });
  });

  it('shows the first thousand errors and counts them all', async () => {
    const result = await importing('nonsense\n'.repeat(2_500));
    expect(result.rejected).toBe(2_500);
    expect(result.errors).toHaveLength(1_000);
    expect(result.errors.at(-1)).toEqual({ line: 1_000, reason: 'the line is not JSON' });
  });

  it('can be repeated harmlessly, and adds the tags that are new', async () => {
    const body = json({ subscriber: person(1), tags: ['a'] }, { subscriber: person(2) });
    await importing(body);
    const before = await followers();
    expect(await importing(body)).toMatchObject({ imported: 0, unchanged: 2 });
    expect(await followers()).toEqual(before);
    const more = { subscriber: person(1), followedAt: '2026-01-05T10:00:00Z', tags: ['A', 'b'] };
    expect(await importing(json(more, { subscriber: person(2) }))).toEqual({
      ...NOTHING,
      updated: 1,
      unchanged: 1,
      tagsCreated: 1,
    });
    const [ana] = (await followers()).filter(({ subscriber }) => subscriber === person(1));
    expect(ana?.tags.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(ana?.followedAt).toBe(before.find(({ subscriber }) => subscriber === person(1))?.followedAt);
  });

  it('counts a person once in a file: the first line says since when, all of them say which tags', async () => {
    const body = json(
      { subscriber: person(1), followedAt: '2026-01-05T10:00:00Z', tags: ['a'] },
      { subscriber: person(1), followedAt: '2026-01-01T10:00:00Z', tags: ['b'] },
    );
    expect(await importing(body)).toMatchObject({ imported: 1, unchanged: 1 });
    const [ana] = await followers();
    expect(ana).toMatchObject({
      followedAt: '2026-01-05T10:00:00.000Z',
      tags: [{ name: 'a' }, { name: 'b' }],
    });
  });

  it('does not bring back whoever has left, unless they followed after that', async () => {
    const ana = await givenFollower(app, brand, person(1));
    expectStatus(204, await ana.delete(`/me/follows/${brand.id}`));
    await app.database.query(
      `UPDATE follows SET followed_at = '2026-01-01', unfollowed_at = '2026-02-01' WHERE subscriber_id = $1`,
      [subscriberIdOf(ana.sub)],
    );
    const left = { ...NOTHING, unchanged: 1 };
    expect(await importing(json({ subscriber: person(1), tags: ['a'] }))).toEqual({
      ...left,
      tagsCreated: 1,
    });
    expect(await importing(json({ subscriber: person(1), followedAt: '2026-01-31T23:00:00Z' }))).toEqual(
      left,
    );
    expect(await importing(json({ subscriber: person(1), followedAt: '2026-02-01T00:00:00Z' }))).toEqual(
      left,
    );
    expect(await followers()).toEqual([]);
    expect(
      await importing(json({ subscriber: person(1), followedAt: '2026-02-02T10:00:00Z' })),
    ).toMatchObject({ imported: 1 });
    expect(await followers()).toMatchObject([{ followedAt: '2026-02-02T10:00:00.000Z', tags: [] }]);
  });

  it('refuses the lines whose tags would be one too many', async () => {
    await app.database.query(
      `INSERT INTO tags (id, account_id, name, folded, created_at)
       SELECT gen_random_uuid(), $1, 'tag ' || n, 'tag ' || n, now() FROM generate_series(1, 199) AS n`,
      [brand.id],
    );
    const body = json(
      { subscriber: person(1), tags: ['tag 1', 'last'] },
      { subscriber: person(2), tags: ['beyond'] },
      { subscriber: person(3), tags: ['LAST'] },
    );
    expect(await importing(body)).toEqual({
      ...NOTHING,
      imported: 2,
      rejected: 1,
      tagsCreated: 1,
      errors: [{ line: 2, reason: 'an account has at most 200 tags' }],
    });
  });

  it('by two admins at once imports everybody once', async () => {
    const lines = Array.from({ length: 3_000 }, (_, n) => ({
      subscriber: person(n),
      tags: [`tag ${n % 5}`],
    }));
    const [one, two] = await Promise.all([importing(json(...lines)), importing(json(...lines.reverse()))]);
    expect(one.imported + two.imported).toBe(3_000);
    expect(one.unchanged + two.unchanged).toBe(3_000);
  });

  it('while the same people come and go leaves at most one open follow each', async () => {
    const people = await Promise.all([1, 2, 3, 4].map((n) => givenSubscriber(app, person(n))));
    const body = json(...people.map(({ sub }) => ({ subscriber: sub, tags: ['a'] })));
    const answers = await Promise.all([
      ...people.flatMap((one) => [
        one.put(`/me/follows/${brand.id}`),
        one.delete(`/me/follows/${brand.id}`),
        one.delete('/me'),
        one.put(`/me/follows/${brand.id}`),
      ]),
      upload(body),
      upload(body),
      upload(body),
    ]);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const strays = await app.database.query<unknown[]>(
      `SELECT FROM follows f WHERE f.account_id = $1 AND f.unfollowed_at IS NULL
          AND NOT EXISTS (SELECT FROM subscribers s WHERE s.id = f.subscriber_id)`,
      [brand.id],
    );
    expect(strays).toEqual([]);
  });

  it('leaves one audit entry with its counts', async () => {
    await importing(json({ subscriber: person(1) }, { subscriber: person(1) }, { subscriber: '' }));
    const entries = await app.database.query<{ facts: object; subject: string }[]>(
      `SELECT subject, facts FROM audit_entries WHERE action = 'followers.imported' AND account_id = $1`,
      [brand.id],
    );
    const facts = { imported: 1, updated: 0, unchanged: 1, rejected: 1, tagsCreated: 0, complete: true };
    expect(entries).toEqual([{ subject: `account:${brand.id}`, facts }]);
  });

  it.each([
    ['name\nu1\n', 'there is no column "name"'],
    ['followedAt\n', 'the header names no column subscriber'],
    ['subscriber,tags,tags\n', 'the header names a column twice'],
    [Buffer.from([0xff, 0x0a]), 'the line is not UTF-8'],
  ])('refuses a CSV file with the wrong header (%#)', async (body, detail) => {
    const answer = await upload(body, CSV);
    expect(answer.body).toMatchObject({
      status: 400,
      type: '/problems/invalid-request',
      detail: expect.stringContaining(detail) as string,
    });
  });

  it('takes a file without lines', async () => {
    expect(await importing('\n\n')).toEqual(NOTHING);
    expect(await importing('subscriber,tags\n', CSV)).toEqual(NOTHING);
  });

  it('takes the types that programs and browsers send, and judges vague ones by their content', async () => {
    const csv = (n: number) => `Subscriber;Tags\r\n${person(`type-${n}`)};"vip"\r\n`;
    const types = [
      'application/vnd.ms-excel',
      'application/octet-stream',
      'application/csv',
      'text/csv;charset=UTF-8;header=present',
      'TEXT/CSV',
    ];
    for (const [n, type] of types.entries()) {
      expect({ type, ...(await importing(csv(n), type)) }).toMatchObject({ type, imported: 1, rejected: 0 });
    }
    for (const [n, type] of [
      'application/octet-stream',
      'application/jsonl',
      'application/x-ndjson',
    ].entries()) {
      const body = json({ subscriber: person(`line-${n}`) });
      expect({ type, ...(await importing(body, type)) }).toMatchObject({ type, imported: 1, rejected: 0 });
    }
    const utf16 = Buffer.from(csv(9), 'utf16le');
    expect(await importing(utf16, 'text/csv; charset=utf-16')).toMatchObject({ imported: 1 });
  });

  describe('as a form, as browsers send files', () => {
    const form = (...parts: readonly string[]) =>
      `${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`;
    const file = (content: string, type: string) =>
      `Content-Disposition: form-data; name="file"; filename="people.csv"\r\nContent-Type: ${type}\r\n\r\n${content}`;
    const field = 'Content-Disposition: form-data; name="note"\r\n\r\nFrom the old app';
    const MULTIPART = 'multipart/form-data; boundary=edge';

    it('reads the first file of it, of whatever type the browser takes it for', async () => {
      for (const type of ['text/csv', 'application/vnd.ms-excel', 'text/plain', 'application/octet-stream']) {
        const content = `subscriber,tags\r\n${person(type)},vip\r\n`;
        expect(await importing(form(field, file(content, type)), MULTIPART)).toMatchObject({
          imported: 1,
          rejected: 0,
        });
      }
      const many = Array.from({ length: 20_000 }, (_, n) => `${person(`many-${n}`)}\n`).join('');
      expect(await importing(form(file(`subscriber\n${many}`, 'text/csv')), MULTIPART)).toMatchObject({
        imported: 20_000,
      });
    });

    it.each([
      ['without a file', form(field), 400],
      ['that is cut off before its file', '--edge\r\nContent-Disp', 400],
      ['with a file of the wrong columns', form(file('name\r\nAnn\r\n', 'text/csv')), 400],
    ])('is refused in words %s', async (_, body, status) => {
      const answer = await upload(body, MULTIPART);
      expect({ status: answer.status, text: answer.text }).toMatchObject({ status });
    });

    it('keeps what was read of a file that is cut off, and says so', async () => {
      const content = form(file(`subscriber\r\n${person('kept')}\r\n${person('cut')}`, 'text/csv'));
      const answer = await upload(content.slice(0, content.lastIndexOf('\r\n--edge--')), MULTIPART);
      expect(answer.status).toBe(400);
      expect(answer.text).toMatch(/broke off|cannot be read/);
    });

    it('is refused without its boundary', async () => {
      expect((await upload(form(field), 'multipart/form-data')).status).toBe(400);
    });
  });

  describe('as a dry run', () => {
    const rehearsing = async (body: string, type = NDJSON) => {
      const path = `/admin/accounts/${brand.id}/followers/import?dryRun=true`;
      return expectStatus(200, await app.admin.send<Result>('POST', path, body, { 'content-type': type }))
        .body;
    };
    const everything = () =>
      app.database.query<unknown[]>(
        `SELECT (SELECT count(*) FROM follows) AS follows, (SELECT count(*) FROM taggings) AS taggings,
                (SELECT count(*) FROM tags) AS tags, (SELECT count(*) FROM subscribers) AS subscribers,
                (SELECT count(*) FROM audit_entries) AS audit`,
      );

    it('says what the import then does, and writes nothing', async () => {
      const left = await givenFollower(app, brand, person('left'));
      expectStatus(204, await left.delete(`/me/follows/${brand.id}`));
      await importing(json({ subscriber: person('old'), tags: ['a'] }, { subscriber: person('plain') }));
      // More than a batch, and people who are named again in a later one.
      const many = Array.from({ length: 12_000 }, (_, n) => ({
        subscriber: person(`many-${n % 11_000}`),
        tags: n >= 11_000 && n % 2 === 0 ? ['late'] : n % 3 === 0 ? ['third'] : [],
      }));
      const body =
        json(
          { subscriber: person('left'), tags: ['b'] },
          { subscriber: person('left'), followedAt: '2026-01-01T00:00:00Z' },
          { subscriber: person('old'), tags: ['A'] },
          { subscriber: person('plain'), tags: ['a', 'c'] },
          { subscriber: person('new'), tags: ['İ', 'i'] },
          { subscriber: '' },
          ...many,
        ) + 'nonsense\n';
      const before = await everything();
      const rehearsed = await rehearsing(body);
      expect(await everything()).toEqual(before);
      expect(await importing(body)).toEqual(rehearsed);
      expect(rehearsed).toMatchObject({ imported: 11_001, rejected: 2, tagsCreated: 5 });
      expect(rehearsed.updated).toBeGreaterThan(400);
    });

    it('says how the file was read, where that is asked for', async () => {
      const formatOf = async (body: string | Buffer, type = CSV) => {
        const path = `/admin/accounts/${brand.id}/followers/import?dryRun=true&withFormat=true`;
        const answer = await app.admin.send<{ format?: object }>('POST', path, body, {
          'content-type': type,
        });
        return expectStatus(200, answer).body.format;
      };
      expect(await formatOf(`\uFEFFSubscriber;Followed at;TAGS;;\r\n${person(1)};;vip;;\r\n`)).toEqual({
        form: 'csv',
        encoding: 'utf-8',
        separator: ';',
        columns: [
          { header: 'Subscriber', field: 'subscriber' },
          { header: 'Followed at', field: 'followedAt' },
          { header: 'TAGS', field: 'tags' },
        ],
      });
      // No line end yet: the header is known only when the file has ended.
      expect(await formatOf(Buffer.from('\uFEFFtags\tsubscriber', 'utf16le'))).toEqual({
        form: 'csv',
        encoding: 'utf-16le',
        separator: '\t',
        columns: [
          { header: 'tags', field: 'tags' },
          { header: 'subscriber', field: 'subscriber' },
        ],
      });
      expect(await formatOf(json({ subscriber: person(1) }), 'application/octet-stream')).toEqual({
        form: 'ndjson',
        encoding: 'utf-8',
        separator: null,
        columns: [],
      });
      expect(await formatOf('')).toBeUndefined();
    });

    it('says which tags would be too many', async () => {
      const tags = (from: number) => Array.from({ length: 40 }, (_, n) => `tag ${from + n}`);
      const body = json(
        ...[0, 40, 80, 120, 160, 180].map((from) => ({ subscriber: person(from), tags: tags(from) })),
      );
      const rehearsed = await rehearsing(body);
      expect(rehearsed).toMatchObject({ imported: 5, rejected: 1, tagsCreated: 200 });
      expect(await importing(body)).toEqual(rehearsed);
    });

    it('is not taken for an import when it is misspelt', async () => {
      for (const query of [
        'dryRun=1',
        'dryRun=',
        'dryRun=yes',
        'dryrun=true',
        'dry_run=true',
        'dryRun=TRUE',
      ]) {
        const path = `/admin/accounts/${brand.id}/followers/import?${query}`;
        const answer = await app.admin.send('POST', path, json({ subscriber: person(1) }), {
          'content-type': NDJSON,
        });
        expect({ query, status: answer.status }).toEqual({ query, status: 400 });
      }
      expect(await followers()).toEqual([]);
    });
  });

  it('refuses what is neither NDJSON nor CSV in UTF-8', async () => {
    for (const type of [
      'application/json',
      'text/plain',
      'application/xml',
      'text/csv; charset=iso-8859-1',
    ]) {
      const answer = await upload('{}', type);
      expect(answer.body).toMatchObject({
        status: 415,
        type: '/problems/unsupported-media-type',
        detail: type.includes('iso') ? 'Send UTF-8.' : 'Send application/x-ndjson or text/csv.',
      });
    }
    const path = `/admin/accounts/${brand.id}/followers/import`;
    expectStatus(415, await app.admin.post(path));
    expectStatus(
      415,
      await app.admin.send('POST', path, 'x', { 'content-type': NDJSON, 'content-encoding': 'gzip' }),
    );
  });

  it('is for admins, into accounts that exist and are not closed', async () => {
    const line = json({ subscriber: person(1) });
    const path = (id: string) => `/admin/accounts/${id}/followers/import`;
    const headers = { 'content-type': NDJSON };
    expectStatus(403, await brand.owner.send('POST', path(brand.id), line, headers));
    expectStatus(401, await app.api.send('POST', path(brand.id), line, headers));
    expectStatus(
      404,
      await app.admin.send('POST', path('018f4e5a-0000-7000-8000-000000000000'), line, headers),
    );
    expectStatus(404, await app.admin.send('POST', path('not-an-id'), line, headers));
    await app.database.query(`UPDATE accounts SET status = 'closed' WHERE id = $1`, [brand.id]);
    expect((await upload(line)).body).toMatchObject({ status: 409, type: '/problems/account-not-active' });
  });

  describe('over a connection', () => {
    /** Sends chunk by chunk until the answer has come. */
    function send(
      path: string,
      key: string,
      type: string,
      chunks: Iterable<string>,
    ): Promise<IncomingMessage> {
      const { port } = app.app.getHttpServer().address() as AddressInfo;
      return new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${key}`, 'content-type': type };
        const upload = request({ host: '127.0.0.1', port, path, method: 'POST', headers }, (answer) => {
          answer.resume();
          answer.once('end', () => {
            resolve(answer);
            // Node's client stops sending here, in the middle, and would hold the connection open for ever.
            upload.destroy();
          });
        });
        upload.once('error', reject);
        Readable.from(chunks).pipe(upload);
      });
    }

    function* megabytes(size: number, first = ''): Generator<string> {
      yield first;
      const chunk = json({ subscriber: 'somebody' }).repeat(2_000);
      for (let sent = 0; sent < size * 1_000_000; sent += chunk.length) yield chunk;
    }

    it('gets its answer also when it is refused while it still sends', async () => {
      const path = (id: string) => `/v1/admin/accounts/${id}/followers/import`;
      const nobody = '018f4e5a-0000-7000-8000-000000000000';
      expect((await send(path(nobody), ADMIN_KEY, NDJSON, megabytes(8))).statusCode).toBe(404);
      expect((await send(path(brand.id), 'not a key', NDJSON, megabytes(8))).statusCode).toBe(401);
      expect((await send(path(brand.id), ADMIN_KEY, CSV, megabytes(8, 'name\n'))).statusCode).toBe(400);
    });

    it('gets its answer also when it is refused and reads nothing before all is sent', async () => {
      const { port } = app.app.getHttpServer().address() as AddressInfo;
      const body = Buffer.from([...megabytes(16, 'name\n')].join(''));
      const socket = connect(port, '127.0.0.1').pause();
      socket.write(
        `POST /v1/admin/accounts/${brand.id}/followers/import HTTP/1.1\r\nhost: a\r\n` +
          `authorization: Bearer ${ADMIN_KEY}\r\ncontent-type: ${CSV}\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      await new Promise<void>((resolve, reject) => {
        socket.write(body, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
      const [answer] = (await once(socket.resume(), 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1.1 400 /);
      socket.destroy();
    });

    it('leaves whole batches when it breaks off', async () => {
      const { port } = app.app.getHttpServer().address() as AddressInfo;
      const path = `/v1/admin/accounts/${brand.id}/followers/import`;
      const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': NDJSON };
      const upload = request({ host: '127.0.0.1', port, path, method: 'POST', headers });
      upload.on('error', () => undefined);
      const lines = Array.from({ length: 25_000 }, (_, n) => ({ subscriber: person(n) }));
      upload.write(json(...lines));
      const count = async () => {
        const [row] = await app.database.query<[{ count: string }]>(
          'SELECT count(*) FROM follows WHERE account_id = $1',
          [brand.id],
        );
        return Number(row.count);
      };
      await eventually(async () => (await count()) === 20_000);
      upload.destroy();
      const entries = () =>
        app.database.query<{ facts: object }[]>(
          `SELECT facts FROM audit_entries WHERE action = 'followers.imported' AND account_id = $1`,
          [brand.id],
        );
      await eventually(async () => (await entries()).length > 0);
      expect(await entries()).toEqual([
        {
          facts: {
            ...{ imported: 20_000, updated: 0, unchanged: 0, rejected: 0, tagsCreated: 0 },
            complete: false,
          },
        },
      ]);
      expect(await count()).toBe(20_000);
    });
  });
});
