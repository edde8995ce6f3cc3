import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ACCOUNT_TYPES } from '../accounts/account-type';
import { databaseNow } from '../database';
import { DomainError } from '../errors/domain-error';
import { decodeKey, toPage } from '../http/page';
import { periodAt, periodBefore, periodLabelled, type Calendar, type Period } from './quota-period';
import type { MatrixQuery, MatrixRow, QuotaMatrixView } from './quota-matrix.dto';

/** The quota of many accounts over many periods, as small as it can be said: for whoever wants to see it at a glance. */
@Injectable()
export class QuotaMatrix {
  constructor(private readonly database: DataSource) {}

  async page(query: MatrixQuery): Promise<QuotaMatrixView> {
    const { type, periods: count, until, limit } = query;
    const labels = await this.labels(query);
    const list = `quota matrix ${JSON.stringify([type, count, until])}`;
    const [handle = null] = decodeKey(list, query.cursor, ['text']) ?? [];
    const rows = await this.database.query<MatrixRow[]>(MATRIX, [type, labels, handle, limit + 1]);
    const page = toPage(
      rows,
      limit,
      list,
      (row) => [row.handle],
      (row) => row,
    );
    return { type, allowance: ACCOUNT_TYPES[type].allowance, periods: labels, ...page };
  }

  /** The last so many labels up to the one asked for; where the calendar begins and ends is each account's own affair. */
  private async labels({ type, periods, until }: MatrixQuery): Promise<string[]> {
    const calendar: Calendar = { type, timeZone: 'UTC' };
    let period: Period | undefined =
      until === undefined
        ? periodAt(await databaseNow(this.database.manager), calendar)
        : periodLabelled(until, calendar);
    const labels: string[] = [];
    for (let left = periods; left > 0; left -= 1) {
      if (period === undefined) {
        const message = `There are not ${periods} periods of a ${type} account up to ${until ?? ''}.`;
        throw new DomainError('invalid-period', message);
      }
      labels.unshift(period.label);
      // By its label, which has four digits of a year: before the first year there is none.
      period = periodLabelled(periodBefore(period, calendar).label, calendar);
    }
    return labels;
  }
}

/** Whatever the term: a period that began before a change of type or zone counts as it was. */
const MATRIX = `
  SELECT a.id AS "accountId", a.handle, a.name, a.status, a.time_zone AS "timeZone", cells.used, cells.reserved, cells.granted
    FROM (SELECT * FROM accounts WHERE type = $1 AND ($3::text IS NULL OR handle > $3) ORDER BY handle LIMIT $4) AS a
    CROSS JOIN LATERAL (
      SELECT array_agg(coalesce(slots.used, 0) ORDER BY place) AS used,
             array_agg(coalesce(slots.reserved, 0) ORDER BY place) AS reserved,
             array_agg(coalesce(grants.granted, 0) ORDER BY place) AS granted
        FROM unnest($2::text[]) WITH ORDINALITY AS wanted (period, place)
        LEFT JOIN (
          SELECT q.period, count(*) FILTER (WHERE b.status = 'scheduled')::integer AS reserved,
                 count(*) FILTER (WHERE b.status <> 'scheduled')::integer AS used
            FROM quota_slots q JOIN broadcasts b ON b.id = q.broadcast_id
           WHERE q.account_id = a.id AND q.period = ANY ($2) GROUP BY q.period
        ) AS slots ON slots.period = wanted.period
        LEFT JOIN (
          SELECT q.period, sum(last_slot - first_slot + 1)::integer AS granted
            FROM quota_grants q WHERE q.account_id = a.id AND q.period = ANY ($2) GROUP BY q.period
        ) AS grants ON grants.period = wanted.period
    ) AS cells
   ORDER BY a.handle`;
