import type { EntityManager } from 'typeorm';
import { startTestApp, type TestApp } from '../../support/app';
import { givenFollower, givenScheduled, type Brand } from '../../support/given';
import { tick } from '../../support/publishing';
import { faultsIn, findFaults } from './checker';
import { ALL_MATCHED, matchDue } from './due-matching';
import { findInboxFaults, readInbox } from './inbox-faults';
import { PLANTS } from './planted-faults';
import { givenLives } from './sound-world';

describe('the checker', () => {
  let test: TestApp;
  let brand: Brand;
  beforeAll(async () => {
    test = await startTestApp();
    brand = await givenLives(test);
  });
  afterAll(() => test.stop());

  it('has nothing to say of what the application did by itself', async () => {
    expect(await findFaults(test.database)).toEqual([]);
  });

  it.each(PLANTS)('finds %s', async (_, sql, said) => {
    const faults = await faultsAfter(sql);
    expect(faults).toContainEqual(expect.stringMatching(said));
  });

  it('finds what is missing in an inbox, and what should not be there', async () => {
    const reader = await givenFollower(test, brand, 'reader');
    await givenScheduled(brand, { now: true });
    await tick(test);
    const read = () => readInbox(reader, [brand.id]);
    expect(await findInboxFaults(test.database, ['reader'], read)).toEqual([]);
    const [id = ''] = await read();
    expect(await findInboxFaults(test.database, ['reader'], async () => Promise.resolve([]))).toEqual([
      `reader does not find ${id} in the inbox`,
    ]);
    const twice = () => Promise.resolve([id, id, 'something else']);
    expect(await findInboxFaults(test.database, ['reader'], twice)).toEqual([
      'reader finds something else in the inbox, not being in its audience',
      'reader finds something twice in the inbox',
    ]);
  });

  /** What it says of a transaction that is rolled back. */
  async function faultsAfter(sql: readonly string[]): Promise<string[]> {
    let faults: string[] = [];
    const enough = new Error('Roll it back');
    const planting = test.database.transaction(async (manager: EntityManager) => {
      await manager.query(`SET LOCAL session_replication_role = 'replica'`);
      for (const statement of sql) await manager.query(statement);
      faults = await faultsIn(manager);
      throw enough;
    });
    await expect(planting).rejects.toBe(enough);
    return faults;
  }
});

describe('the matching of what was due with what happened', () => {
  const target = { id: 'a', from: 1_000, until: 2_000 };

  it.each([
    ['in time', [{ id: 'a', at: 1_000 }], {}],
    ['not at all', [], { missing: ['a'] }],
    ['twice', [1_500, 1_600].map((at) => ({ id: 'a', at })), { extra: ['a'] }],
    ['too early', [{ id: 'a', at: 999.9 }], { early: ['a'] }],
    ['too late', [{ id: 'a', at: 2_000.1 }], { late: ['a'] }],
    ['to another one', [{ id: 'b', at: 1_500 }], { missing: ['a'], extra: ['b'] }],
  ])('sees that it happened %s', (_, runs, found) => {
    expect(matchDue([target], runs)).toEqual({ ...ALL_MATCHED, ...found });
  });
});
