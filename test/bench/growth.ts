import { Scheduler } from '../../src/publishing/scheduler.service';
import type { TestApp } from '../support/app';
import { ADMIN_KEY } from '../support/app';
import { inTurns } from './alternation';
import { settle, type Ground } from './ground';
import { startHere } from './process';
import { makeReader, seedReader } from './readers';
import type { Series } from './result';
import { stopwatch, type Measured, type Prepared, type Scenario } from './scenario';
import { seedAccounts, seedDue, seedPublished, seedQuotas } from './seed';
import { median, type Spread } from './spread';

const FOLLOWED = [1, 10, 100, 1_000];
const BROADCASTS = [1, 10, 100, 1_000];
/** That a person follows while the broadcasts of each grow. */
const FOLLOWED_MEANWHILE = 20;
const TIMES = 15;

/** How cost grows with what a person follows, with what an account has published, and with the number of accounts. */
export const growth: Scenario = {
  name: 'growth',
  prepare: (ground): Promise<Prepared> =>
    Promise.resolve({ measure: () => measure(ground), operations: () => ({}) }),
};

async function measure(ground: Ground): Promise<Measured> {
  const app = await startHere(ground);
  const byFollows = await growWithFollows(ground, app);
  const byBroadcasts = await growWithBroadcasts(ground, app);
  const byAccounts = await growWithAccounts(ground, app);
  return { results: [], series: [byFollows, byBroadcasts, ...byAccounts] };
}

async function growWithFollows(ground: Ground, app: TestApp): Promise<Series> {
  const { database, tell } = ground;
  const largest = FOLLOWED.at(-1) ?? 0;
  tell(`people who follow up to ${largest} accounts`);
  await seedAccounts(database, 0, largest, 'mixed');
  await seedPublished(database, 0, largest, 10);
  const tokens: string[] = [];
  for (const followed of FOLLOWED) {
    const reader = await makeReader(`follows-${followed}`);
    await seedReader(
      database,
      reader,
      Array.from({ length: followed }, (_, account) => account),
    );
    tokens.push(reader.token);
  }
  await database.query('VACUUM ANALYZE');
  const costs = await inboxCosts(ground, app, tokens);
  const points = FOLLOWED.flatMap((size, index) => point(size, costs[index]));
  return { plot: 'follows', of: 'follows of the person', what: 'GET /v1/me/inbox', unit: 'ms', points };
}

async function growWithBroadcasts(ground: Ground, app: TestApp): Promise<Series> {
  const { database, tell } = ground;
  tell(`accounts that have published up to ${BROADCASTS.at(-1) ?? 0} times`);
  const tokens: string[] = [];
  for (const [index, broadcasts] of BROADCASTS.entries()) {
    const from = 10_000 + index * FOLLOWED_MEANWHILE;
    await seedAccounts(database, from, from + FOLLOWED_MEANWHILE, 'mixed');
    await seedPublished(database, from, from + FOLLOWED_MEANWHILE, broadcasts);
    const reader = await makeReader(`broadcasts-${broadcasts}`);
    await seedReader(
      database,
      reader,
      Array.from({ length: FOLLOWED_MEANWHILE }, (_, account) => from + account),
    );
    tokens.push(reader.token);
  }
  await database.query('VACUUM ANALYZE');
  const costs = await inboxCosts(ground, app, tokens);
  const points = BROADCASTS.flatMap((size, index) => point(size, costs[index]));
  const what = `GET /v1/me/inbox, ${FOLLOWED_MEANWHILE} accounts`;
  return { plot: 'broadcasts', of: 'broadcasts of each account', what, unit: 'ms', points };
}

/** With the accounts, what they have published and scheduled grows too. */
async function growWithAccounts(ground: Ground, app: TestApp): Promise<Series[]> {
  const { database, options, tell } = ground;
  const sizes = [1_000, 100, 10, 1].map((part) => Math.max(10, Math.round(options.sizes.accounts / part)));
  const figures: Record<'page' | 'sorted' | 'tick', ReturnType<typeof point>> = {
    page: [],
    sorted: [],
    tick: [],
  };
  let seeded = 20_000;
  let sets = 2_000;
  for (const size of sizes) {
    tell(`${size} accounts`);
    await seedAccounts(database, seeded, 20_000 + size, 'service');
    await seedQuotas(database, seeded, 20_000 + size);
    seeded = 20_000 + size;
    await database.query('VACUUM ANALYZE');
    const due = async () => {
      sets += 1;
      await seedDue(database, { from: 20_000, until: 20_010 }, sets, new Date());
      return { ms: await stopwatch(() => app.app.get(Scheduler).tick()) };
    };
    const measured = await inTurns(
      options.rounds,
      {
        page: () => costOf(app, '/v1/admin/quota', ADMIN_KEY),
        sorted: () => costOf(app, '/v1/admin/quota?sort=-used', ADMIN_KEY),
        tick: due,
      },
      () => undefined,
    );
    for (const name of ['page', 'sorted', 'tick'] as const)
      figures[name].push(...point(size, measured[name].ms));
  }
  const series = (what: string, points: Series['points']): Series => ({
    ...{ plot: 'accounts', of: 'accounts', unit: 'ms' },
    what,
    points,
  });
  return [
    series('quota audit, first page', figures.page),
    series('the same, most used first', figures.sorted),
    series('tick with 10 due', figures.tick),
  ];
}

async function inboxCosts(
  ground: Ground,
  app: TestApp,
  tokens: readonly string[],
): Promise<readonly Spread[]> {
  await settle(ground);
  const sides = Object.fromEntries(
    tokens.map((token, index) => [String(index), () => costOf(app, '/v1/me/inbox', token)]),
  );
  const costs = await inTurns<string, { ms: number }>(ground.options.rounds, sides, () => undefined);
  return tokens.flatMap((_, index) => costs[String(index)]?.ms ?? []);
}

/** Of one request after another: the median. */
async function costOf(app: TestApp, url: string, token: string): Promise<{ ms: number }> {
  const costs: number[] = [];
  for (let time = 0; time < TIMES; time += 1) {
    costs.push(
      await stopwatch(async () => {
        const { statusCode } = await app.app.inject({ url, headers: { authorization: `Bearer ${token}` } });
        if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}`);
      }),
    );
  }
  return { ms: median(costs) };
}

function point(size: number, cost: Spread | undefined): { size: number; cost: Spread }[] {
  return cost ? [{ size, cost }] : [];
}
