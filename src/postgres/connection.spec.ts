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
