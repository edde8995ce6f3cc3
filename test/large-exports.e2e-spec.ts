import type { Readable } from 'node:stream';
import { PersonExports } from '../src/audience/person-export.service';
import { subscriberIdOf } from '../src/auth/subscriber-id';
import type { Subscriber } from '../src/auth/principal';
import { startTestApp, type TestApp } from './support/app';
import { eventually } from './support/eventually';
import { expectStatus, givenSubscriber } from './support/given';

const PUSHES = 60_000;

interface Exported {
  readonly sub: string;
  readonly pushes: readonly unknown[];
  readonly inbox: readonly unknown[];
}

describe('the export of a person about whom very much is kept', () => {
  let test: TestApp;
  let person: Awaited<ReturnType<typeof givenSubscriber>>;
  let me: Subscriber;

  beforeAll(async () => {
    test = await startTestApp();
    person = await givenSubscriber(test);
    me = { kind: 'subscriber', id: subscriberIdOf(person.sub), sub: person.sub };
    await test.database.query(
      `INSERT INTO push_deliveries (subscriber_id, broadcast_id, endpoint_id, chunk, status, at)
       SELECT $1, gen_random_uuid(), gen_random_uuid(), 0, 'delivered', now() FROM generate_series(1, $2)`,
      [me.id, PUSHES],
    );
  });
  afterAll(() => test.stop());

  const exports = () => test.app.get(PersonExports);

  it('comes whole', async () => {
    const { body } = expectStatus(200, await person.get<Exported>('/me/export'));
    expect(body).toMatchObject({ sub: person.sub, inbox: [] });
    expect(body.pushes).toHaveLength(PUSHES);
  });

  it('comes in small pieces, and others have their turn between any two of them', async () => {
    const stream = await exports().of(me);
    let [pieces, longest, turns] = [0, 0, 0];
    let isOver = false;
    const turn = () => {
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    for await (const piece of stream as AsyncIterable<Buffer>) {
      pieces += 1;
      longest = Math.max(longest, piece.length);
    }
    isOver = true;
    expect(longest).toBeLessThan(100_000);
    expect(pieces).toBeGreaterThan(PUSHES / 500);
    expect(turns).toBeGreaterThan(PUSHES / 500);
  });

  it('keeps a connection to itself for four readers at most; the next one is told to come again', async () => {
    const readers: Readable[] = [];
    for (let count = 1; count <= 4; count += 1) readers.push(await exports().of(me));
    const refused = expectStatus(503, await person.get('/me/export'));
    expect(refused.body).toMatchObject({ type: '/problems/busy' });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // Readers that go away, having read nothing or something, leave nothing behind.
    await new Promise((resolve) => readers[0]?.once('data', resolve));
    for (const reader of readers) reader.destroy();
    await eventually(async () => (await person.get('/me/export')).status === 200);
    const open = await test.database.query<unknown[]>(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    );
    expect(open).toEqual([]);
  });
});
