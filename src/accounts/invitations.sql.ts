import type { EntityManager } from 'typeorm';
import { authorNameSql } from '../auth/author.sql';
import { notFound } from '../errors/domain-error';
import type { InvitationRow } from './invitations.dto';

/** As `statusOf` in invitation.ts. */
export const statusSql = `
  CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked'
       WHEN i.expires_at <= clock.now THEN 'expired' ELSE 'open' END`;

/** To be completed with a WHERE on `i`. */
export const SELECT_INVITATION = `
  SELECT i.id, i.account_id, i.role, i.email, i.created_by, ${authorNameSql('i.created_by')} AS author, i.created_at,
         i.expires_at, i.accepted_at, i.revoked_at, clock.now
    FROM invitations i CROSS JOIN (SELECT fanfare_now() AS now) AS clock`;

/** @throws DomainError not-found, for another account's too */
export async function readInvitation(
  manager: EntityManager,
  accountId: string,
  invitationId: string,
): Promise<InvitationRow> {
  const [row] = await manager.query<InvitationRow[]>(
    `${SELECT_INVITATION} WHERE i.id = $1 AND i.account_id = $2`,
    [invitationId, accountId],
  );
  if (!row) throw notFound('invitation');
  return row;
}

export function openInvitations(manager: EntityManager, accountId: string): Promise<InvitationRow[]> {
  return manager.query<InvitationRow[]>(
    `${SELECT_INVITATION} WHERE i.account_id = $1 AND ${statusSql} = 'open' ORDER BY i.id`,
    [accountId],
  );
}

/** By what its link carries. */
export async function invitationOf(
  manager: Pick<EntityManager, 'query'>,
  tokenHash: Buffer,
): Promise<InvitationRow | undefined> {
  const [row] = await manager.query<InvitationRow[]>(`${SELECT_INVITATION} WHERE i.token_hash = $1`, [
    tokenHash,
  ]);
  return row;
}
