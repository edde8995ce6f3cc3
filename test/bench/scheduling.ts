import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { hashApiKey, makeApiKey, visiblePrefix } from '../../src/auth/api-key';
import { expectStatus } from '../support/given';
import type { TestApp } from '../support/app';
import { inTurns } from './alternation';
import { valuesFor } from './bare-schedule';
import { settle, untilSealed, type Ground } from './ground';
import { sendLoad, type LoadRequest } from './load';
import { serve, serveBare, startHere } from './process';
import { recorded } from './recording';
import { alone, compared } from './result';
import type { Prepared, Scenario } from './scenario';
import { accountId, seedAccounts } from './seed';

const ACCOUNTS = 1_000;
const DAY = 86_400_000;
const CONTENT = { type: 'text', text: 'The first rye of the autumn is out of the oven. Come early.' };

/** `POST /v1/accounts/{accountId}/broadcasts` with a schedule, beside the same statements in a bare server. */
export const scheduling: Scenario = {
  name: 'scheduling',
  async prepare(ground): Promise<Prepared> {
    const { database, tell } = ground;
    tell(`${ACCOUNTS} accounts with a key each`);
    await seedAccounts(database, 0, ACCOUNTS, 'subscription');
    const keys = await seedKeys(database);
    await database.query('VACUUM ANALYZE');
    const days = new FreeDays();
    return {
      measure: () => measure(ground, keys, days),
      operations: (app) => ({
        'POST /v1/accounts/{accountId}/broadcasts': () => schedule(app, keys, days.next()),
      }),
    };
  },
};

interface Place {
  readonly account: number;
  readonly at: string;
}

/** Every request takes a slot of its own: all accounts on one day, then all of them on the next. */
class FreeDays {
  private taken = 0;
  private readonly tomorrow = Math.ceil(Date.now() / DAY) * DAY + DAY / 2;

  next(): Place {
    const account = this.taken % ACCOUNTS;
    const at = new Date(this.tomorrow + Math.floor(this.taken / ACCOUNTS) * DAY).toISOString();
    this.taken += 1;
    return { account, at };
  }
}

function muchLater({ account, at }: Place): Place {
  return { account, at: new Date(new Date(at).getTime() + 300 * DAY).toISOString() };
}

async function measure(ground: Ground, keys: readonly string[], days: FreeDays) {
  const { options, tell } = ground;
  const app = await startHere(ground);
  const place = days.next();
  await schedule(app, keys, place);
  // The second time, since the first use of a key in a minute is written down.
  const statements = await recorded(app.database, () => schedule(app, keys, muchLater(place)));
  statements.forEach(valuesFor);
  const url = await serve(ground);
  const bare = await serveBare(ground, { BARE_STATEMENTS: JSON.stringify(statements) });
  const send = async (to: string, prefix: string) => {
    await untilSealed(ground);
    await settle(ground);
    const requests = Array.from({ length: options.sizes.posts }, () => requestFor(prefix, keys, days.next()));
    return sendLoad(to, requests, 201);
  };
  const { route, bareServer } = await inTurns(
    options.rounds,
    { route: () => send(url, '/v1'), bareServer: () => send(bare, '') },
    tell,
  );
  const what = 'POST …/broadcasts with schedule';
  const against = 'the same statements in a bare server';
  return {
    results: [
      compared({ what, unit: '/s' as const, figure: route.perSecond }, against, bareServer.perSecond, {
        atLeast: 0.5,
      }),
      {
        ...alone({ what: `${what}, p99 of 10 at once`, unit: 'ms' as const, figure: route.p99 }),
        baseline: bareServer.p99,
        against,
      },
    ],
  };
}

function requestFor(prefix: string, keys: readonly string[], { account, at }: Place): LoadRequest {
  return {
    method: 'POST',
    path: `${prefix}/accounts/${accountId(account)}/broadcasts`,
    headers: { authorization: `Bearer ${keys[account] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ content: CONTENT, schedule: { at } }),
  };
}

async function schedule(app: TestApp, keys: readonly string[], { account, at }: Place): Promise<void> {
  const path = `/accounts/${accountId(account)}/broadcasts`;
  const answer = await app.api.as(keys[account] ?? '').post(path, { content: CONTENT, schedule: { at } });
  expectStatus(201, answer);
}

async function seedKeys(database: DataSource): Promise<string[]> {
  const keys = Array.from({ length: ACCOUNTS }, () => makeApiKey(randomBytes(64)));
  await database.query(
    `INSERT INTO api_keys (id, account_id, role, name, prefix, hash, created_by, created_at)
     SELECT gen_random_uuid(), key.account_id, 'editor', 'bench', key.prefix, key.hash, 'bench', fanfare_now()
       FROM unnest($1::uuid[], $2::text[], $3::bytea[]) AS key (account_id, prefix, hash)`,
    [keys.map((_, number) => accountId(number)), keys.map(visiblePrefix), keys.map(hashApiKey)],
  );
  return keys;
}
