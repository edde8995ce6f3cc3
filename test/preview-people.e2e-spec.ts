import { subscriberIdOf } from '../src/auth/subscriber-id';
import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenMarketer,
  givenMember,
  givenPreviewCode,
  givenPreviewPerson,
  givenSubscriber,
  type Brand,
} from './support/given';
import { paged } from './support/pages';
import { tick } from './support/publishing';
import { untilWaiting } from './support/waiting';

interface PreviewPerson {
  readonly id: string;
  readonly name: string | null;
  readonly addedBy: object;
  readonly agreedAt: string;
}

const ABSENT = '00000000-0000-7000-8000-000000000000';
const someText = expect.any(String) as string;

describe('people who agree to see previews', () => {
  let app: TestApp;
  let limited: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ outboundAllow: ['127.0.0.1/32'], outboundAllowBrands: ['127.0.0.1/32'] });
    limited = await startTestApp({ databaseUrl: app.url, authRateLimit: 100 });
  });
  beforeEach(() => setClock(app.database, '2027-03-10T12:00:00Z'));
  afterAll(async () => {
    await limited.stop();
    await app.stop();
  });

  const add = (brand: Brand, code: string, more: object = {}, as: Api = brand.owner) =>
    as.post<PreviewPerson>(brand.path('/preview-people'), { code, ...more });
  const listOf = (brand: Brand) => paged<PreviewPerson>(brand.owner, brand.path('/preview-people'));
  const previewersOf = (person: Api) => paged<object>(person, '/me/previewers');
  const entriesOf = async (brand: Brand) =>
    app.database.query<{ actor: string; action: string; subject: string; facts: object }[]>(
      `SELECT actor, action, subject, facts FROM audit_entries WHERE account_id = $1 AND action LIKE '%preview%' ORDER BY id`,
      [brand.id],
    );

  function expectInvalid(answer: Parameters<typeof expectStatus>[1]): void {
    expect(expectStatus(422, answer).body).toMatchObject({ type: '/problems/preview-code-invalid' });
  }

  it('are added by the code from their inbox, named by the brand, and see which brands may show them previews', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    const made = expectStatus(
      201,
      await ana.post<{ code: string; expiresAt: string }>('/me/preview-code'),
    ).body;
    expect(made).toEqual({
      code: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/) as string,
      expiresAt: someText,
    });
    expect(Date.parse(made.expiresAt) - Date.parse('2027-03-10T12:15:00Z')).toBeLessThan(60_000);

    const { body } = expectStatus(
      201,
      await add(brand, ` ${made.code.toLowerCase().replace('-', ' ')}`, { name: ' Ana ' }),
    );
    expect(body).toEqual({
      id: someText,
      name: 'Ana',
      addedBy: { kind: 'user', id: brand.ownerId, name: 'Rosa Marín' },
      agreedAt: someText,
    });
    expect(await listOf(brand)).toEqual([body]);
    expect(JSON.stringify(body)).not.toContain(ana.sub);
    expect(body.id).not.toBe(subscriberIdOf(ana.sub));
    expect(await previewersOf(ana)).toEqual([
      {
        accountId: brand.id,
        account: expect.objectContaining({ id: brand.id, name: 'Sunrise Bakery' }) as object,
        name: 'Ana',
        agreedAt: body.agreedAt,
      },
    ]);
    const { id } = await givenDraft(brand);
    const shown = await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { people: [body.id] });
    expect(expectStatus(200, shown).body).toEqual({ previewed: 1, remainingToday: 99 });
  });

  it('are listed latest first, page by page, on both sides', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    const brands = [brand, await givenBrand(app), await givenBrand(app)];
    for (const one of brands) await givenPreviewPerson(one, ana);
    const ids = [];
    for (const name of ['Ben', 'Cleo'])
      ids.push(await givenPreviewPerson(brand, await givenSubscriber(app), name));
    expect((await listOf(brand)).map(({ name }) => name)).toEqual(['Cleo', 'Ben', null]);
    expect((await previewersOf(ana)) as { accountId: string }[]).toMatchObject(
      [...brands].reverse().map(({ id }) => ({ accountId: id })),
    );
  });

  it('who are added again stay the same, under the new name if one is given', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    const id = await givenPreviewPerson(brand, ana, 'Ana');
    expect(await givenPreviewPerson(brand, ana)).toBe(id);
    expect(await listOf(brand)).toMatchObject([{ id, name: 'Ana' }]);
    expect(await givenPreviewPerson(brand, ana, 'Ana from the shop')).toBe(id);
    expect(await listOf(brand)).toMatchObject([{ id, name: 'Ana from the shop' }]);
  });

  it('are not added by a code that is made up, used, replaced, expired or of an erased person', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    for (const code of ['2222-2222', 'nonsense', '1O0I-LLLL']) expectInvalid(await add(brand, code));

    const used = await givenPreviewCode(ana);
    expectStatus(201, await add(await givenBrand(app), used));
    expectInvalid(await add(brand, used));

    const replaced = await givenPreviewCode(ana);
    const expired = await givenPreviewCode(ana);
    expectInvalid(await add(brand, replaced));
    await setClock(app.database, '2027-03-10T12:16:00Z');
    expectInvalid(await add(brand, expired));

    const erased = await givenPreviewCode(ana);
    expectStatus(204, await ana.delete('/me'));
    expectInvalid(await add(brand, erased));
    expect(await listOf(brand)).toEqual([]);
  });

  it('are added once when a code is entered by two brands at the same time', async () => {
    const brands = [await givenBrand(app), await givenBrand(app), await givenBrand(app)];
    const code = await givenPreviewCode(await givenSubscriber(app));
    const answers = await Promise.all(brands.map((brand) => add(brand, code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  });

  it('are hidden in the database behind a hash of their code under a key, and expired codes are forgotten', async () => {
    const ana = await givenSubscriber(app);
    const code = await givenPreviewCode(ana);
    const readable = await app.database.query<object[]>(
      `SELECT FROM preview_codes WHERE position(convert_to($1, 'UTF8') IN code_hash) > 0
           OR code_hash IN (sha256(convert_to($1, 'UTF8')), sha256(convert_to(replace($1, '-', ''), 'UTF8')))`,
      [code],
    );
    expect(readable).toEqual([]);
    await setClock(app.database, '2027-03-10T12:20:00Z');
    const ben = await givenSubscriber(app);
    await givenPreviewCode(ben);
    const left = await app.database.query<object[]>('SELECT subscriber_id FROM preview_codes');
    expect(left).toEqual([{ subscriber_id: subscriberIdOf(ben.sub) }]);
  });

  it.each([
    ['without a code', {}],
    ['with a code of 41 characters', { code: '2'.repeat(41) }],
    ['with an empty name', { code: '2222-2222', name: ' ' }],
    ['with a name of two lines', { code: '2222-2222', name: 'Ana\nBen' }],
    ['with a name of 81 characters', { code: '2222-2222', name: 'x'.repeat(81) }],
  ])('are not added %s', async (_, request) => {
    const brand = await givenBrand(app);
    expectStatus(400, await brand.owner.post(brand.path('/preview-people'), request));
  });

  it('are added by editors, seen by viewers', async () => {
    const brand = await givenBrand(app);
    const [editor, viewer] = [await givenMarketer(app), await givenMarketer(app)];
    await givenMember(brand, editor.api, 'editor');
    await givenMember(brand, viewer.api, 'viewer');
    const code = await givenPreviewCode(await givenSubscriber(app));
    expectStatus(403, await add(brand, code, {}, viewer.api));
    const { id } = expectStatus(201, await add(brand, code, {}, editor.api)).body;
    expect(expectStatus(200, await viewer.api.get(brand.path('/preview-people'))).body).toMatchObject({
      items: [{ id }],
    });
    expectStatus(403, await viewer.api.delete(brand.path(`/preview-people/${id}`)));
    expectStatus(204, await editor.api.delete(brand.path(`/preview-people/${id}`)));
    expectStatus(404, await editor.api.delete(brand.path(`/preview-people/${id}`)));
    expectStatus(404, await editor.api.delete(brand.path(`/preview-people/${ABSENT}`)));
  });

  it('are at most 200 of an account, also when several are added at once', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    await givenPreviewPerson(brand, ana);
    await app.database.query(
      `INSERT INTO preview_people (subscriber_id, account_id, id, added_by, agreed_at)
       SELECT gen_random_uuid(), $1, gen_random_uuid(), 'system', now() FROM generate_series(1, 198)`,
      [brand.id],
    );
    const codes = [
      await givenPreviewCode(await givenSubscriber(app)),
      await givenPreviewCode(await givenSubscriber(app)),
    ];
    const { answers } = await app.database.transaction(async (manager) => {
      // Whoever comes as far as to add somebody has counted, and waits here.
      await manager.query('LOCK TABLE preview_people IN SHARE MODE');
      const added = Promise.all(codes.map((code) => add(brand, code)));
      await untilWaiting(app.url, '%', 2);
      return { answers: added };
    });
    expect((await answers).map(({ status }) => status).sort()).toEqual([201, 409]);
    const refused = await add(brand, await givenPreviewCode(await givenSubscriber(app)));
    expect(expectStatus(409, refused).body).toMatchObject({ type: '/problems/limit-reached', limit: 200 });
    await givenPreviewPerson(brand, ana, 'Ana, who is there already');
  });

  it('stand in the audit log by an id that does not lead to them, and so does who ended it', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    const first = await givenPreviewPerson(brand, ana, 'Ana');
    const { id } = await givenDraft(brand);
    expectStatus(
      200,
      await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { subscribers: [ana.sub] }),
    );
    expectStatus(204, await ana.delete(`/me/previewers/${brand.id}`));
    expectStatus(204, await ana.delete(`/me/previewers/${brand.id}`));
    const second = await givenPreviewPerson(brand, ana);
    expectStatus(204, await brand.owner.delete(brand.path(`/preview-people/${second}`)));
    const owner = `user:${brand.ownerId}`;
    const entries = await entriesOf(brand);
    expect(entries).toEqual([
      { actor: owner, action: 'preview-person.added', subject: `preview-person:${first}`, facts: {} },
      { actor: owner, action: 'broadcast.previewed', subject: `broadcast:${id}`, facts: { people: [first] } },
      {
        actor: 'subscriber',
        action: 'preview-person.removed',
        subject: `preview-person:${first}`,
        facts: {},
      },
      { actor: owner, action: 'preview-person.added', subject: `preview-person:${second}`, facts: {} },
      { actor: owner, action: 'preview-person.removed', subject: `preview-person:${second}`, facts: {} },
    ]);
    expect(JSON.stringify(entries)).not.toContain(ana.sub);
    expect(JSON.stringify(entries)).not.toContain(subscriberIdOf(ana.sub));
  });

  it('who agreed with a brand that is suspended see it in their list, and one that is closed not', async () => {
    const brand = await givenBrand(app);
    const ana = await givenSubscriber(app);
    await givenPreviewPerson(brand, ana);
    expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`));
    expect(await previewersOf(ana)).toHaveLength(1);
    expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/close`));
    expect(await previewersOf(ana)).toHaveLength(0);
  });

  describe('who report a preview', () => {
    interface Report {
      readonly id: string;
      readonly preview: boolean;
      readonly content: object | null;
    }
    const articles = {
      type: 'articles',
      articles: [{ title: 'A cure', body: '<p>Drink this.</p>' }],
    };

    async function givenReported() {
      const brand = await givenBrand(app);
      const ana = await givenSubscriber(app);
      await givenPreviewPerson(brand, ana);
      const { id: broadcastId } = await givenDraft(brand, { content: articles });
      const path = brand.path(`/broadcasts/${broadcastId}`);
      expectStatus(200, await brand.owner.post(`${path}/preview`, { subscribers: [ana.sub] }));
      const report = { broadcastId, reason: 'This is quackery.' };
      const reported = expectStatus(201, await ana.post<Report>('/me/reports', report)).body;
      return { brand, ana, broadcastId, path, reported };
    }

    it('leave the admin a copy of what was shown, also when the draft is changed and deleted', async () => {
      const { brand, path, reported } = await givenReported();
      const change = { content: { type: 'text', text: 'Nothing to see.' } };
      expectStatus(200, await brand.owner.patch(path, change, { 'if-match': '*' }));
      expectStatus(204, await brand.owner.delete(path));
      const list = await app.admin.get<{ items: Report[] }>(`/admin/reports?accountId=${brand.id}`);
      expect(list.body.items).toMatchObject([
        { id: reported.id, preview: true, content: { articles: [{ title: 'A cure' }] } },
      ]);
      expect(list.text).not.toContain('Drink this');
      const one = expectStatus(200, await app.admin.get<Report>(`/admin/reports/${reported.id}`)).body;
      expect(one).toMatchObject({ reason: 'This is quackery.', preview: true, content: articles });
      expectStatus(404, await app.admin.get(`/admin/reports/${ABSENT}`));
      expectStatus(403, await brand.owner.get(`/admin/reports/${reported.id}`));
    });

    it('are shown previews of that brand no more, until they make a new code', async () => {
      const { brand, ana, path } = await givenReported();
      expect(await previewersOf(ana)).toEqual([]);
      const again = { subscribers: [ana.sub] };
      expectStatus(422, await brand.owner.post(`${path}/preview`, again));
      await givenPreviewPerson(brand, ana);
      expectStatus(200, await brand.owner.post(`${path}/preview`, again));
    });

    it('keep the copy when they are erased, and nothing leads to them', async () => {
      const { ana, reported } = await givenReported();
      expectStatus(204, await ana.delete('/me'));
      const one = expectStatus(200, await app.admin.get<Report>(`/admin/reports/${reported.id}`)).body;
      expect(one).toMatchObject({ reason: '', preview: true, content: articles });
      const rows = await app.database.query<object[]>('SELECT subscriber_id FROM reports WHERE id = $1', [
        reported.id,
      ]);
      expect(rows).toEqual([
        { subscriber_id: expect.not.stringContaining(subscriberIdOf(ana.sub)) as string },
      ]);
    });

    it('are not told to the brand, and not counted in the report of the broadcast', async () => {
      const brand = await givenBrand(app);
      const url = 'http://127.0.0.1:65535';
      expectStatus(201, await brand.owner.post(brand.path('/webhooks'), { url }));
      expectStatus(201, await app.admin.post('/admin/webhooks', { url }));
      const ana = await givenSubscriber(app);
      await givenPreviewPerson(brand, ana);
      const { id } = await givenDraft(brand);
      expectStatus(
        200,
        await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { subscribers: [ana.sub] }),
      );
      expectStatus(201, await ana.post('/me/reports', { broadcastId: id, reason: 'No.' }));
      const events = await app.database.query<object[]>(
        `SELECT account_id, data ->> 'preview' AS preview FROM events
          WHERE type = 'report.created' AND data ->> 'broadcastId' = $1`,
        [id],
      );
      expect(events).toEqual([{ account_id: null, preview: 'true' }]);
      expectStatus(200, await brand.owner.post(brand.path(`/broadcasts/${id}/schedule`), { now: true }));
      await tick(app);
      const report = await brand.owner.get(brand.path(`/broadcasts/${id}/report`));
      expect(expectStatus(200, report).body).toMatchObject({ reports: 0 });
    });

    it('must be shown it: what has ended, or is shown to others, is not theirs to report', async () => {
      const { brand, ana, broadcastId, path } = await givenReported();
      expectStatus(404, await ana.post('/me/reports', { broadcastId, reason: 'Again.' }));
      const shown = await givenSubscriber(app);
      await givenPreviewPerson(brand, shown);
      expectStatus(200, await brand.owner.post(`${path}/preview`, { subscribers: [shown.sub] }));
      const stranger = await givenSubscriber(app);
      await givenPreviewPerson(brand, stranger);
      expectStatus(404, await stranger.post('/me/reports', { broadcastId, reason: 'Me too.' }));
      expectStatus(201, await shown.post('/me/reports', { broadcastId, reason: 'Me too.' }));
    });
  });

  it('are not found by trying codes: ten wrong ones in a quarter of an hour, by account and by person', async () => {
    const brand = await givenBrand(app);
    const other = await givenBrand(app);
    const owner = limited.api.as(brand.owner.token ?? '');
    const enter = (code: string, as = owner, path = brand.path('/preview-people')) => as.post(path, { code });
    const code = await givenPreviewCode(await givenSubscriber(app));
    expectStatus(201, await enter(code));
    const wrong = await Promise.all(Array.from({ length: 12 }, () => enter('2222-2222')));
    expect(wrong.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(422), 429, 429]);
    const refused = expectStatus(429, await enter(await givenPreviewCode(await givenSubscriber(app))));
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(600);
    expect(refused.body).toMatchObject({ detail: expect.stringContaining('wrong preview codes') as string });
    // The same person for another brand has no new budget; somebody else there has.
    await givenMember(other, brand.owner, 'editor');
    expectStatus(429, await enter('2222-2222', owner, other.path('/preview-people')));
    expectStatus(
      422,
      await enter('2222-2222', limited.api.as(other.owner.token ?? ''), other.path('/preview-people')),
    );
  });
});
