import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { databaseNow } from '../database';
import type { QuotaCheckView, QuotaFault } from './quota-check.dto';

/** Faults shown; all are counted. */
const SHOWN = 100;

/**
 * Recounts everything from the rows themselves: slots against allowances and grants, publications against the slots
 * they used, and both against what the audit log says. In a sound database every query below finds nothing.
 */
const CHECKS: Readonly<Record<QuotaFault['kind'], string>> = {
  'period over its allowance': `
    SELECT s.account_id AS "accountId", NULL::uuid AS "broadcastId", s.period,
           count(*) || ' slots of ' || max(CASE s.type WHEN 'service' THEN 4 ELSE 1 END) + coalesce(max(g.granted), 0) AS detail
      FROM quota_slots s
      LEFT JOIN (SELECT account_id, term, period, sum(last_slot - first_slot + 1) AS granted
                   FROM quota_grants GROUP BY account_id, term, period) g USING (account_id, term, period)
     GROUP BY s.account_id, s.term, s.period
    HAVING count(*) > max(CASE s.type WHEN 'service' THEN 4 ELSE 1 END) + coalesce(max(g.granted), 0)`,
  'published outside the period of its slot': `
    SELECT b.account_id AS "accountId", b.id AS "broadcastId", s.period,
           'published at ' || b.published_at AS detail
      FROM broadcasts b JOIN quota_slots s ON s.broadcast_id = b.id AND s.term = b.term
     WHERE b.published_at < s.starts_at OR b.published_at >= s.ends_at`,
  'broadcast without a slot': `
    SELECT b.account_id AS "accountId", b.id AS "broadcastId", NULL AS period, 'it is ' || b.status AS detail
      FROM broadcasts b
     WHERE b.status IN ('scheduled', 'published', 'recalled')
       AND NOT EXISTS (SELECT 1 FROM quota_slots s WHERE s.broadcast_id = b.id AND s.term = b.term)`,
  'slot without a broadcast': `
    SELECT s.account_id AS "accountId", s.broadcast_id AS "broadcastId", s.period, 'the broadcast is ' || b.status AS detail
      FROM quota_slots s JOIN broadcasts b ON b.id = s.broadcast_id
     WHERE b.status NOT IN ('scheduled', 'published', 'recalled')`,
  'audit log disagrees': `
    SELECT coalesce(l.account_id, b.account_id) AS "accountId", coalesce(l.id, b.id) AS "broadcastId", NULL AS period,
           'the log says ' || coalesce(l.reserved, 0) || ' reserved, ' || coalesce(l.used, 0) || ' used; the broadcast is '
             || coalesce(b.status, 'unknown') AS detail
      FROM (SELECT (m ->> 'broadcastId')::uuid AS id, min(e.account_id::text)::uuid AS account_id,
                   count(*) FILTER (WHERE m ->> 'kind' = 'reserve')
                     - count(*) FILTER (WHERE m ->> 'kind' = 'release') AS reserved,
                   count(*) FILTER (WHERE m ->> 'kind' = 'use') AS used
              FROM audit_entries e, jsonb_array_elements(e.facts -> 'quota') AS m
             WHERE m ->> 'broadcastId' IS NOT NULL GROUP BY 1) l
      FULL JOIN broadcasts b ON b.id = l.id
     WHERE (coalesce(l.reserved, 0), coalesce(l.used, 0)) IS DISTINCT FROM
           (CASE WHEN b.status IN ('scheduled', 'published', 'recalled') THEN 1 ELSE 0 END,
            CASE WHEN b.status IN ('published', 'recalled') THEN 1 ELSE 0 END)`,
};

const COUNTS = `
  SELECT count(*) FILTER (WHERE status = 'scheduled')::integer AS scheduled,
         count(*) FILTER (WHERE status IN ('published', 'recalled'))::integer AS published,
         (SELECT count(*) FROM quota_slots s JOIN broadcasts o ON o.id = s.broadcast_id AND o.term = s.term)::integer AS slots,
         (SELECT count(*) FROM accounts)::integer AS accounts
    FROM broadcasts`;

@Injectable()
export class QuotaCheck {
  constructor(private readonly database: DataSource) {}

  /** One snapshot for all of it, so that what happens meanwhile is no fault. */
  async run(): Promise<QuotaCheckView> {
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const asOf = await databaseNow(manager);
      const [counts] =
        await manager.query<[Omit<QuotaCheckView, 'consistent' | 'asOf' | 'faults' | 'faultCount'>]>(COUNTS);
      const faults: QuotaFault[] = [];
      for (const [kind, sql] of Object.entries(CHECKS) as [QuotaFault['kind'], string][]) {
        faults.push(...(await this.find(manager, kind, sql)));
      }
      return {
        consistent: faults.length === 0,
        asOf: asOf.toISOString(),
        ...counts,
        faultCount: faults.length,
        faults: faults.slice(0, SHOWN),
      };
    });
  }

  private async find(manager: EntityManager, kind: QuotaFault['kind'], sql: string): Promise<QuotaFault[]> {
    const rows = await manager.query<Omit<QuotaFault, 'kind'>[]>(`${sql} LIMIT 10000`);
    return rows.map((row) => ({ kind, ...row }));
  }
}
