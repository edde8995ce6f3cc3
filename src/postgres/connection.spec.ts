import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { Pool } from 'pg';
import { databaseOptions } from '../database';
import { bossOptions } from '../jobs/jobs.service';
import { connectionOptions, poolOptions, Session } from './connection';
import { PatientPool } from './patient-pool';

const URL_OF_TEST = 'postgres://fan:s3cret@db:5433/fan1';
const secretOf = (session: Session) => (session as unknown as { password: () => string }).password();

describe('the password of DATABASE_URL', () => {
  it.each([
    ['the application', new PatientPool(poolOptions(URL_OF_TEST, { applicationName: 'x' }))],
    ['the jobs', new Pool(bossOptions(URL_OF_TEST) as never)],
  ])('reaches each session of the pool of %s', async (_, pool) => {
    const options = pool.options as unknown as { Client: typeof Session };
    expect(secretOf(new options.Client(options as never))).toBe('s3cret');
    await pool.end();
  });

  it('reaches a session that is made alone', () => {
    expect(secretOf(new Session(connectionOptions(URL_OF_TEST, { applicationName: 'x' })))).toBe('s3cret');
  });

  it('is in no dump of the options', () => {
    for (const options of [databaseOptions(URL_OF_TEST), bossOptions(URL_OF_TEST)]) {
      expect(inspect(options, { depth: 10 })).not.toContain('s3cret');
    }
  });
});

describe('a session that is ended while it is being connected', () => {
  it('tells so whoever waits for the connection', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const url = `postgres://fan:s3cret@127.0.0.1:${String(port)}/fan1`;
    const session = new Session(connectionOptions(url, { applicationName: 'x' }));
    const connected = session.connect();
    const [socket] = (await once(silent, 'connection')) as [Socket];
    socket.resume();
    const ended = session.end();
    socket.end();
    await expect(connected).rejects.toThrow('Connection terminated');
    await ended;
    silent.close();
  });
});
