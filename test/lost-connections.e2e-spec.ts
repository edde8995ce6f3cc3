import { DataSource } from 'typeorm';
import { databaseOptions, inTransaction } from '../src/database';
import { type ProblemDocument, toProblem } from '../src/errors/problem-document';
import { FaultProxy } from './faults/rig/fault-proxy';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';

describe('a connection of which one end is gone without a word', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  it('fails whoever waits for an answer, and nobody after them', async () => {
    const proxy = await new FaultProxy(test.url).start();
    const database = new DataSource(databaseOptions(proxy.url, { poolSize: 1, longestSilence: 300 }));
    await database.initialize();
    await database.query('SELECT 1');
    proxy.halfOpen('server');
    await expect(database.query('SELECT 1')).rejects.toThrow('Connection terminated: not a word in 0.3 s');
    expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await database.destroy();
    await proxy.stop();
  });

  // A connection is one answer, the transaction five, of which the last is that of its commit.
  it.each([1, 2, 3, 4, 5])(
    'is "not now" for whoever works on it, when the server says farewell together with its answer number %d',
    async (last) => {
      expect(await problemOfWork(last)).toMatchObject({
        status: 503,
        type: '/problems/database-unavailable',
      });
    },
  );

  it('takes nothing from whoever has been told of the commit', async () => {
    expect(await problemOfWork(6)).toBeUndefined();
  });

  it('gives up what it has locked after a while', async () => {
    const [setting] = await test.database.query<object[]>('SHOW idle_in_transaction_session_timeout');
    expect(setting).toEqual({ idle_in_transaction_session_timeout: '15s' });
  });

  /** Of a transaction on a new connection, whose server goes with that answer; then the next one has to pass. */
  async function problemOfWork(lastAnswer: number): Promise<ProblemDocument | undefined> {
    const proxy = await new FaultProxy(test.url).start();
    const database = new DataSource(databaseOptions(proxy.url, { poolSize: 1, longestSilence: 5_000 }));
    await database.initialize();
    try {
      proxy.cut();
      await eventually(() => proxy.open === 0);
      let answers = 0;
      proxy.farewellAfter(() => (answers += 1) === lastAnswer);
      const work = inTransaction(database, async (manager) => {
        await manager.query('SELECT 1');
        await manager.query('SELECT $1::int', [1]);
      });
      const problem = await work.then(() => undefined, toProblem);
      expect(proxy.counts.farewells).toBe(1);
      expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
      return problem;
    } finally {
      await database.destroy();
      await proxy.stop();
    }
  }
});
