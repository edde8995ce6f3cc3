import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditLog } from '../audit/audit-log.service';
import { Authority } from '../auth/authority.service';
import { normalEmail } from '../http/email-address';
import { actorOf, type MemberRole, type User } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { ROLE_NEEDED } from './account-acts';
import { assertAccountAllows } from './account-status';
import { Accounts } from './accounts.service';
import { mayBeInvitationToken, OVER, roleAfter, statusOf } from './invitation';
import { openInvitationView, type InvitationRow, type OpenInvitationView } from './invitations.dto';
import { hashOf, Invitations } from './invitations.service';
import { invitationOf } from './invitations.sql';
import type { JoinedView } from './members.dto';
import { insertMember, memberOf, setRole } from './members.sql';
import { requireRoomForMember } from './storage.sql';

/** What the holder of an invitation's link does with it: look, and accept. */
@Injectable()
export class Joining {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly invitations: Invitations,
    private readonly authority: Authority,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError not-found, invitation-over */
  async look(token: string): Promise<OpenInvitationView> {
    return this.database.transaction(async (manager) => {
      const invitation = await find(manager, token);
      const account = await this.accounts.lock(manager, invitation.account_id, 'share');
      await this.assertOpen(manager, invitation);
      return openInvitationView(invitation, account);
    });
  }

  /**
   * Makes the person a member, or raises their role. A link holds once.
   * @throws DomainError not-found, invitation-over, invitation-for-somebody-else, already-a-member
   */
  async accept(user: User, token: string): Promise<JoinedView> {
    return inTransaction(this.database, async (manager) => {
      const { account_id } = await find(manager, token);
      const account = await this.accounts.lock(manager, account_id, 'change');
      await this.authority.requireLive(manager, user);
      // Read again under the lock under which invitations change.
      const invitation = await find(manager, token);
      await this.assertOpen(manager, invitation);
      assertAccountAllows(account, 'join');
      assertAddressedTo(invitation, user);
      const role = await this.join(manager, user, invitation);
      await manager.query(
        'UPDATE invitations SET accepted_at = fanfare_now(), accepted_by = $2 WHERE id = $1',
        [invitation.id, user.id],
      );
      await this.invitations.append(manager, user, 'invitation.accepted', invitation, { role });
      return { accountId: account.id, handle: account.handle, name: account.name, role };
    });
  }

  private async join(manager: EntityManager, user: User, invitation: InvitationRow): Promise<MemberRole> {
    const { id, account_id: accountId } = invitation;
    const member = await memberOf(manager, accountId, user.id);
    const role = roleAfter(member?.role, invitation.role);
    if (role === undefined) {
      throw new DomainError('already-a-member', `You are ${member?.role ?? ''} of this brand already.`);
    }
    if (member === undefined) await requireRoomForMember(manager, accountId);
    if (member === undefined) await insertMember(manager, accountId, user.id, role);
    else await setRole(manager, accountId, user.id, role);
    await this.audit.append(manager, {
      actor: actorOf(user),
      action: member === undefined ? 'member.added' : 'member.role-changed',
      subject: `user:${user.id}`,
      accountId,
      facts: { ...(member === undefined ? { role } : { from: member.role, to: role }), invitation: id },
    });
    return role;
  }

  /** Also closed where who made it may no longer invite, in whichever way that came about. */
  private async assertOpen(manager: EntityManager, invitation: InvitationRow): Promise<void> {
    const { account_id, created_by } = invitation;
    const status = statusOf(invitation);
    if (status !== 'open')
      throw new DomainError('invitation-over', OVER[status], { invitationStatus: status });
    if (await this.authority.stillHas(manager, created_by, account_id, ROLE_NEEDED.invite)) return;
    throw new DomainError('invitation-over', OVER.revoked, { invitationStatus: 'revoked' });
  }
}

async function find(manager: EntityManager, token: string): Promise<InvitationRow> {
  const found = mayBeInvitationToken(token) ? await invitationOf(manager, hashOf(token)) : undefined;
  if (!found) throw notFound('invitation');
  return found;
}

function assertAddressedTo({ email }: InvitationRow, user: User): void {
  if (email === null || email === normalEmail(user.email)) return;
  throw new DomainError(
    'invitation-for-somebody-else',
    `You are logged in as ${user.email}. Log in with the address that was invited, or ask for another invitation.`,
  );
}
