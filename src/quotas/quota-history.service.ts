import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { exactText } from '../audience/instant';
import type { QuotaMove } from '../audit/audit-log.service';
import { decodeKey, toPage, type Page } from '../http/page';
import { typesWithPeriod } from './period-label';
import type { QuotaHistoryQuery, QuotaMoveView } from './quota.dto';

interface MoveRow {
  readonly id: string;
  /** Of the move within its entry. */
  readonly place: string;
  readonly at: Date;
  /** With microseconds, for the cursor. */
  readonly exactly: string;
  readonly actor: string;
  readonly move: QuotaMove;
}

/** Every reserve, use, release and grant of an account, read from the audit log, the latest first. */
@Injectable()
export class QuotaHistory {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
  ) {}

  async of(accountId: string, { period, limit, cursor }: QuotaHistoryQuery): Promise<Page<QuotaMoveView>> {
    await this.accounts.get(accountId);
    if (period !== undefined) typesWithPeriod(period);
    const list = `quota history ${accountId} ${period ?? ''}`;
    const [at = null, id = null, place = null] = decodeKey(list, cursor, ['instant', 'id', 'whole']) ?? [];
    const rows = await this.database.query<MoveRow[]>(
      `SELECT e.id, e.at, ${exactText('e.at')} AS exactly, e.actor, m.move, m.place
         FROM audit_entries e, jsonb_array_elements(e.facts -> 'quota') WITH ORDINALITY AS m (move, place)
        WHERE e.account_id = $1 AND ($2::text IS NULL OR m.move ->> 'period' = $2)
          AND ($3::timestamptz IS NULL OR (e.at, e.id, m.place) < ($3, $4::uuid, $5::bigint))
        ORDER BY e.at DESC, e.id DESC, m.place DESC LIMIT $6`,
      [accountId, period ?? null, at, id, place, limit + 1],
    );
    return toPage(rows, limit, list, (row) => [row.exactly, row.id, row.place], moveView);
  }
}

function moveView({ at, actor, move }: MoveRow): QuotaMoveView {
  const { kind, period, slot, broadcastId, reason = null } = move;
  return { kind, period, slot, broadcastId, actor, at: at.toISOString(), reason };
}
