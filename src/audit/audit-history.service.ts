import { Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { exactInstant } from '../http/instant';
import { decodeKey, toPage, type Page } from '../http/page';
import { chainedColumns } from './audit-columns';
import { auditEntryView, type AuditEntryView, type AuditQuery, type AuditRow } from './audit.dto';

type Filters = Omit<AuditQuery, 'limit' | 'cursor'>;

/** The log as people read it: newest first. */
@Injectable()
export class AuditHistory {
  constructor(private readonly database: DataSource) {}

  async list({ limit, cursor, ...filters }: AuditQuery): Promise<Page<AuditEntryView>> {
    const { actor, subject, action, accountId, from, to } = filters;
    const list = `audit ${JSON.stringify([actor, subject, action, accountId, from, to])}`;
    const { where, values } = conditions(filters, decodeKey(list, cursor, ['instant', 'id']));
    const rows = await this.database.query<AuditRow[]>(
      `SELECT ${chainedColumns}, sequence, hash FROM audit_entries ${where}
        ORDER BY audit_entries.at DESC, id DESC LIMIT $${values.length + 1}`,
      [...values, limit + 1],
    );
    return toPage(rows, limit, list, ({ at, id }) => [at, id], auditEntryView);
  }
}

/** Only what was asked for stands in the SQL, so that each combination is planned for itself. */
function conditions(
  filters: Filters,
  before: readonly string[] | undefined,
): { where: string; values: unknown[] } {
  const { actor, subject, action, accountId, from, to } = filters;
  const clauses: string[] = [];
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;

  if (actor !== undefined) clauses.push(`actor = ${place(actor)}`);
  if (subject !== undefined) clauses.push(...aboutSubject(subject, place));
  if (action !== undefined) clauses.push(`action = ${place(action)}`);
  if (accountId !== undefined) clauses.push(`account_id = ${place(accountId)}`);
  if (from !== undefined) clauses.push(`at >= ${place(exactInstant(from))}`);
  if (to !== undefined) clauses.push(`at < ${place(exactInstant(to))}`);
  if (before) clauses.push(`(at, id) < (${place(before[0])}, ${place(before[1])})`);
  return { where: clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : '', values };
}

/** A subject is `broadcast:<id>`; the id alone names it too. It is asked for either way, so that one index can serve both. */
function aboutSubject(subject: string, place: (value: unknown) => string): readonly string[] {
  const idIs = (id: string) => `split_part(subject, ':', 2) = ${place(id)}`;
  if (isUUID(subject)) return [idIs(subject.toLowerCase())];
  return [idIs(subject.split(':')[1] ?? ''), `subject = ${place(subject)}`];
}
