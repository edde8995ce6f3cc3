import type { EntityManager } from 'typeorm';
import type { MemberRole } from '../auth/principal';
import { DomainError } from '../errors/domain-error';
import type { MemberRow } from './members.dto';

/** Statements on the table of members. Whoever changes it holds the account's row for themself. */

export async function memberOf(
  manager: EntityManager,
  accountId: string,
  userId: string,
): Promise<MemberRow | undefined> {
  const [member] = await manager.query<MemberRow[]>(
    `SELECT user_id, email, name, m.role, added_at FROM members m JOIN users u ON u.id = m.user_id
      WHERE account_id = $1 AND user_id = $2`,
    [accountId, userId],
  );
  return member;
}

export async function insertMember(
  manager: EntityManager,
  accountId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await manager.query(
    'INSERT INTO members (account_id, user_id, role, added_at) VALUES ($1, $2, $3, fanfare_now())',
    [accountId, userId, role],
  );
}

export async function setRole(
  manager: EntityManager,
  accountId: string,
  userId: string,
  role: MemberRole,
): Promise<void> {
  await manager.query('UPDATE members SET role = $3 WHERE account_id = $1 AND user_id = $2', [
    accountId,
    userId,
    role,
  ]);
}

/** @throws DomainError last-owner when nobody is left who could decide anything */
export async function requireOwner(manager: EntityManager, accountId: string): Promise<void> {
  const owners = await manager.query<unknown[]>(
    `SELECT FROM members WHERE account_id = $1 AND role = 'owner' LIMIT 1`,
    [accountId],
  );
  if (owners.length === 0) throw new DomainError('last-owner', 'Make somebody else an owner first.');
}
