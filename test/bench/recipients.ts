import { BroadcastReports } from '../../src/audience/broadcast-report.service';
import { DataSource } from 'typeorm';
import type { TestApp } from '../support/app';
import { inTurns } from './alternation';
import { settle, type Ground } from './ground';
import { startHere } from './process';
import { compared, type Result, type Series } from './result';
import { stopwatch, type Measured, type Prepared, type Scenario } from './scenario';
import { accountId, personId, seedAccounts, seedFollowers } from './seed';
import type { Spread } from './spread';

const COUNTS_EACH_ROUND = 3;
/** One in two, and one in ten, of the followers. */
const HALF = personId(-1);
const TENTH = personId(-2);

/** To whom a broadcast was addressed. */
const AUDIENCES = {
  everyone: { any: null, all: null, none: null },
  'a tag that one in ten holds': { any: [TENTH], all: null, none: null },
  'a tag that every second one holds': { any: [HALF], all: null, none: null },
  'that tag without the other': { any: null, all: [HALF], none: [TENTH] },
} as const;
type AudienceName = keyof typeof AUDIENCES;

/** How many people a broadcast reached, counted exactly. */
export const recipients: Scenario = {
  name: 'recipients',
  async prepare(ground): Promise<Prepared> {
    const { database, options, tell } = ground;
    const { followers } = options.sizes;
    const crowds = [1_000, 100, 10, 1].map((part) => Math.max(10, Math.round(followers / part)));
    await seedAccounts(database, 0, crowds.length, 'service');
    for (const [account, crowd] of crowds.entries()) {
      tell(`${crowd} followers, some of whom hold tags${crowd >= 500_000 ? ', which takes a while' : ''}`);
      await seedFollowers(database, accountId(account), crowd);
    }
    const largest = crowds.length - 1;
    await seedTaggings(ground, largest, HALF, 2);
    await seedTaggings(ground, largest, TENTH, 10);
    await database.query('VACUUM ANALYZE');
    return {
      measure: () => measure(ground, crowds),
      operations: ({ app }) =>
        Object.fromEntries(
          Object.keys(AUDIENCES).map((name) => [
            `Recipients of a broadcast to ${name}`,
            () => countRecipients(app, largest, name as AudienceName),
          ]),
        ),
    };
  },
};

/** Every so many-th follower of the account holds the tag. */
async function seedTaggings({ database }: Ground, account: number, tag: string, nth: number): Promise<void> {
  await database.query(
    `INSERT INTO taggings (subscriber_id, tag_id, account_id, tagged_at)
     SELECT subscriber_id, $2, $1, followed_at
       FROM (SELECT *, row_number() OVER (ORDER BY followed_at) AS place FROM follows WHERE account_id = $1) AS follower
      WHERE place % $3 = 0`,
    [accountId(account), tag, nth],
  );
}

async function measure(ground: Ground, crowds: readonly number[]): Promise<Measured> {
  const { options, tell } = ground;
  const { app } = await startHere(ground);
  await settle(ground);
  const largest = crowds.length - 1;
  const figure = async (work: () => Promise<unknown>) => {
    let total = 0;
    for (let count = 0; count < COUNTS_EACH_ROUND; count += 1) total += await stopwatch(work);
    return { ms: total / COUNTS_EACH_ROUND };
  };
  const bare = 'SELECT count(*) of the follows';
  const sides = {
    [bare]: () =>
      figure(() =>
        ground.database.query('SELECT count(*) FROM follows WHERE account_id = $1', [accountId(largest)]),
      ),
    ...Object.fromEntries(
      Object.keys(AUDIENCES).map((name) => [
        name,
        () => figure(() => countRecipients(app, largest, name as AudienceName)),
      ]),
    ),
    ...Object.fromEntries(
      crowds
        .slice(0, -1)
        .map((crowd, account) => [
          `${crowd} followers`,
          () => figure(() => countRecipients(app, account, 'everyone')),
        ]),
    ),
  };
  const figures = await inTurns<string, { ms: number }>(options.rounds, sides, tell);
  const of = (name: string): Spread => {
    const found = figures[name];
    if (!found) throw new Error(`${name} was not measured.`);
    return found.ms;
  };
  const results: Result[] = Object.keys(AUDIENCES).map((name) =>
    compared(
      {
        what: `recipients among ${crowds[largest] ?? 0} followers, of a broadcast to ${name}`,
        unit: 'ms',
        figure: of(name),
      },
      bare,
      of(bare),
      { atMost: 2 },
    ),
  );
  const points = crowds.map((size, account) => ({
    size,
    cost: of(account === largest ? 'everyone' : `${size} followers`),
  }));
  const series: Series = {
    plot: 'followers',
    of: 'followers',
    what: 'exact recipient count',
    unit: 'ms',
    points,
  };
  return { results, series: [series] };
}

function countRecipients(app: TestApp['app'], account: number, audience: AudienceName): Promise<unknown> {
  return app.get(BroadcastReports).recipientsOf(app.get(DataSource).manager, {
    ...AUDIENCES[audience],
    id: personId(0),
    account_id: accountId(account),
    published_at: '2026-01-01T00:00:00.000000Z',
    published_micros: '0',
    sequence: '1',
    recalled_at: null,
  });
}
