import { setClock } from './support/clock';
import { expectStatus, hello } from './support/given';
import { EXHAUSTED, tally, times, TwoInstances, type RacingBrand } from './support/two-instances';

describe('two instances, when every request is sent five times with its Idempotency-Key,', () => {
  let instances: TwoInstances;
  beforeAll(async () => {
    instances = await TwoInstances.start();
    await setClock(instances.one.database, '2027-03-10T12:00:00Z');
  });
  afterAll(() => instances.stop());

  it('do each thing once, and answer it five times alike', async () => {
    const brand = await instances.brand('subscription');
    const keys = times(20, (period) => ({ key: `post-${period}`, at: brand.instantIn(period) }));
    const answers = await Promise.all(
      times(5, () => keys.map(({ key, at }) => brand.schedule(at, key))).flat(),
    );
    expect(tally(answers)).toEqual({ 201: 100 });
    for (const [index, { status, body }] of answers.entries()) {
      expect({ status, body }).toEqual({ status: 201, body: answers[index % keys.length]?.body });
    }
    expect(await broadcastsOf(brand)).toBe(20);
    const again = await brand.schedule(brand.instantIn(0), 'post-0');
    expect(again.body).toEqual(answers[0]?.body);
  });

  it('give the last slot to the request that asks for it five times', async () => {
    const brand = await instances.brand('subscription');
    const answers = await Promise.all(times(5, () => brand.schedule(brand.instantIn(0), 'the last slot')));
    expect(tally(answers)).toEqual({ 201: 5 });
    expect(tally([await brand.schedule(brand.instantIn(0))])).toEqual({ [EXHAUSTED]: 1 });
  });

  it('write one draft', async () => {
    const brand = await instances.brand('service');
    const write = () =>
      brand.owner.post(
        `/accounts/${brand.id}/broadcasts`,
        { content: hello },
        { 'idempotency-key': 'a draft' },
      );
    const answers = await Promise.all(times(5, write));
    for (const { body } of answers) expect(body).toEqual(answers[0]?.body);
    expect(await broadcastsOf(brand)).toBe(1);
  });

  it('refuse the key with another body, also while the first is at work', async () => {
    const brand = await instances.brand('service');
    const reused = '422 /problems/idempotency-key-reused';
    const answers = await Promise.all(
      times(4, (period) => brand.schedule(brand.instantIn(period), 'one key')),
    );
    expect(tally(answers)).toEqual({ 201: 1, [reused]: 3 });
    expect(tally([await brand.schedule(brand.instantIn(9), 'one key')])).toEqual({ [reused]: 1 });
    expect(await broadcastsOf(brand)).toBe(1);
  });

  it('keep the keys of two accounts apart', async () => {
    const [one, other] = [await instances.brand('service'), await instances.brand('service')];
    const answers = await Promise.all(
      [one, other].map((brand) => brand.schedule(brand.instantIn(0), 'shared')),
    );
    expect(answers.map(({ status, body }) => [status, body.accountId])).toEqual([
      [201, one.id],
      [201, other.id],
    ]);
  });

  it('keep no key of a request that was refused', async () => {
    const brand = await instances.brand('subscription');
    const { body } = expectStatus(201, await brand.schedule(brand.instantIn(0)));
    expect(tally([await brand.schedule(brand.instantIn(0), 'try again')])).toEqual({ [EXHAUSTED]: 1 });
    expectStatus(200, await brand.cancel(body.id));
    expectStatus(201, await brand.schedule(brand.instantIn(0), 'try again'));
  });

  async function broadcastsOf(brand: RacingBrand): Promise<number> {
    const sql = 'SELECT count(*)::integer AS count FROM broadcasts WHERE account_id = $1';
    const [{ count }] = await instances.one.database.query<[{ count: number }]>(sql, [brand.id]);
    return count;
  }
});
