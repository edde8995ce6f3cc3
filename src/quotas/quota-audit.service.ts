import { Injectable, type StreamableFile } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ACCOUNT_TYPE_NAMES, ACCOUNT_TYPES, type AccountType } from '../accounts/account-type';
import { databaseNow } from '../database';
import { decodeKey, toPage, type Page } from '../http/page';
import { csvFile } from '../http/page-or-csv';
import { typesWithPeriod } from './period-label';
import { periodAt, periodLabelled, type Calendar } from './quota-period';
import { quotaPeriodView, type UsageQuery, type UsageSort, type UsageView } from './quota.dto';

interface UsageRow extends Omit<UsageView, 'startsAt' | 'endsAt'> {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

type Sort = { readonly by: UsageSort; readonly descending: boolean };

/** The accounts of one page in the order of their handles: after which one, and how many at most. */
type AccountsPage = { readonly descending: boolean; readonly handle: string | null; readonly limit: number };

/** Rows that are fetched at once for a download. */
const FETCHED = 500;
const COLUMNS: readonly (keyof UsageView)[] = [
  ...(['handle', 'name', 'type', 'status', 'timeZone', 'period', 'startsAt', 'endsAt'] as const),
  ...(['allowance', 'granted', 'reserved', 'used', 'remaining', 'accountId'] as const),
];

/** Quota usage over all accounts, as the admin audits it. */
@Injectable()
export class QuotaAudit {
  constructor(private readonly database: DataSource) {}

  async page(query: UsageQuery): Promise<Page<UsageView>> {
    const sort = sortOf(query);
    const list = `quota ${JSON.stringify([query.period, query.type, sort])}`;
    const [value = null, handle = null] = decodeKey(list, query.cursor, [formOf(sort.by), 'text']) ?? [];
    const page = sort.by === 'handle' ? { ...sort, handle, limit: query.limit + 1 } : undefined;
    const parameters = await this.calendarParameters(this.database.manager, query, page);
    const usage = page ? BY_ACCOUNT : AT_ONCE;
    // The sort comes from a fixed list, so that it can stand in the statement.
    const [key, way] = [sort.by, sort.descending ? 'DESC' : 'ASC'];
    const after = `(u.${key}, u.handle) ${sort.descending ? '<' : '>'} ($7::${formOf(sort.by) === 'whole' ? 'bigint' : 'text'}, $8)`;
    const rows = await this.database.query<UsageRow[]>(
      `${usage} SELECT u.* FROM usage u WHERE $8::text IS NULL OR ${after} ORDER BY u.${key} ${way}, u.handle ${way} LIMIT $9`,
      [...parameters, value, handle, query.limit + 1],
    );
    return toPage(rows, query.limit, list, (row) => [String(row[sort.by]), row.handle], usageView);
  }

  /** All of it as CSV, in one snapshot and flat memory. */
  csv(query: UsageQuery): Promise<StreamableFile> {
    return csvFile('quota', COLUMNS, this.viewsInParts(query), query);
  }

  private async *viewsInParts(query: UsageQuery): AsyncGenerator<readonly UsageView[]> {
    for await (const rows of this.rowsInParts(query)) yield rows.map(usageView);
  }

  private async *rowsInParts(query: UsageQuery): AsyncGenerator<readonly UsageRow[]> {
    const { by, descending } = sortOf(query);
    const way = descending ? 'DESC' : 'ASC';
    const runner = this.database.createQueryRunner();
    try {
      await runner.startTransaction('REPEATABLE READ');
      const parameters = await this.calendarParameters(runner.manager, query);
      const ordered = `${AT_ONCE} SELECT u.* FROM usage u ORDER BY u.${by} ${way}, u.handle ${way}`;
      await runner.query(`DECLARE download NO SCROLL CURSOR FOR ${ordered}`, parameters);
      for (;;) {
        const rows = (await runner.query(`FETCH ${FETCHED} FROM download`)) as UsageRow[];
        yield rows;
        if (rows.length < FETCHED) break;
      }
    } finally {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      await runner.release();
    }
  }

  /**
   * Which period each account is in depends on its zone; that is computed in the one place that knows calendars, for
   * every pair of type and zone that occurs.
   */
  private async calendarParameters(manager: EntityManager, query: UsageQuery, page?: AccountsPage) {
    const { period } = query;
    const calendars = await this.calendars(manager, typesAsked(query), page);
    const now = await databaseNow(manager);
    const periods = calendars.flatMap((calendar) => {
      const found = period === undefined ? periodAt(now, calendar) : periodLabelled(period, calendar);
      return found ? [{ ...calendar, ...found }] : [];
    });
    return [
      periods.map((row) => row.type),
      periods.map((row) => row.timeZone),
      periods.map((row) => row.label),
      periods.map((row) => row.startsAt),
      periods.map((row) => row.endsAt),
      periods.map((row) => ACCOUNT_TYPES[row.type].allowance),
    ];
  }

  /** Those of a page of accounts, or of all of them, for which every account has to be looked at. */
  private calendars(
    manager: EntityManager,
    types: readonly AccountType[],
    page?: AccountsPage,
  ): Promise<Calendar[]> {
    const [sign, way] = page?.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const within = page && `AND ($2::text IS NULL OR handle ${sign} $2) ORDER BY handle ${way} LIMIT $3`;
    return manager.query(
      `SELECT DISTINCT type, time_zone AS "timeZone"
         FROM (SELECT type, time_zone FROM accounts WHERE type = ANY ($1) ${within ?? ''}) AS account`,
      [types, ...(page ? [page.handle, page.limit] : [])],
    );
  }
}

/** @throws DomainError invalid-period */
function typesAsked({ period, type }: UsageQuery): readonly AccountType[] {
  const named = period === undefined ? ACCOUNT_TYPE_NAMES : typesWithPeriod(period);
  return named.filter((name) => type === undefined || name === type);
}

const CALENDAR = `
  calendar AS (
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::integer[])
      AS calendar (type, time_zone, period, starts_at, ends_at, allowance))`;

const USAGE = `
  usage AS (
    SELECT a.id AS "accountId", a.handle, a.name, a.type, a.status, a.time_zone AS "timeZone", c.period,
           c.starts_at AS "startsAt", c.ends_at AS "endsAt", c.allowance, coalesce(g.granted, 0) AS granted,
           coalesce(s.reserved, 0) AS reserved, coalesce(s.used, 0) AS used,
           greatest(0, c.allowance + coalesce(g.granted, 0) - coalesce(s.reserved + s.used, 0)) AS remaining
      FROM accounts a JOIN calendar c ON c.type = a.type AND c.time_zone = a.time_zone`;

const TAKEN = `
  count(*) FILTER (WHERE b.status = 'scheduled')::integer AS reserved,
  count(*) FILTER (WHERE b.status <> 'scheduled')::integer AS used
  FROM quota_slots q JOIN broadcasts b ON b.id = q.broadcast_id`;

const GRANTED = `sum(last_slot - first_slot + 1)::integer AS granted FROM quota_grants q`;

/** Counts account by account: quickest for one page in the order of an index. */
const BY_ACCOUNT = `WITH ${CALENDAR}, ${USAGE}
  CROSS JOIN LATERAL (
    SELECT ${TAKEN} WHERE q.account_id = a.id AND q.term = a.term AND q.period = c.period) s
  CROSS JOIN LATERAL (
    SELECT ${GRANTED} WHERE q.account_id = a.id AND q.term = a.term AND q.period = c.period) g)`;

/** Counts all accounts together: eight times as quick when all of them are needed, to sort or to download. */
const AT_ONCE = `WITH ${CALENDAR},
  taken AS (
    SELECT q.account_id, q.term, q.period, ${TAKEN} WHERE q.period = ANY ($3) GROUP BY q.account_id, q.term, q.period),
  granted AS (
    SELECT q.account_id, q.term, q.period, ${GRANTED} WHERE q.period = ANY ($3) GROUP BY q.account_id, q.term, q.period),
  ${USAGE}
  LEFT JOIN taken s ON s.account_id = a.id AND s.term = a.term AND s.period = c.period
  LEFT JOIN granted g ON g.account_id = a.id AND g.term = a.term AND g.period = c.period)`;

function sortOf({ sort = 'handle' }: UsageQuery): Sort {
  return { by: sort.replace('-', '') as UsageSort, descending: sort.startsWith('-') };
}

function formOf(sort: UsageSort): 'text' | 'whole' {
  return sort === 'handle' ? 'text' : 'whole';
}

function usageView(row: UsageRow): UsageView {
  return { ...row, ...quotaPeriodView(row) };
}
