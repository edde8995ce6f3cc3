import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { normalEmail } from '../http/email-address';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { Accounts } from './accounts.service';
import { INVITATION_DAYS, invitationPath, MAX_OPEN_INVITATIONS, statusOf } from './invitation';
import {
  invitationView,
  type InvitationsQuery,
  type InvitationView,
  type InviteRequest,
  type NewInvitationView,
} from './invitations.dto';
import { openInvitations, readInvitation, SELECT_INVITATION, statusSql } from './invitations.sql';
import type { InvitationRow } from './invitations.dto';

/** How people join a brand: by a link that they are sent, and accept themselves. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly audit: AuditLog,
  ) {}

  /**
   * @param origin where people reach this server
   * @throws DomainError limit-reached
   */
  async create(
    caller: Principal,
    accountId: string,
    { role, email }: InviteRequest,
    origin: string,
  ): Promise<NewInvitationView> {
    const id = uuidv7();
    const token = randomBytes(32).toString('base64url');
    return inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'invite', 'change');
      await requireRoom(manager, accountId);
      const address = typeof email === 'string' ? (normalEmail(email) ?? null) : null;
      await manager.query(
        `INSERT INTO invitations (id, account_id, role, email, token_hash, created_by, created_at, expires_at)
         SELECT $1, $2, $3, $4, $5, $6, clock.now, clock.now + make_interval(days => $7)
           FROM (SELECT fanfare_now() AS now) AS clock`,
        [id, accountId, role, address, hashOf(token), actorOf(caller), INVITATION_DAYS],
      );
      // The address is not kept for ever, as the log is.
      await this.append(
        manager,
        caller,
        'invitation.created',
        { id, account_id: accountId },
        {
          role,
          addressed: address !== null,
        },
      );
      const row = await readInvitation(manager, accountId, id);
      return { ...invitationView(row), link: `${origin}${invitationPath(token)}` };
    });
  }

  /** Newest first. */
  async list(accountId: string, { status, limit, cursor }: InvitationsQuery): Promise<Page<InvitationView>> {
    const list = `invitations of ${accountId} ${status ?? ''}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<InvitationRow[]>(
      `${SELECT_INVITATION}
        WHERE i.account_id = $1 AND ($2::uuid IS NULL OR i.id < $2) AND ($3::text IS NULL OR ${statusSql} = $3)
        ORDER BY i.id DESC LIMIT $4`,
      [accountId, before, status ?? null, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], invitationView);
  }

  /** Its link opens nothing any more. Doing it again changes nothing. */
  async revoke(caller: Principal, accountId: string, invitationId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'revoke-invitation', 'change');
      const invitation = await readInvitation(manager, accountId, invitationId);
      if (statusOf(invitation) === 'accepted') {
        throw new DomainError('invitation-accepted', 'Remove the member that it has made instead.');
      }
      if (statusOf(invitation) === 'open') await this.withdraw(manager, caller, invitation, 'by hand');
    });
  }

  /**
   * Withdraws what is open: all of it, or what one person or key has made, who may no longer invite. Under the account's
   * lock.
   */
  async revokeAll(
    manager: EntityManager,
    actor: Principal,
    accountId: string,
    madeBy?: string,
    reason = 'its maker may no longer invite',
  ): Promise<void> {
    const open = await openInvitations(manager, accountId);
    for (const invitation of open) {
      if (madeBy === undefined || invitation.created_by === madeBy) {
        await this.withdraw(manager, actor, invitation, reason);
      }
    }
  }

  private async withdraw(
    manager: EntityManager,
    actor: Principal,
    invitation: InvitationRow,
    reason: string,
  ): Promise<void> {
    await manager.query('UPDATE invitations SET revoked_at = fanfare_now() WHERE id = $1', [invitation.id]);
    await this.append(manager, actor, 'invitation.revoked', invitation, { reason });
  }

  async append(
    manager: EntityManager,
    actor: Principal,
    action: string,
    { id, account_id }: Pick<InvitationRow, 'id' | 'account_id'>,
    facts: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.audit.append(manager, {
      actor: actorOf(actor),
      action,
      subject: `invitation:${id}`,
      accountId: account_id,
      facts,
    });
  }
}

/** What is kept of a token: it carries 256 random bits, so a fast hash is enough. */
export function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

async function requireRoom(manager: EntityManager, accountId: string): Promise<void> {
  const open = await openInvitations(manager, accountId);
  if (open.length < MAX_OPEN_INVITATIONS) return;
  throw new DomainError(
    'limit-reached',
    `There are ${open.length} open invitations: withdraw one that is not needed any more.`,
    { limit: MAX_OPEN_INVITATIONS },
  );
}
