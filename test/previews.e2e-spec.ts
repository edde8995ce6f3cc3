import { subscriberIdOf } from '../src/auth/subscriber-id';
import type { Api } from './support/api';
import { startTestApp, type TestApp } from './support/app';
import { expectRefusal } from './support/by-hand';
import { setClock } from './support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenPreviewPerson,
  givenScheduled,
  givenSubscriber,
  unique,
  type Brand,
} from './support/given';
import { tick } from './support/publishing';
import { untilWaiting } from './support/waiting';

type Person = Api & { readonly sub: string };

const ABSENT = '00000000-0000-7000-8000-000000000000';
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe('previews', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  beforeEach(() => setClock(app.database, '2027-03-10T12:00:00Z'));
  afterAll(() => app.stop());

  const show = (brand: Brand, id: string, subscribers: unknown) =>
    brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { subscribers });
  const showPeople = (brand: Brand, id: string, people: unknown) =>
    brand.owner.post(brand.path(`/broadcasts/${id}/preview`), { people });
  const inboxOf = async (person: Api) =>
    expectStatus(200, await person.get<{ items: object[] }>('/me/inbox')).body.items;

  /** So many people who agree with the brand, without a code each; their ids in the operator's app. */
  async function agreeing(brand: Brand, count: number): Promise<string[]> {
    const subs = times(count, () => unique('crowd'));
    await app.database.query(
      `WITH person AS (
         INSERT INTO subscribers (id, sub, created_at)
         SELECT id, sub, '2027-03-01' FROM unnest($1::uuid[], $2::text[]) AS person (id, sub) RETURNING id)
       INSERT INTO preview_people (subscriber_id, account_id, id, added_by, agreed_at)
       SELECT id, $3, gen_random_uuid(), 'system', '2027-03-01' FROM person`,
      [subs.map(subscriberIdOf), subs, brand.id],
    );
    return subs;
  }

  async function givenPreview(): Promise<{ brand: Brand; id: string; person: Person; personId: string }> {
    const brand = await givenBrand(app);
    const { id } = await givenDraft(brand);
    const person = await givenSubscriber(app);
    const personId = await givenPreviewPerson(brand, person, 'Ana');
    expectStatus(200, await show(brand, id, [person.sub]));
    expect(await inboxOf(person)).toMatchObject([{ latest: { id, preview: true } }]);
    return { brand, id, person, personId };
  }

  describe('of an account', () => {
    it('are shown to 100 people on a local day, and to the next on the day after', async () => {
      const brand = await givenBrand(app, 'service', { timeZone: 'America/New_York' });
      const { id } = await givenDraft(brand);
      const people = await agreeing(brand, 101);
      expect(expectStatus(200, await show(brand, id, people.slice(0, 60))).body).toEqual({
        previewed: 60,
        remainingToday: 40,
      });
      const over = expectStatus(429, await show(brand, id, people.slice(60)));
      expect(over.body).toMatchObject({
        type: '/problems/preview-limit-reached',
        nextAvailableAt: '2027-03-11T05:00:00.000Z',
      });
      expect(expectStatus(200, await show(brand, id, people.slice(60, 100))).body).toMatchObject({
        remainingToday: 0,
      });
      expectStatus(429, await show(brand, id, people.slice(100)));
      await setClock(app.database, '2027-03-11T05:00:00Z');
      expect(expectStatus(200, await show(brand, id, people.slice(1))).body).toMatchObject({
        remainingToday: 0,
      });
    });

    it('stay within 100 a day when many are asked for at once', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const people = await agreeing(brand, 10);
      const answers = await Promise.all(times(12, () => show(brand, id, people)));
      expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(10).fill(200), 429, 429]);
    });

    it('are of drafts and scheduled broadcasts, not of what is out', async () => {
      const brand = await givenBrand(app);
      const [ana] = await agreeing(brand, 1);
      const { id } = await givenScheduled(brand, { now: true });
      expectStatus(200, await show(brand, id, [ana]));
      await tick(app);
      expect(expectStatus(409, await show(brand, id, [ana])).body).toMatchObject({
        broadcastStatus: 'published',
      });
    });

    it('take no slot', async () => {
      const brand = await givenBrand(app, 'subscription');
      const { id } = await givenDraft(brand);
      expectStatus(200, await show(brand, id, await agreeing(brand, 1)));
      await givenScheduled(brand, { now: true });
    });

    it.each([
      ['nobody', []],
      ['101 people', times(101, (n) => `person-${n}`)],
      ['somebody twice', ['ana', 'ana']],
      ['somebody without a name', ['']],
      ['a name of 129 characters', ['x'.repeat(129)]],
      ['a number', [7]],
      ['text', 'ana'],
      ['nothing', undefined],
    ])('are refused for %s', async (_, subscribers) => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      expectStatus(400, await show(brand, id, subscribers));
      expectStatus(400, await showPeople(brand, id, subscribers));
    });

    it('are refused for more than 100 people by their two kinds of ids together', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const request = {
        people: times(51, (n) => ABSENT.replace(/..$/, String(10 + n))),
        subscribers: times(50, String),
      };
      expectStatus(400, await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), request));
    });

    it('are not for the accounts of which nobody may hear', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const people = await agreeing(brand, 1);
      expectStatus(200, await app.admin.post(`/admin/accounts/${brand.id}/suspend`));
      expect(expectStatus(409, await show(brand, id, people)).body).toMatchObject({
        type: '/problems/account-not-active',
      });
    });
  });

  describe('without consent', () => {
    it('are shown to nobody, also not to those who agreed, and say who did not', async () => {
      const brand = await givenBrand(app);
      const { id } = await givenDraft(brand);
      const ana = await givenSubscriber(app);
      const follower = await givenSubscriber(app);
      expectStatus(200, await follower.put(`/me/follows/${brand.id}`));
      await givenPreviewPerson(brand, ana);
      const request = { subscribers: [ana.sub, follower.sub, 'a-stranger'], people: [ABSENT] };
      const refused = await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), request);
      expect(expectStatus(422, refused).body).toMatchObject({
        type: '/problems/preview-not-agreed',
        subscribers: [follower.sub, 'a-stranger'],
        people: [ABSENT],
      });
      expect(await inboxOf(ana)).toEqual([]);
      expect(expectStatus(200, await show(brand, id, [ana.sub])).body).toMatchObject({ remainingToday: 99 });
    });

    it('of this account, but of another one, are refused, by either id', async () => {
      const { person, personId } = await givenPreview();
      const other = await givenBrand(app);
      const { id } = await givenDraft(other);
      expectStatus(422, await show(other, id, [person.sub]));
      expectStatus(422, await showPeople(other, id, [personId]));
    });

    it('are counted once for somebody who is named by both ids', async () => {
      const { brand, id, person, personId } = await givenPreview();
      const both = { people: [personId.toUpperCase()], subscribers: [person.sub] };
      const shown = await brand.owner.post(brand.path(`/broadcasts/${id}/preview`), both);
      expect(expectStatus(200, shown).body).toEqual({ previewed: 1, remainingToday: 98 });
    });
  });

  describe('end at once', () => {
    type Preview = Awaited<ReturnType<typeof givenPreview>>;
    it.each<[string, (preview: Preview) => Promise<{ status: number }>]>([
      [
        'with the deletion of the draft',
        ({ brand, id }) => brand.owner.delete(brand.path(`/broadcasts/${id}`)),
      ],
      [
        'with the suspension of the account',
        ({ brand }) => app.admin.post(`/admin/accounts/${brand.id}/suspend`),
      ],
      ['when the person stops them', ({ brand, person }) => person.delete(`/me/previewers/${brand.id}`)],
      ['when the person hides one', ({ id, person }) => person.delete(`/me/previews/${id}`)],
      [
        'when the person reports one',
        ({ id, person }) => person.post('/me/reports', { broadcastId: id, reason: 'Not for me.' }),
      ],
      ['when the person has themself erased', ({ person }) => person.delete('/me')],
      [
        'when the brand removes the person',
        ({ brand, personId }) => brand.owner.delete(brand.path(`/preview-people/${personId}`)),
      ],
    ])('%s', async (_, end) => {
      const preview = await givenPreview();
      expect((await end(preview)).status).toBeLessThan(300);
      expect(await inboxOf(preview.person)).toEqual([]);
      expectStatus(404, await preview.person.get(`/me/inbox/${preview.brand.id}`));
    });

    it('with the follow, for somebody who leaves the brand', async () => {
      const { brand, id, person } = await givenPreview();
      expectStatus(200, await person.put(`/me/follows/${brand.id}`));
      expectStatus(204, await person.delete(`/me/follows/${brand.id}`));
      expect(await inboxOf(person)).toEqual([]);
      expectStatus(422, await show(brand, id, [person.sub]));
    });

    it('and do not come back with a new consent', async () => {
      const { brand, person } = await givenPreview();
      expectStatus(204, await person.delete(`/me/previewers/${brand.id}`));
      await givenPreviewPerson(brand, person);
      expect(await inboxOf(person)).toEqual([]);
    });

    it('are seen without consent by nobody, whatever may have been left in the database', async () => {
      const { brand, person } = await givenPreview();
      await app.database.query('DELETE FROM preview_people WHERE account_id = $1', [brand.id]);
      expect(await inboxOf(person)).toEqual([]);
    });
  });

  describe('to one person', () => {
    it('are at most 20 a day from all accounts together, and the refusal names who has had them', async () => {
      const person = await givenSubscriber(app);
      const [first, second] = [await givenBrand(app), await givenBrand(app)];
      await givenPreviewPerson(first, person);
      const personId = await givenPreviewPerson(second, person);
      const { id } = await givenDraft(first);
      for (let shown = 0; shown < 20; shown += 1) expectStatus(200, await show(first, id, [person.sub]));
      const draft = await givenDraft(second);
      const others = await agreeing(second, 1);
      const refused = expectStatus(429, await show(second, draft.id, [person.sub, ...others]));
      expect(refused.body).toMatchObject({
        type: '/problems/preview-person-limit-reached',
        people: [personId],
        nextAvailableAt: '2027-03-11T00:00:00.000Z',
      });
      expect(expectStatus(200, await show(second, draft.id, others)).body).toMatchObject({
        remainingToday: 99,
      });
      await setClock(app.database, '2027-03-11T00:00:00Z');
      expectStatus(200, await show(second, draft.id, [person.sub]));
      const kept = await app.database.query<object[]>(
        'SELECT day::text, used FROM preview_person_days WHERE subscriber_id = $1',
        [subscriberIdOf(person.sub)],
      );
      expect(kept).toEqual([{ day: '2027-03-11', used: 1 }]);
    });

    it('are never more than 20 a day when four accounts show 100 at once', async () => {
      const person = await givenSubscriber(app);
      const drafts: { brand: Brand; id: string }[] = [];
      for (let count = 0; count < 4; count += 1) {
        const brand = await givenBrand(app);
        await givenPreviewPerson(brand, person);
        drafts.push({ brand, id: (await givenDraft(brand)).id });
      }
      const answers = await Promise.all(
        times(25, () => drafts.map(({ brand, id }) => show(brand, id, [person.sub]))).flat(),
      );
      const statuses = answers.map(({ status }) => status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(20);
      expect(statuses.filter((status) => status === 429)).toHaveLength(80);
    });

    it('are bounded by the database too', async () => {
      const insert = app.database.query(
        'INSERT INTO preview_person_days VALUES (gen_random_uuid(), $1, 21)',
        ['2027-03-10'],
      );
      await expectRefusal(insert, '23514', 'preview_person_days_within_limit');
    });

    it('are not made while the person takes their consent back', async () => {
      const { brand, id, person } = await givenPreview();
      const personRow = [subscriberIdOf(person.sub)];
      const { answer } = await app.database.transaction(async (manager) => {
        await manager.query('SELECT FROM subscribers WHERE id = $1 FOR UPDATE', personRow);
        const asked = show(brand, id, [person.sub]);
        await untilWaiting(app.url, '%FROM subscribers WHERE id = ANY%');
        await manager.query('DELETE FROM previews WHERE subscriber_id = $1', personRow);
        await manager.query('DELETE FROM preview_people WHERE subscriber_id = $1', personRow);
        return { answer: asked };
      });
      expectStatus(422, await answer);
      expect(await app.database.query('SELECT FROM previews WHERE subscriber_id = $1', personRow)).toEqual(
        [],
      );
    });

    it('leave nothing behind, whichever is first of a preview and the end of consent', async () => {
      for (let round = 0; round < 12; round += 1) {
        const { brand, id, person } = await givenPreview();
        const [shown, stopped] = await Promise.all([
          show(brand, id, [person.sub]),
          person.delete(`/me/previewers/${brand.id}`),
        ]);
        expect([200, 422]).toContain(shown.status);
        expectStatus(204, stopped);
        const left = await app.database.query<object[]>('SELECT FROM previews WHERE account_id = $1', [
          brand.id,
        ]);
        expect(left).toEqual([]);
      }
    });
  });
});
