import type { TestApp } from '../support/app';
import { EventStream } from '../support/event-stream';
import { inTurns } from './alternation';
import { settle, type Ground } from './ground';
import { sendLoad, type LoadRequest } from './load';
import { serve, serveBare } from './process';
import { makeReader, seedReader, type Reader } from './readers';
import { alone, compared } from './result';
import type { Prepared, Scenario } from './scenario';
import { seedAccounts, seedPublished } from './seed';

const ACCOUNTS = 1_000;
const READERS = 200;
/** Broadcasts, of whatever account, that somebody was not connected for. */
const MISSED = 1_000;

/** `GET /v1/me/inbox` among a million follows, beside the same SQL in a bare server. */
export const inbox: Scenario = {
  name: 'inbox',
  async prepare(ground): Promise<Prepared> {
    const { database, options, tell } = ground;
    const { archive, followed, follows } = options.sizes;
    tell(`${ACCOUNTS} accounts with ${archive} broadcasts each`);
    await seedAccounts(database, 0, ACCOUNTS, 'mixed');
    await seedPublished(database, 0, ACCOUNTS, archive);
    tell(`${follows} follows, which takes a while`);
    await seedCrowd(ground, Math.ceil(follows / followed), followed);
    const readers = await Promise.all(
      Array.from({ length: READERS }, (_, number) => makeReader(`reader-${number}`)),
    );
    for (const [number, reader] of readers.entries()) {
      await seedReader(database, reader, accountsOf(number, followed));
    }
    await database.query('VACUUM ANALYZE');
    const [{ head }] = await database.query<[{ head: string }]>(
      'SELECT max(sequence) AS head FROM broadcasts',
    );
    const bookmark = String(Math.max(0, Number(head) - MISSED));
    return {
      measure: () => measure(ground, readers),
      operations: (app) => ({
        'GET /v1/me/inbox': () => app.api.as(readers[0]?.token ?? '').get('/me/inbox'),
        [`GET /v1/me/stream, coming back after ${MISSED} broadcasts of all accounts`]: () =>
          comeBack(app, readers[0]?.token ?? '', bookmark),
      }),
    };
  },
};

/** Each person follows as many accounts as the readers do. */
async function seedCrowd({ database }: Ground, people: number, followed: number): Promise<void> {
  await database.query(
    `INSERT INTO follows (subscriber_id, account_id, followed_at)
     SELECT person.id, account.id, '2025-01-01Z'::timestamptz + person.number * interval '1 second'
       FROM (SELECT gen_random_uuid() AS id, number FROM generate_series(1, $1::integer) AS number) AS person
       JOIN generate_series(0, $2::integer - 1) AS place ON true
       JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS number FROM accounts) AS account
         ON account.number = (person.number * 13 + place * 7) % $3::integer`,
    [people, followed, ACCOUNTS],
  );
}

function accountsOf(reader: number, followed: number): number[] {
  return Array.from(
    { length: Math.min(followed, ACCOUNTS) },
    (_, place) => (reader * 13 + place * 7) % ACCOUNTS,
  );
}

async function comeBack({ app }: TestApp, token: string, lastEventId: string): Promise<void> {
  if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
  const stream = await EventStream.live(await app.getUrl(), token, { lastEventId });
  stream.close();
}

async function measure(ground: Ground, readers: readonly Reader[]) {
  const { options, tell } = ground;
  const [url, bare] = [await serve(ground), await serveBare(ground)];
  const requests = (requestOf: (reader: Reader) => LoadRequest) =>
    Array.from({ length: options.sizes.reads }, (_, number) =>
      requestOf(readers[number % READERS] as Reader),
    );
  const ours = requests(({ token }) => ({
    method: 'GET',
    path: '/v1/me/inbox',
    headers: { authorization: `Bearer ${token}` },
  }));
  const theirs = requests(({ id }) => ({ method: 'GET', path: `/inbox/${id}` }));
  await settle(ground);
  const { route, bareServer } = await inTurns(
    options.rounds,
    { route: () => sendLoad(url, ours, 200), bareServer: () => sendLoad(bare, theirs, 200) },
    tell,
  );
  const what = `GET /v1/me/inbox, ${options.sizes.followed} accounts followed`;
  return {
    results: [
      compared(
        { what, unit: '/s', figure: route.perSecond },
        'the same SQL in a bare server',
        bareServer.perSecond,
        {
          atLeast: 0.7,
        },
      ),
      {
        ...alone({ what: `${what}, p99 of 10 at once`, unit: 'ms', figure: route.p99 }),
        baseline: bareServer.p99,
        against: 'the same SQL in a bare server',
      },
    ],
  };
}
