import type { OpenAPIObject } from '@nestjs/swagger';
import { buildOpenApi } from '../src/http/openapi';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import type { Answer, Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { BrandWorld } from './support/brand-world';
import { Call, fill, type Ids } from './support/call';
import { expectStatus, givenSubscriber, hello } from './support/given';
import { OPERATIONS, type Access, type Operation } from './support/operations';

type Caller =
  | 'nobody'
  | 'a revoked key'
  | "another brand's owner"
  | "another brand's key"
  | 'a viewer key'
  | 'an editor key'
  | 'another subscriber'
  | 'an admin';

const UNKNOWN = { nobody: 401, 'a revoked key': 401 } as const;
const OTHERS = { "another brand's owner": 403, "another brand's key": 403 } as const;
const KEYS = { 'a viewer key': 403, 'an editor key': 403 } as const;
const STRANGERS = {
  "another brand's owner": 404,
  "another brand's key": 404,
  'another subscriber': 403,
} as const;

/** How each caller is refused; whoever is missing is not. */
const REFUSALS: Readonly<Record<Access, Partial<Record<Caller, 401 | 403 | 404>>>> = {
  public: {},
  known: UNKNOWN,
  user: { ...UNKNOWN, ...KEYS, "another brand's key": 403, 'another subscriber': 403, 'an admin': 403 },
  subscriber: { ...UNKNOWN, ...OTHERS, ...KEYS, 'an admin': 403 },
  admin: { ...UNKNOWN, ...OTHERS, ...KEYS, 'another subscriber': 403 },
  viewer: { ...UNKNOWN, ...STRANGERS },
  editor: { ...UNKNOWN, ...STRANGERS, 'a viewer key': 403, 'an admin': 403 },
  owner: { ...UNKNOWN, ...STRANGERS, ...KEYS, 'an admin': 403 },
};

type PathItem = OpenAPIObject['paths'][string];
interface Page {
  readonly nextCursor: string | null;
}

const ABSENT = '00000000-0000-7000-8000-000000000000';

describe('isolation', () => {
  let test: TestApp;
  let shared: BrandWorld;
  let stranger: BrandWorld;
  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
    shared = await BrandWorld.make(test);
    stranger = await BrandWorld.make(test);
  });
  afterAll(() => test.stop());

  it('is watched for every operation that there is, and for no other', () => {
    const { paths } = buildOpenApi(test.app);
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(Object.keys(OPERATIONS).sort()).toEqual(operations.sort());
  });

  describe.each(Object.entries(OPERATIONS))('%s', (name, operation) => {
    const call = new Call(name, operation);
    let world: BrandWorld;
    let ids: Ids;
    beforeAll(async () => {
      world = operation.destroys || operation.before ? await BrandWorld.make(test) : shared;
      ids = (await operation.ids?.(world)) ?? (await world.ids(call.template, operation.broadcast));
      await operation.before?.(world);
    });

    it(`is for ${nameOf(operation)}, and neither shows nor does anything to anybody else`, async () => {
      const before = await everythingOf(world);
      for (const [caller, status] of refusalsOf(operation)) {
        const answer = await call.send(await apiOf(caller, world), ids, world);
        expect({ caller, status: answer.status }).toEqual({ caller, status });
        expectNothingOf(world, answer);
      }
      for (const api of await othersWhoAreWelcome(call, world)) {
        const answer = await call.send(api, ids, world);
        expect(isSuccess(answer) || answer.status === operation.toOtherSubscriber).toBe(true);
        expectNothingOf(world, answer);
      }
      expect(await everythingOf(world)).toEqual(before);
    });

    for (const parameter of call.foreignParameters) {
      it(`answers the same for another brand's {${parameter}} as for one that there is not`, async () => {
        const before = await everythingOf(world);
        const own = await stranger.keptIds(call.template, operation.broadcast);
        const ask = (id: string) => call.send(stranger.brand.owner, { ...own, [parameter]: id }, stranger);
        const absent = await ask(parameter === 'subscriber' ? 'nobody-at-all' : ABSENT);
        const foreign = await ask(ids[parameter] ?? '');
        expect(told(foreign)).toEqual(told(absent));
        if (parameter !== 'subscriber') expect(foreign.status).toBe(404);
        expectNothingOf(world, foreign, ids[parameter]);
        expect(await everythingOf(world)).toEqual(before);
      });
    }

    if (operation.endless) return;
    // Else a mistake in the request might be what the others were refused for.
    it('works for whom it is for', async () => {
      const answer = await call.send(rightfulCaller(operation.access, world), ids, world);
      if (!isSuccess(answer)) throw new Error(`Refused with ${answer.status}: ${answer.text}`);
    });
  });

  it('lets nobody turn the pages of another brand', async () => {
    let lists = 0;
    for (const path of listsOfBrands()) {
      const ids = await shared.ids(path);
      const list = (api: Api, world: Ids, query: string) => api.get<Page>(fill(path, world) + query);
      const { nextCursor } = expectStatus(200, await list(shared.brand.owner, ids, '?limit=1')).body;
      if (nextCursor === null) continue;
      const own = await stranger.keptIds(path);
      const answer = await list(stranger.brand.owner, own, `?cursor=${nextCursor}`);
      expect(answer.body).toMatchObject({ status: 400, type: '/problems/invalid-cursor' });
      lists += 1;
    }
    expect(lists).toBeGreaterThan(5);
  });

  it('answers the same for the tag of another brand in a question as for one that there is not', async () => {
    const { tagId = '' } = await shared.ids('{tagId}');
    const ask = (tag: string) => stranger.brand.owner.get(stranger.brand.path(`/followers?tag=${tag}`));
    expect(told(await ask(tagId))).toEqual(told(await ask(ABSENT)));
    const address = (tag: string) =>
      stranger.brand.owner.post(stranger.brand.path('/broadcasts'), {
        content: hello,
        audience: { tags: { any: [tag] } },
      });
    expect(told(await address(tagId)).type).toBe('/problems/unknown-tag');
    expect(told(await address(tagId)).status).toBe(told(await address(ABSENT)).status);
  });

  async function apiOf(caller: Caller, { keys }: BrandWorld): Promise<Api> {
    switch (caller) {
      case 'nobody':
        return test.api;
      case 'a revoked key':
        return keys.revoked;
      case "another brand's owner":
        return stranger.brand.owner;
      case "another brand's key":
        return stranger.keys.owner;
      case 'a viewer key':
        return keys.viewer;
      case 'an editor key':
        return keys.editor;
      case 'another subscriber':
        return givenSubscriber(test);
      case 'an admin':
        return test.admin;
    }
  }

  function rightfulCaller(access: Access, { brand, keys, follower }: BrandWorld): Api {
    switch (access) {
      case 'public':
        return test.api;
      case 'known':
      case 'user':
      case 'owner':
        return brand.owner;
      case 'subscriber':
        return follower;
      case 'admin':
        return test.admin;
      case 'viewer':
      case 'editor':
        return keys[access];
    }
  }

  /** Those who may call it, too, and may see nothing of this brand's all the same. */
  async function othersWhoAreWelcome({ isReading, operation }: Call, world: BrandWorld): Promise<Api[]> {
    if (operation.endless) return [];
    if (operation.access === 'subscriber') return [await apiOf('another subscriber', world)];
    if (operation.access === 'known') return [stranger.brand.owner, stranger.keys.owner];
    return operation.access === 'public' && isReading ? [test.api] : [];
  }

  function listsOfBrands(): string[] {
    const { paths } = buildOpenApi(test.app);
    const isList = ([path, { get }]: [string, PathItem]) =>
      path.startsWith('/v1/accounts/') &&
      get?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'cursor');
    return Object.entries(paths)
      .filter(isList)
      .map(([path]) => path);
  }

  /** Every row that is the brand's or its follower's. A key's last use is no secret, and no harm. */
  async function everythingOf({ brand, ownerEmail, follower }: BrandWorld): Promise<object> {
    const tables = await test.database.query<{ name: string; person: boolean }[]>(
      `SELECT table_name AS name, bool_or(column_name = 'subscriber_id') AS person FROM information_schema.columns
        WHERE table_schema = 'public' GROUP BY 1 HAVING bool_or(column_name IN ('account_id', 'subscriber_id')) ORDER BY 1`,
    );
    const rows = tables.map(
      ({ name, person }) =>
        `(SELECT jsonb_agg(to_jsonb(t) - 'last_used_at' ORDER BY to_jsonb(t)) FROM ${name} t
           WHERE ${person ? 'subscriber_id = $2' : 'account_id = $1'}) AS ${name}`,
    );
    const [everything] = await test.database.query<[object]>(
      `SELECT ${rows.join(', ')}, (SELECT to_jsonb(a) FROM accounts a WHERE id = $1) AS account,
              (SELECT to_jsonb(u) FROM users u WHERE email = $3) AS owner`,
      [brand.id, subscriberIdOf(follower.sub), ownerEmail],
    );
    return everything;
  }
});

function refusalsOf({ access, adminToo }: Operation): [Caller, number][] {
  const refusals = Object.entries(REFUSALS[access]) as [Caller, number][];
  return refusals.filter(([caller]) => !(adminToo && caller === 'an admin'));
}

function nameOf({ access, adminToo }: Operation): string {
  return adminToo ? `${access} and admins` : access;
}

function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300;
}

/** What an answer says, apart from which request it belongs to. */
function told({ status, body }: Answer<unknown>) {
  const { type, title, detail } = (body ?? {}) as Record<string, unknown>;
  return { status, type, title, detail };
}

/** @param said what the caller has said and may be told again */
function expectNothingOf(world: BrandWorld, { text }: Answer, said = ''): void {
  const news = said === '' ? text : text.replaceAll(said, '');
  for (const secret of world.secrets) expect(news).not.toContain(secret);
}
