import fc from 'fast-check';
import { foldTagName, isTagName, tidyTagName } from '../src/audience/tag-name';
import { createDataSource } from '../src/database';
import { startTestApp, type TestApp } from './support/app';
import { givenAccount } from './support/by-hand';
import { cloneDatabase } from './support/database';
import { expectStatus, givenBrand, hello, unique, type Brand } from './support/given';

interface Tag {
  readonly id: string;
  readonly name: string;
}

describe('tags whose names people take for the same', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const tagsOf = async (brand: Brand): Promise<readonly Tag[]> =>
    expectStatus(200, await brand.owner.get<{ items: Tag[] }>(brand.path('/tags?limit=200'))).body.items;
  const create = (brand: Brand, name: string) => brand.owner.post<Tag>(brand.path('/tags'), { name });
  const address = (brand: Brand, tag: string) =>
    brand.owner.post(brand.path('/broadcasts'), { content: hello, audience: { tags: { any: [tag] } } });
  const upload = (brand: Brand, body: string, type = 'text/csv') =>
    app.admin.send<{ imported: number; rejected: number }>(
      'POST',
      `/admin/accounts/${brand.id}/followers/import`,
      body,
      { 'content-type': type },
    );

  it.each([
    ['İzmir', 'izmir', 'IZMIR'],
    ['ΑΘΗΝΕΣ', 'αθηνες', 'Αθηνεσ'],
    ['ＶＩＰ', 'vip', 'ｖip'],
    ['Cafe\u0301', 'CAFÉ', 'café'],
    ['Straße', 'STRASSE', 'straße'],
    ['early birds', 'Early\u00a0Birds', 'EARLY  BIRDS'],
  ])('are one tag for the API, whichever of %s, %s and %s comes first', async (...names) => {
    for (const first of names) {
      const brand = await givenBrand(app);
      const { id } = expectStatus(201, await create(brand, first)).body;
      for (const name of names) {
        expectStatus(409, await create(brand, name));
        const { body } = expectStatus(201, await address(brand, name));
        expect(body).toMatchObject({ audience: { tags: { any: [id] } } });
      }
      expect(await tagsOf(brand)).toHaveLength(1);
    }
  });

  it('are one tag for an import, in which no line is lost for it', async () => {
    const brand = await givenBrand(app);
    const run = unique('folding');
    const good = Array.from({ length: 3_000 }, (_, n) => `${run}-${n},`);
    const lines = ['subscriber,tags', ...good, `${run}-a,İstanbul`, `${run}-b,istanbul`, ''];
    const { body } = expectStatus(200, await upload(brand, lines.join('\n')));
    expect(body).toMatchObject({ imported: 3_002, rejected: 0 });
    expect((await tagsOf(brand)).map(({ name }) => name)).toEqual(['İstanbul']);
    const again = await upload(brand, `subscriber,tags\n${run}-c,ISTANBUL\n`);
    expect(expectStatus(200, again).body).toMatchObject({ imported: 1, rejected: 0 });
    expect(await tagsOf(brand)).toHaveLength(1);
  });

  it('are the same to the API, an import and a broadcast, whatever the name', async () => {
    const letters = fc.constantFrom(...'iİıIσςΣßẞéÉａＡ ab\u0301\u0307\u00a0\u3000\u200b\ufb01가힣ｶﾞ🥐&,"\'');
    const names = fc.oneof(
      fc.array(letters, { minLength: 1, maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(names, { minLength: 1, maxLength: 8 }), async (generated) => {
        const brand = await givenBrand(app);
        const line = (name: string) => JSON.stringify({ subscriber: unique('any'), tags: [name] });
        const { body } = expectStatus(
          200,
          await upload(brand, generated.map(line).join('\n'), 'application/x-ndjson'),
        );
        const good = generated.filter((name) => isTagName(tidyTagName(name)));
        const apart = new Set(good.map((name) => foldTagName(tidyTagName(name))));
        expect(body).toMatchObject({ imported: good.length, rejected: generated.length - good.length });
        expect(await tagsOf(brand)).toHaveLength(apart.size);
        for (const name of generated) {
          const isGood = good.includes(name);
          expect((await create(brand, name)).status).toBe(isGood ? 409 : 400);
          if (isGood) expectStatus(201, await address(brand, name));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('both stay when they were two before this rule: the younger one gets a number', async () => {
    const clone = await cloneDatabase();
    const source = await createDataSource(clone.url).initialize();
    const isThere = async () =>
      (await source.query<unknown[]>(`SELECT FROM information_schema.columns WHERE column_name = 'folded'`))
        .length > 0;
    try {
      const { id: account } = await givenAccount(source, 'service');
      while (await isThere()) await source.undoLastMigration();
      await source.query(
        `INSERT INTO tags (id, account_id, name, created_at, deleted_at)
         SELECT gen_random_uuid(), $1, tag.name, now() + make_interval(secs => tag.age), tag.deleted_at
           FROM unnest($2::text[], $3::timestamptz[]) WITH ORDINALITY AS tag (name, deleted_at, age)`,
        [account, ['Straße', 'STRASSE', 'vip', 'vip', 'ＶＩＰ'], [null, null, 'now', null, null]],
      );
      await source.runMigrations();
      const rows = await source.query<{ name: string }[]>(
        'SELECT name FROM tags WHERE deleted_at IS NULL ORDER BY created_at',
      );
      expect(rows.map(({ name }) => name)).toEqual(['Straße', 'STRASSE (2)', 'vip', 'ＶＩＰ (2)']);
    } finally {
      await source.destroy();
      await clone.drop();
    }
  });
});
