import type { EntityManager } from 'typeorm';
import type { Calendar } from './calendar';

/** The rows that the checker decides from. Instants are milliseconds since 1970, with the microseconds as a fraction. */

export interface CheckedBroadcast {
  readonly id: string;
  readonly accountId: string;
  readonly status: string;
  readonly scheduledAt: number | null;
  readonly publishedAt: number | null;
  readonly sequence: number | null;
  readonly term: number | null;
  readonly createdBy: string;
  readonly isDeleted: boolean;
}

export interface CheckedSlot {
  readonly accountId: string;
  readonly term: number;
  readonly period: string;
  readonly slot: number;
  readonly broadcastId: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

export interface CheckedGrant {
  readonly accountId: string;
  readonly term: number;
  readonly period: string;
  readonly firstSlot: number;
  readonly lastSlot: number;
  readonly actor: string;
}

export interface CheckedTerm extends Calendar {
  readonly accountId: string;
  readonly term: number;
  readonly startsAt: number;
  readonly countsUntil: number | null;
}

export interface CheckedEntry {
  readonly action: string;
  readonly subject: string;
  readonly accountId: string | null;
  readonly at: number;
  readonly moves: readonly QuotaMove[];
}

export interface QuotaMove {
  readonly kind: 'reserve' | 'use' | 'release' | 'grant';
  readonly period: string;
  readonly slot: number;
  readonly broadcastId: string | null;
}

export interface CheckedRows {
  readonly broadcasts: readonly CheckedBroadcast[];
  readonly slots: readonly CheckedSlot[];
  readonly grants: readonly CheckedGrant[];
  readonly terms: readonly CheckedTerm[];
  /** What the log says of broadcasts and grants, oldest first. */
  readonly entries: readonly CheckedEntry[];
}

/** All of one snapshot, when the transaction is one. */
export async function readRows(manager: EntityManager): Promise<CheckedRows> {
  return {
    broadcasts: await manager.query(
      `SELECT id, account_id AS "accountId", status, ${millisecondsOf('scheduled_at')} AS "scheduledAt",
              ${millisecondsOf('published_at')} AS "publishedAt", sequence::float8 AS sequence, term,
              created_by AS "createdBy", deleted_at IS NOT NULL AS "isDeleted"
         FROM broadcasts`,
    ),
    slots: await manager.query(
      `SELECT account_id AS "accountId", term, period, slot, broadcast_id AS "broadcastId",
              ${millisecondsOf('starts_at')} AS "startsAt", ${millisecondsOf('ends_at')} AS "endsAt"
         FROM quota_slots`,
    ),
    grants: await manager.query(
      `SELECT account_id AS "accountId", term, period, first_slot AS "firstSlot", last_slot AS "lastSlot", actor
         FROM quota_grants`,
    ),
    terms: await manager.query(
      `SELECT account_id AS "accountId", term, type, time_zone AS "timeZone",
              ${millisecondsOf('starts_at')} AS "startsAt", ${millisecondsOf('counts_until')} AS "countsUntil"
         FROM account_terms ORDER BY account_id, term`,
    ),
    entries: await manager.query(
      `SELECT action, subject, account_id AS "accountId", ${millisecondsOf('at')} AS at,
              coalesce(facts -> 'quota', '[]') AS moves
         FROM audit_entries WHERE action LIKE 'broadcast.%' OR action = 'quota.granted' ORDER BY at, id`,
    ),
  };
}

/** Of a column, since 1970, with the microseconds as a fraction. */
export function millisecondsOf(column: string): string {
  return `(extract(epoch FROM ${column}) * 1000)::float8`;
}

/** As sentences show it. */
export function instantText(at: number | null): string {
  return at === null || !Number.isFinite(at) ? String(at) : new Date(at).toISOString();
}

export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
