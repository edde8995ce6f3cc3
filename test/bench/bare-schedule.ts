import { createHash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { v7 as uuidv7 } from 'uuid';

/** Of a subscription account in UTC, whose periods are days. */
export interface ScheduleRequest {
  readonly content: object;
  readonly schedule: { readonly at: string };
}

/** All that the values of the statements are made of. */
interface Facts {
  readonly accountId: string;
  readonly keyHash: Buffer;
  readonly content: object;
  readonly at: Date;
  readonly day: string;
  readonly dayEnds: Date;
  readonly id: string;
  readonly keyId: string;
  readonly now: Date;
}

type Values = (facts: Facts) => readonly unknown[];

/** By the beginning of its text, what goes into each statement. */
const VALUES: readonly (readonly [string, Values])[] = [
  ['SELECT id, account_id, role', ({ keyHash }) => [keyHash]],
  ['START TRANSACTION', () => []],
  ['SET TRANSACTION', () => []],
  ['SELECT "Account"', ({ accountId }) => [accountId]],
  ['SELECT term, type, time_zone', ({ accountId }) => [accountId]],
  ['SELECT fanfare_now()', () => []],
  [
    'SELECT s.term, s.period, s.slot',
    ({ accountId, at }) => [accountId, [1], at, new Date(at.getTime() + 1)],
  ],
  ['SELECT term, period, first_slot', ({ accountId }) => [accountId, [1]]],
  [
    'INSERT INTO broadcasts',
    ({ id, accountId, content, keyId, now }) => [
      ...[id, accountId, JSON.stringify(content), null, null, null],
      ...[`key:${keyId}`, now],
    ],
  ],
  ['INSERT INTO audit_entries', (facts) => auditValues(facts)],
  ['UPDATE broadcasts', ({ id, at, now }) => [id, at, 1, 1, now]],
  [
    'INSERT INTO quota_slots',
    ({ accountId, day, id, dayEnds }) => [
      ...[accountId, 1, day, 1, 'subscription', id],
      ...[new Date(day), dayEnds, null, null],
    ],
  ],
  ['COMMIT', () => []],
];

function auditValues({ keyId, id, accountId, at, day }: Facts): readonly unknown[] {
  const quota = [{ kind: 'reserve', period: day, slot: 1, broadcastId: id }];
  const facts = JSON.stringify({ at: at.toISOString(), quota });
  return [[uuidv7()], [`key:${keyId}`], ['broadcast.scheduled'], [`broadcast:${id}`], [accountId], [facts]];
}

/** @throws Error for a statement that the application did not run when this was written */
export function valuesFor(statement: string): Values {
  const found = VALUES.find(([beginning]) => statement.startsWith(beginning));
  if (!found) throw new Error(`The bare server does not know what goes into: ${statement}`);
  return found[1];
}

/** Runs the statements of a scheduling that the application was seen to run, one after another. */
export async function scheduleBare(
  pool: Pool,
  statements: readonly string[],
  accountId: string,
  key: string,
  { content, schedule }: ScheduleRequest,
): Promise<object> {
  const at = new Date(schedule.at);
  const day = schedule.at.slice(0, 10);
  const dayEnds = new Date(new Date(day).getTime() + 86_400_000);
  const keyHash = createHash('sha256').update(key).digest();
  const facts = { accountId, keyHash, content, at, day, dayEnds, id: uuidv7(), keyId: '', now: at };
  const client = await pool.connect();
  try {
    return await run(client, statements, facts);
  } finally {
    client.release();
  }
}

async function run(client: PoolClient, statements: readonly string[], facts: Facts): Promise<object> {
  let known = facts;
  for (const statement of statements) {
    const { rows } = await client.query<{ id?: string; now?: Date }>(statement, [
      ...valuesFor(statement)(known),
    ]);
    const [row] = rows;
    if (statement.startsWith('SELECT id, account_id, role')) known = { ...known, keyId: row?.id ?? '' };
    if (row?.now) known = { ...known, now: row.now };
  }
  const { id, accountId, content, at, day, keyId, now } = known;
  return {
    id,
    accountId,
    status: 'scheduled',
    content,
    audience: { everyone: true },
    scheduledAt: at,
    publishedAt: null,
    recalledAt: null,
    missedReason: null,
    period: day,
    version: 1,
    createdBy: `key:${keyId}`,
    createdAt: now,
    updatedAt: now,
  };
}
