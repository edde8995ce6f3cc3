import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { apiKeyView, type ApiKeyView } from '../auth/api-keys.dto';
import { ApiKeys } from '../auth/api-keys.service';
import { Authority } from '../auth/authority.service';
import { normalEmail } from '../http/email-address';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { invalidRequest } from '../http/validation';
import { Accounts } from './accounts.service';
import { Invitations } from './invitations.service';
import { memberView, type ChangeRoleRequest, type MemberRow, type MemberView } from './members.dto';
import { memberOf, requireOwner, setRole } from './members.sql';

/** Who may act for a brand. Every change holds the account's row, so that two owners cannot remove each other. */
@Injectable()
export class Members {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly authority: Authority,
    private readonly keys: ApiKeys,
    private readonly invitations: Invitations,
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
   * Gives a member another role.
   * @throws DomainError not-a-member, whether or not somebody has signed up like that; last-owner
   */
  async changeRole(actor: Principal, accountId: string, request: ChangeRoleRequest): Promise<MemberView> {
    const { role } = request;
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'change-roles', 'change');
      const member = await find(manager, accountId, request);
      if (member.role === role) return memberView(member);
      await setRole(manager, accountId, member.user_id, role);
      if (member.role === 'owner') await this.afterOwner(manager, actor, accountId, member.user_id);
      const facts = { from: member.role, to: role };
      await this.record(manager, actor, 'member.role-changed', accountId, member.user_id, facts);
      return memberView({ ...member, role });
    });
  }

  /**
   * Owners remove anybody, admins too; everybody may leave. The keys that the person made go on working unless they are
   * revoked with them.
   * @returns the live keys of theirs that remain
   * @throws DomainError not-allowed, not-found, or last-owner
   */
  async remove(
    actor: Principal,
    accountId: string,
    userId: string,
    { revokeKeys }: { readonly revokeKeys: boolean },
  ): Promise<ApiKeyView[]> {
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, actor, accountId, 'remove-member', 'change');
      if (!(actor.kind === 'user' && actor.id === userId)) {
        await this.authority.require(manager, actor, accountId, { role: 'owner', adminToo: true });
      }
      const member = await memberOf(manager, accountId, userId);
      if (!member) throw notFound('member');
      const maker = `user:${userId}`;
      if (revokeKeys) await this.keys.revokeAll(manager, actor, accountId, maker);
      await manager.query('DELETE FROM members WHERE account_id = $1 AND user_id = $2', [accountId, userId]);
      if (member.role === 'owner') await this.afterOwner(manager, actor, accountId, userId);
      await this.record(manager, actor, 'member.removed', accountId, userId, { role: member.role });
      return (await this.keys.liveKeys(manager, accountId, maker)).map(apiKeyView);
    });
  }

  /** Somebody is an owner no longer: another one must be there, and what they invited to is void. */
  private async afterOwner(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    userId: string,
  ): Promise<void> {
    await requireOwner(manager, accountId);
    await this.invitations.revokeAll(manager, actor, accountId, `user:${userId}`);
  }

  private async record(
    manager: EntityManager,
    actor: Principal,
    action: string,
    accountId: string,
    userId: string,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const subject = `user:${userId}`;
    await this.audit.append(manager, { actor: actorOf(actor), action, subject, accountId, facts });
  }
}

async function find(
  manager: EntityManager,
  accountId: string,
  { email, userId }: ChangeRoleRequest,
): Promise<MemberRow> {
  if ((email === undefined) === (userId === undefined)) {
    throw invalidRequest([{ field: 'email', message: 'give either email or userId' }]);
  }
  const [member] = await manager.query<MemberRow[]>(
    `SELECT user_id, email, name, m.role, added_at FROM members m JOIN users u ON u.id = m.user_id
      WHERE account_id = $1 AND ${email === undefined ? 'user_id = $2' : 'email = $2'}`,
    [accountId, email === undefined ? userId : (normalEmail(email) ?? '')],
  );
  if (member) return member;
  // The same words for everybody else, so that nobody learns who has signed up.
  throw new DomainError(
    'not-a-member',
    'This changes the role of a member. Invite other people with POST /v1/accounts/{accountId}/invitations.',
  );
}
