import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError, notFound } from '../errors/domain-error';
import { suffices, type HeldRole, type NeededRole } from './needed-role';
import type { AccountKey, AdminKey, MemberRole, Principal, User } from './principal';

const NOTHING: HeldRole = { inAccount: undefined, isAdmin: false };

/**
 * Asks, inside the transaction that is about to use it, whether the authority with which a request came in still holds:
 * the session has not been ended, the key not been revoked, the role not been taken away. The guard asked before the
 * request was read, and locks may have been waited for since.
 *
 * What it reads stays as it is until the transaction ends: sessions, admins and admin keys by a shared lock on their rows,
 * members and keys of an account by the lock on the account, which whoever removes or revokes takes for themself.
 */
@Injectable()
export class Authority {
  /**
   * Call it under a lock on the account's row.
   * @throws DomainError not-allowed, invalid-credentials, or not-found for somebody who has no part in the account
   */
  async require(
    manager: EntityManager,
    principal: Principal,
    accountId: string,
    needed: NeededRole,
  ): Promise<void> {
    const held = await this.held(manager, principal, accountId);
    if (suffices(held, needed)) return;
    if (held.inAccount === undefined && !held.isAdmin) throw notFound('account');
    throw new DomainError('not-allowed', `This needs the role ${needed.role} in the account.`);
  }

  /** For what concerns no one account. */
  async requireAdmin(manager: EntityManager, principal: Principal): Promise<void> {
    const { isAdmin } = await this.held(manager, principal, null);
    if (!isAdmin) throw new DomainError('not-allowed', 'This is for admins of the platform.');
  }

  /** For what somebody does to what is their own. */
  async requireLive(manager: EntityManager, user: User): Promise<void> {
    await this.held(manager, user, null);
  }

  /** Whether whoever did something earlier, by their name in the audit log, could still do it in person or by their key. */
  async stillHas(
    manager: EntityManager,
    actor: string,
    accountId: string,
    needed: NeededRole,
  ): Promise<boolean> {
    const [kind, id = ''] = actor.split(':');
    if (kind === 'user') return suffices(await rolesOfUser(manager, id, accountId), needed);
    if (kind === 'key') return suffices((await rolesOfKey(manager, id, accountId)) ?? NOTHING, needed);
    return false;
  }

  /** @throws DomainError invalid-credentials when the session or key has ended since */
  private async held(
    manager: EntityManager,
    principal: Principal,
    accountId: string | null,
  ): Promise<HeldRole> {
    if (principal.kind === 'subscriber') return NOTHING;
    if (principal.kind === 'user') return this.heldByUser(manager, principal, accountId);
    return this.heldByKey(manager, principal, accountId);
  }

  private async heldByUser(manager: EntityManager, user: User, accountId: string | null): Promise<HeldRole> {
    const live = await manager.query<unknown[]>(
      'SELECT id FROM sessions WHERE id = $1 AND user_id = $2 AND ended_at IS NULL FOR SHARE',
      [user.sessionId, user.id],
    );
    if (live.length === 0) throw ended();
    return rolesOfUser(manager, user.id, accountId, { lockAdmin: user.role === 'admin' });
  }

  private async heldByKey(
    manager: EntityManager,
    key: AccountKey | AdminKey,
    accountId: string | null,
  ): Promise<HeldRole> {
    const held = await rolesOfKey(manager, key.id, accountId, { lock: key.kind === 'admin-key' });
    if (held === undefined) throw ended();
    return held;
  }
}

function ended(): DomainError {
  return new DomainError(
    'invalid-credentials',
    'It was ended or revoked while the request was being handled.',
  );
}

async function rolesOfUser(
  manager: EntityManager,
  userId: string,
  accountId: string | null,
  { lockAdmin = false } = {},
): Promise<HeldRole> {
  const [user] = await manager.query<{ role: User['role'] }[]>(
    `SELECT role FROM users WHERE id = $1${lockAdmin ? ' FOR SHARE' : ''}`,
    [userId],
  );
  const [member] = await manager.query<{ role: MemberRole }[]>(
    'SELECT role FROM members WHERE account_id = $1 AND user_id = $2',
    [accountId, userId],
  );
  return { inAccount: member?.role, isAdmin: user?.role === 'admin' };
}

async function rolesOfKey(
  manager: EntityManager,
  keyId: string,
  accountId: string | null,
  { lock = false } = {},
): Promise<HeldRole | undefined> {
  const [key] = await manager.query<{ account_id: string | null; role: MemberRole | 'admin' }[]>(
    `SELECT account_id, role FROM api_keys
      WHERE id = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > fanfare_now())
      ${lock ? 'FOR SHARE' : ''}`,
    [keyId],
  );
  if (!key) return undefined;
  if (key.role === 'admin') return { inAccount: undefined, isAdmin: key.account_id === null };
  return { inAccount: key.account_id === accountId?.toLowerCase() ? key.role : undefined, isAdmin: false };
}
