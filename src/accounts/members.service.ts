import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, isAdmin, mayActAs, type MemberRole, type Principal } from '../auth/principal';
import { databaseNow, inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { invalidRequest } from '../http/validation';
import { Accounts } from './accounts.service';
import { memberView, type AddMemberRequest, type MemberRow, type MemberView } from './members.dto';

type Person = Pick<MemberRow, 'user_id' | 'email' | 'name'>;

export interface AddedMember {
  readonly member: MemberView;
  /** False when the person was a member before. */
  readonly isNew: boolean;
}

/** Who may act for a brand. Every change holds the account's row, so that two owners cannot remove each other. */
@Injectable()
export class Members {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly audit: AuditLog,
  ) {}

  /** By e-mail address. */
  async list(accountId: string, limit: number, cursor?: string): Promise<Page<MemberView>> {
    const list = `members of ${accountId}`;
    const [after = ''] = decodeKey(list, cursor, ['text']) ?? [];
    const rows = await this.database.query<MemberRow[]>(
      `SELECT user_id, email, name, m.role, added_at FROM members m JOIN users u ON u.id = m.user_id
        WHERE account_id = $1 AND email > $2 ORDER BY email LIMIT $3`,
      [accountId, after, limit + 1],
    );
    return toPage(rows, limit, list, ({ email }) => [email], memberView);
  }

  /**
   * Adds a person, or gives a member another role.
   * @throws DomainError unknown-user, or last-owner when that would leave the account without one
   */
  async put(actor: Principal, accountId: string, request: AddMemberRequest): Promise<AddedMember> {
    const { role } = request;
    return inTransaction(this.database, async (manager) => {
      await this.accounts.lock(manager, accountId, 'change');
      const person = await find(manager, request);
      const before = await memberOf(manager, accountId, person.user_id);
      const now = await databaseNow(manager);
      if (before === undefined) {
        await manager.query(
          'INSERT INTO members (account_id, user_id, role, added_at) VALUES ($1, $2, $3, $4)',
          [accountId, person.user_id, role, now],
        );
        await this.record(manager, actor, 'member.added', accountId, person.user_id, { role });
      } else if (before.role !== role) {
        await manager.query('UPDATE members SET role = $3 WHERE account_id = $1 AND user_id = $2', [
          accountId,
          person.user_id,
          role,
        ]);
        if (before.role === 'owner') await requireOwner(manager, accountId);
        const facts = { from: before.role, to: role };
        await this.record(manager, actor, 'member.role-changed', accountId, person.user_id, facts);
      }
      const row = { ...person, role, added_at: before?.added_at ?? now };
      return { member: memberView(row), isNew: before === undefined };
    });
  }

  /**
   * Owners remove anybody, admins too; everybody may leave.
   * @throws DomainError not-allowed, not-found, or last-owner
   */
  async remove(actor: Principal, accountId: string, userId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.accounts.lock(manager, accountId, 'change');
      if (!(await mayRemove(manager, actor, accountId, userId))) {
        throw new DomainError('not-allowed', 'Owners remove others; everybody else may only leave.');
      }
      const member = await memberOf(manager, accountId, userId);
      if (!member) throw notFound('member');
      await manager.query('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [accountId, userId]);
      if (member.role === 'owner') await requireOwner(manager, accountId);
      await this.record(manager, actor, 'member.removed', accountId, userId, { role: member.role });
    });
  }

  private async record(
    manager: EntityManager,
    actor: Principal,
    action: string,
    accountId: string,
    userId: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.append(manager, {
      actor: actorOf(actor),
      action,
      subject: `user:${userId}`,
      accountId,
      facts,
    });
  }
}

async function find(manager: EntityManager, { email, userId }: AddMemberRequest): Promise<Person> {
  if ((email === undefined) === (userId === undefined)) {
    throw invalidRequest([{ field: 'email', message: 'give either email or userId' }]);
  }
  const [person] = await manager.query<Person[]>(
    `SELECT id AS user_id, email, name FROM users WHERE ${email === undefined ? 'id = $1' : 'email = $1'}`,
    [email?.toLowerCase() ?? userId],
  );
  if (!person)
    throw new DomainError('unknown-user', 'Nobody has signed up like that: ask them to sign up first.');
  return person;
}

async function memberOf(
  manager: EntityManager,
  accountId: string,
  userId: string,
): Promise<{ readonly role: MemberRole; readonly added_at: Date } | undefined> {
  const [member] = await manager.query<{ role: MemberRole; added_at: Date }[]>(
    'SELECT role, added_at FROM members WHERE account_id = $1 AND user_id = $2',
    [accountId, userId],
  );
  return member;
}

/** Asked under the lock: whoever was removed a moment ago removes nobody any more. */
async function mayRemove(
  manager: EntityManager,
  actor: Principal,
  accountId: string,
  userId: string,
): Promise<boolean> {
  if (isAdmin(actor)) return true;
  if (actor.kind === 'account-key') return mayActAs(actor.role, 'owner');
  if (actor.kind !== 'user') return false;
  return actor.id === userId || (await memberOf(manager, accountId, actor.id))?.role === 'owner';
}

async function requireOwner(manager: EntityManager, accountId: string): Promise<void> {
  const owners = await manager.query<unknown[]>(
    `SELECT FROM members WHERE account_id = $1 AND role = 'owner' LIMIT 1`,
    [accountId],
  );
  if (owners.length === 0) throw new DomainError('last-owner', 'Make somebody else an owner first.');
}
