import type { Client } from 'pg';
import { PUBLISHED_CHANNEL } from '../../src/publishing/published-channel';
import { Publisher } from '../../src/publishing/publisher.service';
import { inTurns } from './alternation';
import { connect, settle, untilSealed, type Ground } from './ground';
import { serve, startHere } from './process';
import { alone, timesFaster, type Result } from './result';
import { stopwatch, type Measured, type Prepared, type Scenario } from './scenario';
import { seedAccounts, seedDue } from './seed';
import { percentile, spreadOf } from './spread';

/** Many accounts, each with one broadcast that is due in the same second. */
export const due: Scenario = {
  name: 'due',
  async prepare(ground): Promise<Prepared> {
    const { database, options, tell } = ground;
    tell(`${options.sizes.due} accounts`);
    await seedAccounts(database, 0, options.sizes.due, 'service');
    await database.query('VACUUM ANALYZE');
    const sets = new Sets(ground);
    return {
      measure: () => measure(ground, sets),
      operations: ({ app }) => ({
        [`A tick with ${options.sizes.due} broadcasts due`]: async () => {
          await sets.dueNow();
          await app.get(Publisher).publishDue();
        },
      }),
    };
  },
};

/** One broadcast of every account, as often as they are asked for. */
class Sets {
  private count = 0;

  constructor(private readonly ground: Ground) {}

  dueNow(): Promise<string[]> {
    return this.make(new Date(), false);
  }

  /** In a later second, all over it; which second. */
  async dueLater(): Promise<Date> {
    const { due } = this.ground.options.sizes;
    const second = Math.ceil(Date.now() / 1000) * 1000 + 4_000 + due / 2;
    const at = new Date(Math.ceil(second / 1000) * 1000);
    await this.make(at, true);
    if (Date.now() > at.getTime())
      throw new Error('The broadcasts were due before all of them were written.');
    return at;
  }

  private async make(at: Date, spread: boolean): Promise<string[]> {
    const { database, options } = this.ground;
    this.count += 1;
    const ids = await seedDue(database, { from: 0, until: options.sizes.due }, this.count, at, spread);
    await database.query('ANALYZE broadcasts, quota_slots');
    await settle(this.ground);
    return ids;
  }
}

async function measure(ground: Ground, sets: Sets): Promise<Measured> {
  const together = await measureTogether(ground, sets);
  const lateness = await measureSecond(ground, sets);
  return { results: [together, ...lateness] };
}

async function measureTogether(ground: Ground, sets: Sets): Promise<Result> {
  const { app } = await startHere(ground);
  const publisher = app.get(Publisher);
  const client = await connect(ground);
  const { tick, updates } = await inTurns(
    ground.options.rounds,
    {
      tick: async () => {
        await sets.dueNow();
        return { seconds: (await stopwatch(() => publisher.publishDue())) / 1000 };
      },
      updates: async () => {
        const ids = await sets.dueNow();
        return { seconds: (await stopwatch(() => updateOneByOne(client, ids))) / 1000 };
      },
    },
    ground.tell,
  );
  const what = `${ground.options.sizes.due} accounts with one broadcast due at once, until all are published`;
  return timesFaster(
    { what, unit: 's', figure: tick.seconds },
    'an UPDATE and a commit each',
    updates.seconds,
    5,
  );
}

/** What publishing does to the row itself, one after another, each with a commit of its own. */
async function updateOneByOne(client: Client, ids: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ last: string }>(
    'SELECT coalesce(max(sequence), 0) AS last FROM broadcasts',
  );
  let sequence = Number(rows[0]?.last);
  for (const id of ids) {
    sequence += 1;
    await client.query({
      name: 'publish',
      text: `UPDATE broadcasts SET status = 'published', published_at = clock.now, updated_at = clock.now,
                    version = version + 1, sequence = $2
               FROM (SELECT clock_timestamp() AS now) AS clock WHERE id = $1`,
      values: [id, sequence],
    });
  }
}

/** A process as it is served, whose own cron finds them. A broadcast is late until others can see it. */
async function measureSecond(ground: Ground, sets: Sets): Promise<Result[]> {
  await serve(ground);
  const watcher = await connect(ground);
  await watcher.query(`LISTEN ${PUBLISHED_CHANNEL}`);
  const all: number[] = [];
  const p99: number[] = [];
  for (let round = 1; round <= ground.options.rounds; round += 1) {
    await untilSealed(ground);
    const second = await sets.dueLater();
    const lateness = await latenessOf(ground, watcher, second);
    all.push(Math.max(...lateness) / 1000);
    p99.push(percentile(lateness, 0.99) / 1000);
    ground.tell(`cron, round ${round}: lateness p99 ${p99.at(-1)?.toFixed(3) ?? ''} s`);
  }
  const what = `${ground.options.sizes.due} accounts with one broadcast due all over a second, by cron`;
  return [
    alone({ what: `${what}, lateness p99 until visible`, unit: 's', figure: spreadOf(p99) }, { atMost: 2 }),
    alone({ what: `${what}, the latest`, unit: 's', figure: spreadOf(all) }),
  ];
}

/** Of each broadcast, in milliseconds: from its instant until a connection that is told of commits has seen it. */
async function latenessOf({ options }: Ground, watcher: Client, second: Date): Promise<number[]> {
  const wanted = options.sizes.due;
  const { rows } = await watcher.query<{ sequence: string }>(
    'SELECT coalesce(max(sequence), 0) AS sequence FROM broadcasts',
  );
  const before = Number(rows[0]?.sequence);
  const seen: { sequence: number; at: number }[] = [];
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      watcher
        .query<{ sequence: string; now: Date }>(
          'SELECT max(sequence) AS sequence, fanfare_now() AS now FROM broadcasts',
        )
        .then(({ rows: [row] }) => {
          if (!row) return;
          seen.push({ sequence: Number(row.sequence), at: row.now.getTime() });
          if (Number(row.sequence) - before < wanted) return;
          watcher.off('notification', look);
          resolve();
        })
        .catch(reject);
    };
    watcher.on('notification', look);
  });
  const published = await watcher.query<{ sequence: string; scheduled_at: Date }>(
    'SELECT sequence, scheduled_at FROM broadcasts WHERE sequence > $1 AND scheduled_at >= $2',
    [before, second],
  );
  return published.rows.map(({ sequence, scheduled_at }) => {
    const first = seen.find((look) => look.sequence >= Number(sequence));
    return (first?.at ?? Number.NaN) - scheduled_at.getTime();
  });
}
