import { setTimeout as delay } from 'node:timers/promises';
import { connect, untilSealed, type Ground } from './ground';
import { serve } from './process';
import { alone, type Result } from './result';
import type { Measured, Prepared, Scenario } from './scenario';
import { seedAccounts, seedDue } from './seed';
import { percentile, spreadOf } from './spread';

/** Broadcasts, one account each, one after the other; and the clients that meanwhile do what they can against them. */
const BROADCASTS = 40;
const APART_MS = 500;
const CLIENTS = 8;

const KIB_256 = 262_144;
const members = Array.from({ length: KIB_256 / 16 }, (_, index) => `"a${index}":1`).join(',');
/** What has held the process for seconds, each of them: refused by anybody who knows no token at all. */
const WORST = [
  `{${members.slice(0, members.lastIndexOf(','))}}`,
  `{"pipe":1,"email":${'['.repeat(130_000)}${']'.repeat(130_000)}}`,
  `{"email":[${'null,'.repeat(50_000)}null]}`,
  `{"email":"a${'\u0315\u0300'.repeat(60_000)}@b.example","password":"x"}`,
  `{"email":"${' '.repeat(32_000)}x","password":"${'\ufe0f'.repeat(10_000)}"}`,
  `{"email":${'9'.repeat(260_000)}}`,
].map((text) => Buffer.from(text));

/** A broadcast due while eight clients send the worst shapes. */
export const attacked: Scenario = {
  name: 'attacked',
  async prepare(ground): Promise<Prepared> {
    await seedAccounts(ground.database, 0, BROADCASTS, 'service');
    await ground.database.query('VACUUM ANALYZE');
    return { measure: () => measure(ground), operations: () => ({}) };
  },
};

async function measure(ground: Ground): Promise<Measured> {
  const address = await serve(ground, { AUTH_RATE_LIMIT: '0' });
  const p99: number[] = [];
  let requests = 0;
  for (let round = 1; round <= ground.options.rounds; round += 1) {
    await untilSealed(ground);
    const ending = new AbortController();
    const attacks = Array.from({ length: CLIENTS }, (_, place) => attack(address, place, ending.signal));
    const lateness = await latenessOf(ground, round).finally(() => {
      ending.abort();
    });
    requests += (await Promise.all(attacks)).reduce((sum, sent) => sum + sent, 0);
    p99.push(percentile(lateness, 0.99) / 1_000);
    ground.tell(
      `round ${round}: lateness p99 ${p99.at(-1)?.toFixed(3) ?? ''} s, ${requests} requests so far`,
    );
  }
  return { results: [result(p99)] };
}

function result(p99: readonly number[]): Result {
  const what = `A broadcast due while ${CLIENTS} clients send the worst shapes, lateness p99`;
  return alone({ what, unit: 's', figure: spreadOf(p99) }, { atMost: 2 });
}

/** Of each broadcast, in milliseconds. */
async function latenessOf(ground: Ground, round: number): Promise<number[]> {
  const begin = Math.ceil(Date.now() / 1_000) * 1_000 + 2_000;
  for (let place = 0; place < BROADCASTS; place += 1) {
    const at = new Date(begin + place * APART_MS);
    await seedDue(ground.database, { from: place, until: place + 1 }, round, at, false);
  }
  const client = await connect(ground);
  for (;;) {
    await delay(500);
    const { rows } = await client.query<{ late: number }>(
      `SELECT 1000 * extract(epoch FROM published_at - scheduled_at)::double precision AS late FROM broadcasts
        WHERE status = 'published' AND scheduled_at >= $1`,
      [new Date(begin)],
    );
    if (rows.length === BROADCASTS) return rows.map(({ late }) => late);
  }
}

/** One request after another, until it is told to end. @returns how many */
async function attack(address: string, first: number, signal: AbortSignal): Promise<number> {
  let sent = 0;
  for (; !signal.aborted; sent += 1) {
    const body = WORST[(first + sent) % WORST.length];
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${address}/v1/login`, { method: 'POST', headers, body: body ?? null }).catch(
      () => undefined,
    );
    await answer?.arrayBuffer().catch(() => undefined);
  }
  return sent;
}
