import { createDataSource } from '../../../src/database';
import type { DataSource } from 'typeorm';
import type { Api } from '../../support/api';
import { startTestApp, type TestApp } from '../../support/app';
import { stopClock } from '../../support/clock';
import { cloneDatabase, type TestDatabase } from '../../support/database';
import { expectStatus, givenMarketer, unique } from '../../support/given';
import { iso } from './calendar';
import { prepareJudging } from './judge';
import { POSTING_HOUR } from './lives';
import { Scene } from './scene';
import { PEOPLE, type Moment, type World } from './steps';

/** The real thing: two instances on one database, which serve by turns, one marketer, and a clock that stands still. */
export class Platform {
  private turn = 0;

  private constructor(
    private readonly clone: TestDatabase,
    /** Of the test's own, so that it outlives every instance. */
    readonly database: DataSource,
    private readonly instances: TestApp[],
    private readonly token: string,
  ) {}

  static async start(): Promise<Platform> {
    const clone = await cloneDatabase();
    const database = createDataSource(clone.url, { poolSize: 2 });
    await database.initialize();
    await prepareCrashes(database);
    await prepareJudging(database);
    const instances = [
      await startTestApp({ databaseUrl: clone.url }),
      await startTestApp({ databaseUrl: clone.url }),
    ];
    const { token } = await givenMarketer(instances[0] as TestApp);
    return new Platform(clone, database, instances, token);
  }

  async stop(): Promise<void> {
    for (const instance of this.instances) await instance.stop();
    await this.database.destroy();
    await this.clone.drop();
  }

  /** The instance whose turn it is, and who speaks to it. */
  asked(): { readonly instance: TestApp; readonly nobody: Api; readonly owner: Api; readonly admin: Api } {
    this.turn += 1;
    const instance = this.instances[this.turn % 2] as TestApp;
    const { api, admin } = instance;
    return { instance, nobody: api, owner: api.as(this.token), admin };
  }

  /** Stops the instance whose turn it is, and starts another one. */
  async restart(): Promise<void> {
    const place = this.instances.indexOf(this.asked().instance);
    await this.instances[place]?.stop();
    this.instances[place] = await startTestApp({ databaseUrl: this.clone.url });
  }

  async setClock(instant: number): Promise<void> {
    await stopClock(this.database, iso(instant));
  }

  /** Cuts, at this moment of it, the connection of whoever writes an audit entry while `work` is done. */
  async crashing<T>(moment: Moment, work: () => Promise<T>): Promise<T> {
    await this.database.query('INSERT INTO crash_wanted VALUES ($1)', [moment]);
    try {
      return await work();
    } finally {
      await this.database.query('DELETE FROM crash_wanted');
    }
  }

  /** A stage on which nothing has happened yet. */
  async begin({ start, accounts }: World): Promise<Scene> {
    this.turn = 0;
    await this.setClock(Date.parse(start));
    const ids: string[] = [];
    for (const { type, timeZone, queues } of accounts) {
      const postingTimes = queues ? [`0 ${POSTING_HOUR} * * *`] : [];
      const request = { handle: unique('modelled'), name: 'Modelled', type, timeZone, postingTimes };
      ids.push(
        expectStatus(201, await this.asked().owner.post<{ id: string }>('/accounts', request)).body.id,
      );
    }
    const subs = Array.from({ length: PEOPLE }, () => unique('person'));
    const tokens: string[] = [];
    for (const sub of subs) {
      const answer = await this.asked().admin.post<{ token: string }>('/admin/subscriber-tokens', { sub });
      tokens.push(expectStatus(201, answer).body.token);
    }
    return new Scene(this, ids, subs, tokens);
  }
}

/**
 * While `crash_wanted` names a moment, whoever writes an audit entry loses their connection there: right before it is
 * written, or when all of its transaction is done but the commit.
 */
async function prepareCrashes(database: DataSource): Promise<void> {
  await database.query('CREATE TABLE crash_wanted (moment text NOT NULL)');
  await database.query(`
    CREATE FUNCTION crash_if_wanted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF EXISTS (SELECT FROM crash_wanted WHERE moment = TG_ARGV[0]) THEN
        PERFORM pg_terminate_backend(pg_backend_pid());
      END IF;
      RETURN NEW;
    END $$`);
  await database.query(`
    CREATE TRIGGER crash_while_writing BEFORE INSERT ON audit_entries
      FOR EACH ROW EXECUTE FUNCTION crash_if_wanted('writing')`);
  await database.query(`
    CREATE CONSTRAINT TRIGGER crash_while_committing AFTER INSERT ON audit_entries DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION crash_if_wanted('committing')`);
}
