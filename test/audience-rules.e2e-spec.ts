import { startTestApp, type TestApp } from './support/app';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  hello,
  read,
  type Brand,
} from './support/given';
import { tick } from './support/publishing';

const REFUSED: readonly unknown[] = [
  { tags: {} },
  { tags: { any: [] } },
  { tags: { all: [] } },
  { tags: { none: [] } },
  { tags: { any: [], none: [] } },
  { tags: { any: [], all: [], none: [] } },
  { tags: { any: [], none: ['vip'] } },
  { tags: { all: [], none: ['vip'] } },
  { tags: { any: [], all: ['vip'] } },
  { tags: { any: null } },
  { tags: { any: ['vip'], none: null } },
  { tags: { any: [null] } },
  { tags: { any: [''] } },
  { tags: { any: [' '] } },
  { tags: { any: ['\u200b'] } },
  { tags: [] },
  { tags: null },
  { tags: 'vip' },
  { everyone: false },
  { everyone: null },
  { everyone: 'true' },
  { everyone: true, tags: { any: ['vip'] } },
  { everyone: true, tags: {} },
  { everyone: false, tags: { any: [] } },
  {},
  [],
  null,
  'everyone',
];

const IMPOSSIBLE: readonly unknown[] = [
  { tags: { any: ['vip'], none: ['vip'] } },
  { tags: { any: ['vip', 'new'], none: ['new', 'vip'] } },
  { tags: { all: ['vip', 'new'], none: ['new'] } },
  { tags: { any: ['vip'], all: ['new'], none: ['NEW'] } },
];

const SOUND: readonly unknown[] = [
  undefined,
  { everyone: true },
  { tags: { none: ['vip'] } },
  { tags: { any: ['vip', 'new'], none: ['new'] } },
  { tags: { any: ['vip'], all: ['vip', 'new'], none: [] } },
];

describe('an audience that reaches nobody it should', () => {
  let app: TestApp;
  let brand: Brand;
  beforeAll(async () => {
    app = await startTestApp();
    brand = await givenBrand(app);
    for (const name of ['vip', 'new']) {
      expectStatus(201, await brand.owner.post(brand.path('/tags'), { name }));
    }
  });
  afterAll(() => app.stop());

  /** Every operation that takes an audience. */
  async function answersTo(audience: unknown): Promise<Record<string, { status: number; text: string }>> {
    const draft = await givenDraft(brand, { audience: { tags: { any: ['vip'] } } });
    const path = brand.path(`/broadcasts/${draft.id}`);
    const answers = {
      create: await brand.owner.post(brand.path('/broadcasts'), { content: hello, audience }),
      edit: await brand.owner.patch(path, { audience }, { 'if-match': '*' }),
      // A body that is no object at all is another matter: it is not read as JSON.
      ...(typeof audience === 'object' && {
        size: await brand.owner.post(brand.path('/audience'), audience),
      }),
    };
    if (answers.edit.status !== 200) expect(await read(brand, draft.id)).toEqual(draft);
    return answers;
  }

  it('is refused with 400 by every operation when it says nothing or names no tag', async () => {
    for (const audience of REFUSED) {
      for (const [operation, { status, text }] of Object.entries(await answersTo(audience))) {
        expect({ audience, operation, status, text }).toMatchObject({ audience, operation, status: 400 });
      }
    }
  });

  it('is refused with 422 by every operation when nobody can meet it, naming the tags', async () => {
    for (const audience of IMPOSSIBLE) {
      for (const [operation, { status, text }] of Object.entries(await answersTo(audience))) {
        expect({ audience, operation, status, text }).toMatchObject({ audience, operation, status: 422 });
        expect(text).toMatch(/impossible-audience.*Nobody can meet this rule.*(vip|new)/);
      }
    }
  });

  it('is taken by every operation when it names tags that somebody could hold, or everyone', async () => {
    for (const audience of SOUND) {
      for (const [operation, { status, text }] of Object.entries(await answersTo(audience))) {
        expect({ audience, operation, status, text }).toMatchObject({
          audience,
          operation,
          status: operation === 'create' ? 201 : 200,
        });
      }
    }
  });

  it('does not go to everybody when a computed list of tags comes out empty', async () => {
    const crowd = await Promise.all([1, 2, 3].map(() => givenFollower(app, brand)));
    const request = {
      content: { type: 'text', text: 'only for vips' },
      audience: { tags: { any: [] } },
      schedule: { now: true },
    };
    const answer = expectStatus(400, await brand.owner.post(brand.path('/broadcasts'), request));
    expect(answer.text).toContain('names no tag');
    await tick(app);
    for (const person of crowd) {
      const { body } = await person.get<{ items: unknown[] }>(`/me/inbox/${brand.id}`);
      expect(body.items).toEqual([]);
    }
  });

  it('cannot be scheduled when it was written before such rules were refused', async () => {
    const { id } = await givenDraft(brand, { audience: { tags: { any: ['vip'] } } });
    await app.database.query('UPDATE broadcasts SET audience_none = audience_any WHERE id = $1', [id]);
    const answer = await brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true });
    expect(expectStatus(422, answer).body).toMatchObject({ type: '/problems/impossible-audience' });
  });
});
