import { DataSource } from 'typeorm';
import { databaseOptions } from '../src/database';
import { FaultProxy } from './faults/rig/fault-proxy';
import { startTestApp, type TestApp } from './support/app';

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

  it('gives up what it has locked after a while', async () => {
    const [setting] = await test.database.query<object[]>('SHOW idle_in_transaction_session_timeout');
    expect(setting).toEqual({ idle_in_transaction_session_timeout: '15s' });
  });
});
