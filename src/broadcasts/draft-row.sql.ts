import type { EntityManager } from 'typeorm';
import type { AudienceColumns } from './audience-rule';
import type { BroadcastRow } from './broadcast-row.service';
import type { Content } from './content';
import { requireRoomForBroadcast } from './storage.sql';

export interface NewBroadcast extends AudienceColumns {
  readonly id: string;
  readonly content: Content;
  readonly createdBy: string;
  readonly now: Date;
}

/** @throws DomainError limit-reached */
export async function insertDraft(
  manager: EntityManager,
  accountId: string,
  draft: NewBroadcast,
): Promise<BroadcastRow> {
  const { id, content, createdBy, now, audience_any, audience_all, audience_none } = draft;
  await requireRoomForBroadcast(manager, accountId);
  await manager.query(
    `INSERT INTO broadcasts (id, account_id, status, content, audience_any, audience_all, audience_none, version,
                             created_by, created_at, updated_at)
     VALUES ($1, $2, 'draft', $3, $4, $5, $6, 1, $7, $8, $8)`,
    [id, accountId, JSON.stringify(content), audience_any, audience_all, audience_none, createdBy, now],
  );
  return {
    id,
    account_id: accountId,
    status: 'draft',
    content,
    audience_any,
    audience_all,
    audience_none,
    scheduled_at: null,
    published_at: null,
    recalled_at: null,
    missed_reason: null,
    term: null,
    period: null,
    version: 1,
    created_by: createdBy,
    created_at: now,
    updated_at: now,
  };
}
