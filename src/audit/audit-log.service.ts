import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newIds } from '../new-ids';

/** What a change did to a quota; the quota history of an account is read from these. */
export interface QuotaMove {
  readonly kind: 'reserve' | 'use' | 'release' | 'grant';
  readonly period: string;
  readonly slot: number;
  readonly broadcastId: string | null;
  readonly reason?: string;
}

export interface AuditEntry {
  /** `user:<id>`, `key:<id>`, `subscriber`, `scheduler` or `system`. */
  readonly actor: string;
  /** What happened, in the past tense: `broadcast.scheduled`. */
  readonly action: string;
  /** What it happened to: `broadcast:<id>`. */
  readonly subject: string;
  readonly accountId?: string;
  readonly facts?: Readonly<Record<string, unknown>> & { readonly quota?: readonly QuotaMove[] };
}

/** Writes to the audit log, in the transaction of the change itself: neither can be there without the other. */
@Injectable()
export class AuditLog {
  async append(manager: EntityManager, ...entries: readonly AuditEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await manager.query(
      `INSERT INTO audit_entries (id, at, actor, action, subject, account_id, facts)
       SELECT id, at, actor, action, subject, account_id, facts
         FROM (SELECT fanfare_now() AS at) AS clock,
              unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::jsonb[])
                AS entry (id, actor, action, subject, account_id, facts)`,
      [
        newIds(entries.length),
        entries.map(({ actor }) => actor),
        entries.map(({ action }) => action),
        entries.map(({ subject }) => subject),
        entries.map(({ accountId }) => accountId ?? null),
        entries.map(({ facts }) => JSON.stringify(facts ?? {})),
      ],
    );
  }
}
