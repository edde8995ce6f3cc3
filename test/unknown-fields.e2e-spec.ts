import { startTestApp, type TestApp } from './support/app';
import { expectStatus, givenBrand, givenDraft, hello, read, schedule } from './support/given';

describe('a field that a request does not have', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('is refused with the operation that does it, or the name that was meant', async () => {
    const brand = await givenBrand(app);
    const draft = await givenDraft(brand);
    const path = brand.path(`/broadcasts/${draft.id}`);
    const edit = (body: object) => brand.owner.patch(path, body, { 'if-match': '*' });
    const create = (body: object) => brand.owner.post(brand.path('/broadcasts'), body);
    const cases = [
      [
        await edit({ scheduledAt: '2027-01-06T08:30:00Z' }),
        /scheduledAt: .*POST …\/broadcasts\/\{broadcastId\}\/schedule/,
      ],
      [await edit({ scheduled_at: '2027-01-06T08:30:00Z' }), /scheduled_at: .*\/schedule/],
      [await edit({ schedule: { now: true } }), /schedule: .*\/schedule/],
      [await edit({ status: 'cancelled' }), /status: .*…\/cancel/],
      [await edit({ text: 'x' }), /text: .*`content`/],
      [await edit({ contents: hello }), /contents: .*did you mean content\?/],
      [
        await create({ content: hello, scheduledAt: '2027-01-06T08:30:00Z' }),
        /scheduledAt: .*"schedule": \{"at"/,
      ],
      [await create({ content: hello, audiences: {} }), /did you mean audience\?/],
      [await create({ content: hello, schedule: { scheduledAt: 'x' } }), /schedule.scheduledAt: .*`at`/],
      [await create({ content: hello, audience: { any: ['vip'] } }), /audience.any: .*"tags"/],
      [await brand.owner.post(`${path}/schedule`, { At: '2027-01-06T08:30:00Z' }), /did you mean at\?/],
      [await brand.owner.patch(brand.path(), { time_zone: 'UTC' }), /did you mean timeZone\?/],
      [await brand.owner.patch(brand.path(), { status: 'active' }), /approve, suspend/],
      [await brand.owner.post(brand.path('/tags'), { title: 'vip' }), /property title should not exist/],
    ] as const;
    for (const [answer, words] of cases) {
      expect(expectStatus(400, answer).text.replaceAll('\\"', '"')).toMatch(words);
    }
    expect(await read(brand, draft.id)).toEqual(draft);
  });

  it.each([1_796_165_776, null, true, {}, '2027-01-06T08:30', '2027-01-06', 'tomorrow', ''])(
    'nor is %p a time: the refusal shows one',
    async (at) => {
      const brand = await givenBrand(app);
      const { text } = expectStatus(400, await schedule(brand, { at }));
      expect(text).toMatch(
        /at must be an RFC 3339 instant with an offset, such as 2027-01-06T08:30:00\+01:00|characters/,
      );
    },
  );
});
