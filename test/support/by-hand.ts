import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import type { AccountType } from '../../src/accounts/account-type';
import { sqlState, violatedConstraint } from '../../src/database';

const PERIODS = { service: '2026-11', subscription: '2026-11-22' } as const;

type Row = Readonly<Record<string, unknown>>;

const NOON = '2026-11-22T12:00:00Z';

/** An account whose rows are written by hand, past every rule of the code. */
export async function givenAccount(database: DataSource, type: AccountType): Promise<AccountByHand> {
  const account = new AccountByHand(database, type);
  await database.transaction((manager) => account.insert(manager));
  return account;
}

export class AccountByHand {
  readonly id = randomUUID();

  constructor(
    private readonly database: DataSource,
    private readonly type: AccountType,
  ) {}

  async insert(manager: EntityManager): Promise<void> {
    const { id, type } = this;
    const since = '2026-11-01T00:00:00Z';
    const names = { handle: `a${id.slice(0, 8)}`, name: 'By hand' };
    const times = { created_at: since, updated_at: since };
    await insert(manager, 'accounts', {
      id,
      type,
      time_zone: 'UTC',
      term: 1,
      status: 'active',
      ...names,
      ...times,
    });
    await insert(manager, 'account_terms', {
      account_id: id,
      term: 1,
      type,
      time_zone: 'UTC',
      starts_at: since,
    });
  }

  /** A broadcast as it would be in this status, and the slot that it holds. */
  publish(slot: Row, broadcast: Row = {}): Promise<string> {
    return this.database.transaction(async (manager) => {
      const broadcastId = await this.insertBroadcast(manager, broadcast);
      await this.insertSlot(manager, broadcastId, slot);
      return broadcastId;
    });
  }

  /** @param more what is to be otherwise than one would expect in this status */
  async insertBroadcast(
    manager: EntityManager,
    { status = 'published', ...more }: Row = {},
  ): Promise<string> {
    const id = randomUUID();
    const out = status === 'published' || status === 'recalled';
    await insert(manager, 'broadcasts', {
      id,
      account_id: this.id,
      status,
      content: '{}',
      scheduled_at: status === 'draft' ? null : NOON,
      published_at: out ? NOON : null,
      sequence: out ? await nextSequence(manager) : null,
      recalled_at: status === 'recalled' ? NOON : null,
      term: status === 'draft' ? null : 1,
      created_by: 'by hand',
      created_at: NOON,
      updated_at: NOON,
      ...more,
    });
    return id;
  }

  async insertSlot(manager: EntityManager, broadcastId: string, more: Row): Promise<void> {
    const stretch = { starts_at: '2026-11-01T00:00:00Z', ends_at: '2026-12-01T00:00:00Z' };
    await insert(manager, 'quota_slots', {
      ...this.inPeriod(),
      broadcast_id: broadcastId,
      ...stretch,
      ...more,
    });
  }

  async grant(first: number, last: number): Promise<void> {
    const said = { reason: 'By hand', actor: 'by hand', granted_at: NOON };
    const slots = { first_slot: first, last_slot: last };
    await insert(this.database.manager, 'quota_grants', {
      id: randomUUID(),
      ...this.inPeriod(),
      ...slots,
      ...said,
    });
  }

  async countSlots(): Promise<number> {
    const sql = 'SELECT 1 FROM quota_slots WHERE account_id = $1';
    return (await this.database.query<unknown[]>(sql, [this.id])).length;
  }

  private inPeriod(): Row {
    return { account_id: this.id, term: 1, type: this.type, period: PERIODS[this.type] };
  }
}

async function nextSequence(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<[{ next: number }]>(
    'SELECT coalesce(max(sequence), 0)::int + 1 AS next FROM broadcasts',
  );
  return row.next;
}

async function insert(manager: EntityManager, table: string, row: Row): Promise<void> {
  const places = Object.keys(row).map((_, index) => `$${index + 1}`);
  await manager.query(
    `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${places.join(', ')})`,
    Object.values(row),
  );
}

async function refusal(work: Promise<unknown>) {
  try {
    await work;
  } catch (error) {
    return { code: sqlState(error), constraint: violatedConstraint(error) };
  }
  throw new Error('PostgreSQL took it');
}

export async function expectRefusal(work: Promise<unknown>, code: string, constraint: string): Promise<void> {
  expect(await refusal(work)).toEqual({ code, constraint });
}
