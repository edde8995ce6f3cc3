import type { AddressInfo } from 'node:net';
import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApi } from '../src/http/openapi';
import { startTestApp, type TestApp } from './support/app';
import { BrandWorld } from './support/brand-world';
import { OPERATIONS } from './support/operations';

type Parameter = { readonly in: string; readonly name: string; readonly schema?: { readonly type?: string } };

interface Streamed {
  readonly name: string;
  readonly path: string;
  readonly types: readonly string[];
  readonly query: readonly string[];
}

/** Operations that send something else than one JSON document, which begins before all of it is known. */
function streamedOf(document: OpenAPIObject): Streamed[] {
  return Object.entries(document.paths).flatMap(([path, { get }]) => {
    const ok = get?.responses['200'];
    const types = Object.keys((ok && 'content' in ok && ok.content) || {}).filter(
      (type) => !/json$|^text\/(html|plain)/.test(type),
    );
    if (types.length === 0) return [];
    const parameters = (get?.parameters ?? []) as readonly Parameter[];
    const query = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
    return [{ name: `GET ${path}`, path, types, query }];
  });
}

const forged = (...key: readonly unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

/** What somebody may send in any parameter; many operations refuse some of these, and all must say so in words. */
const HOSTILE = [
  '',
  'x',
  '%00',
  '%EF%BF%BF',
  '2026-02-30T00:00:00Z',
  '9'.repeat(300),
  '01994000-0000-7000-8000-000000000000',
  forged(),
  forged(null),
  forged('followers of somebody', '2026-02-30T00:00:00.000000Z', 'x'),
  forged('quota [null,null,{"by":"handle","descending":false}]', {}, []),
];

describe('every answer that is sent in parts', () => {
  let test: TestApp;
  let world: BrandWorld;
  let base: string;
  let streamed: Streamed[];
  beforeAll(async () => {
    test = await startTestApp();
    await test.app.listen(0, '127.0.0.1');
    base = `http://127.0.0.1:${(test.app.getHttpServer().address() as AddressInfo).port}`;
    world = await BrandWorld.make(test);
    streamed = streamedOf(buildOpenApi(test.app));
  });
  afterAll(() => test.stop());

  /** Status and type of the answer, of which only refusals are read; fails when the connection is broken off. */
  async function ask({ name, path, types }: Streamed, query: string): Promise<number> {
    const { access } = OPERATIONS[name] ?? { access: 'public' };
    const caller = { admin: test.admin, subscriber: world.follower }[access as string] ?? world.brand.owner;
    const ids = await world.keptIds(path);
    const url = path.replace(/\{(\w+)\}/g, (_, parameter: string) =>
      encodeURIComponent(ids[parameter] ?? ''),
    );
    const leave = new AbortController();
    const answer = await fetch(`${base}${url}?${query}`, {
      headers: { authorization: `Bearer ${caller.token ?? ''}`, accept: types.join(', ') },
      signal: leave.signal,
    });
    if (answer.status !== 200) {
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(await answer.json()).toHaveProperty('type');
    } else if (types.includes('text/event-stream')) leave.abort();
    else await answer.text();
    return answer.status;
  }

  it('is known to this test', () => {
    expect(streamed.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'GET /v1/accounts/{accountId}/followers',
        'GET /v1/admin/quota',
        'GET /v1/me/stream',
      ]),
    );
  });

  it('refuses before it begins, whatever is wrong with its parameters', async () => {
    for (const operation of streamed) {
      for (const parameter of [...operation.query, 'unknown']) {
        for (const value of HOSTILE) {
          const status = await ask(operation, `${parameter}=${value}`);
          expect([operation.name, parameter, value, status < 500]).toEqual([
            operation.name,
            parameter,
            value,
            true,
          ]);
        }
      }
    }
  });

  it('refuses the cursor of any other list, and of its own', async () => {
    const lists = ['/admin/audit?limit=1', '/admin/quota?limit=1', world.brand.path('/history?limit=1')];
    const cursors: string[] = [];
    for (const list of lists) {
      const { body } = await test.admin.get<{ nextCursor: string | null }>(list);
      if (body.nextCursor !== null) cursors.push(body.nextCursor);
    }
    expect(cursors.length).toBeGreaterThan(0);
    const files = streamed.filter(({ query }) => query.includes('cursor'));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      for (const cursor of cursors) {
        expect(await ask(file, `cursor=${cursor}&format=csv`)).toBe(400);
        expect(await ask(file, `cursor=${cursor}`)).toBe(400);
      }
    }
  });
});
