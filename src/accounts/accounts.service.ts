import { Injectable } from '@nestjs/common';
import { Inject } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditLog } from '../audit/audit-log.service';
import { Authority } from '../auth/authority.service';
import { actorOf, type Principal, type User } from '../auth/principal';
import { databaseNow, inTransaction, violatedConstraint } from '../database';
import { DomainError, notFound } from '../errors/domain-error';
import { Events } from '../events/events.service';
import { decodeCursor, toPage, type Page } from '../http/page';
import { SETTINGS, type Settings } from '../settings';
import { AccountTerm } from './account-term.entity';
import { ROLE_NEEDED, type GovernedAct } from './account-acts';
import { afterMove, assertAccountAllows, auditActionOf, type AccountMove } from './account-status';
import { Account } from './account.entity';
import { isReservedHandle } from './reserved-handles';
import {
  accountView,
  type AccountView,
  type AdminAccountsQuery,
  type RegisterAccountRequest,
} from './accounts.dto';
import { requireRoomForAccount } from './storage.sql';

@Injectable()
export class Accounts {
  constructor(
    private readonly database: DataSource,
    private readonly authority: Authority,
    private readonly audit: AuditLog,
    private readonly events: Events,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** @throws DomainError already-exists when the handle is taken, handle-reserved, limit-reached */
  async register(owner: User, request: RegisterAccountRequest): Promise<AccountView> {
    if (isReservedHandle(request.handle)) {
      throw new DomainError(
        'handle-reserved',
        `No brand can be called ${request.handle}: choose another handle.`,
      );
    }
    try {
      return await inTransaction(this.database, async (manager) => {
        await this.authority.requireLive(manager, owner);
        await requireRoomForAccount(manager, owner.id);
        const now = await databaseNow(manager);
        const account = this.newAccount(request, now);
        const { id, type, timeZone } = account;
        await manager.insert(Account, account);
        await manager.insert(AccountTerm, {
          accountId: id,
          term: 1,
          type,
          timeZone,
          startsAt: now,
          countsUntil: null,
        });
        await manager.query(
          `INSERT INTO members (account_id, user_id, role, added_at) VALUES ($1, $2, 'owner', $3)`,
          [id, owner.id, now],
        );
        await this.audit.append(manager, {
          actor: actorOf(owner),
          action: 'account.registered',
          subject: `account:${id}`,
          accountId: id,
          facts: { handle: account.handle, type, timeZone, status: account.status },
        });
        const view = accountView(account);
        await this.events.emit(manager, { type: 'account.registered', accountId: id, data: view });
        return view;
      });
    } catch (error) {
      if (violatedConstraint(error) !== 'accounts_handle_once') throw error;
      throw new DomainError('already-exists', `The handle ${request.handle} is taken: choose another one.`);
    }
  }

  private newAccount(request: RegisterAccountRequest, now: Date): Account {
    return {
      id: uuidv7(),
      handle: request.handle,
      name: request.name,
      type: request.type,
      timeZone: request.timeZone,
      term: 1,
      description: request.description ?? null,
      avatarUrl: request.avatarUrl ?? null,
      postingTimes: request.postingTimes ?? [],
      pendingProfile: null,
      status: this.settings.autoApprove ? 'active' : 'pending',
      statusReason: null,
      version: 1,
      createdAt: now,
      updatedAt: now,
    };
  }

  /** The accounts that a member or a key belongs to, by handle. */
  async listOf(principal: Principal, limit: number, cursor?: string): Promise<Page<AccountView>> {
    const list = `accounts of ${principal.id}`;
    const [after = ''] = decodeCursor(list, cursor, 1) ?? [];
    const mine = this.database
      .createQueryBuilder(Account, 'account')
      .where(
        principal.kind === 'account-key'
          ? 'account.id = :own'
          : 'account.id IN (SELECT account_id FROM members WHERE user_id = :own)',
        { own: principal.kind === 'account-key' ? principal.accountId : principal.id },
      )
      .andWhere('account.handle > :after', { after })
      .orderBy('account.handle')
      .limit(limit + 1);
    return toPage(await mine.getMany(), limit, list, ({ handle }) => [handle], accountView);
  }

  async listAll({ status, type, q, limit, cursor }: AdminAccountsQuery): Promise<Page<AccountView>> {
    const list = `all accounts ${JSON.stringify([status, type, q])}`;
    const [after = ''] = decodeCursor(list, cursor, 1) ?? [];
    const all = this.database
      .createQueryBuilder(Account, 'account')
      .where('account.handle > :after', { after });
    if (status !== undefined) all.andWhere('account.status = :status', { status });
    if (type !== undefined) all.andWhere('account.type = :type', { type });
    if (q !== undefined) {
      all.andWhere(`position(lower(:q) in account.handle || ' ' || lower(account.name)) > 0`, { q });
    }
    all.orderBy('account.handle').limit(limit + 1);
    return toPage(await all.getMany(), limit, list, ({ handle }) => [handle], accountView);
  }

  async get(accountId: string): Promise<Account> {
    const account = await this.database.manager.findOneBy(Account, { id: accountId });
    if (!account) throw notFound('account');
    return account;
  }

  /**
   * Reads the account and keeps it as it is until the transaction ends: 'share' lets others read it so too, 'change' is
   * for whoever is about to change it. Whoever schedules shares; whoever suspends, closes or changes waits for them.
   */
  async lock(manager: EntityManager, accountId: string, mode: 'share' | 'change'): Promise<Account> {
    const lock = mode === 'share' ? ('pessimistic_read' as const) : ('pessimistic_write' as const);
    const account = await manager.findOne(Account, { where: { id: accountId }, lock: { mode: lock } });
    if (!account) throw notFound('account');
    return account;
  }

  /**
   * How every change of a brand's begins: locks the account, and asks under the lock whether the caller may still do it,
   * and whether the account's status allows it.
   * @throws DomainError account-not-active
   */
  async open(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    act: GovernedAct,
    mode: 'share' | 'change' = 'share',
  ): Promise<Account> {
    const account = await this.authorize(manager, caller, accountId, act, mode);
    assertAccountAllows(account, act);
    return account;
  }

  /** As `open`, for what also answers a repeated request where the status would not allow a first one. */
  async authorize(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    act: GovernedAct,
    mode: 'share' | 'change' = 'share',
  ): Promise<Account> {
    const account = await this.lock(manager, accountId, mode);
    await this.authority.require(manager, caller, accountId, ROLE_NEEDED[act]);
    return account;
  }

  /** Approve, suspend, resume. Closing also cancels what is scheduled; see AccountChanges. */
  async move(actor: Principal, accountId: string, move: AccountMove, reason?: string): Promise<AccountView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.lock(manager, accountId, 'change');
      await this.authority.requireAdmin(manager, actor);
      return accountView(await this.moveLocked(manager, account, actor, move, reason));
    });
  }

  async moveLocked(
    manager: EntityManager,
    account: Account,
    actor: Principal,
    move: AccountMove,
    reason?: string,
  ): Promise<Account> {
    const status = afterMove(move, account.status);
    if (status === undefined) {
      throw new DomainError(
        'account-status-conflict',
        `The account is ${account.status}: ${move} does not apply.`,
        {
          accountStatus: account.status,
        },
      );
    }
    const changed = {
      status,
      statusReason: reason ?? null,
      version: account.version + 1,
      updatedAt: await databaseNow(manager),
    };
    await manager.update(Account, { id: account.id }, changed);
    await this.audit.append(manager, {
      actor: actorOf(actor),
      action: auditActionOf(move),
      subject: `account:${account.id}`,
      accountId: account.id,
      facts: { from: account.status, to: status, ...(reason !== undefined && { reason }) },
    });
    const moved = { ...account, ...changed };
    const data = { ...accountView(moved), ...(reason !== undefined && { reason }) };
    await this.events.emit(manager, { type: auditActionOf(move), accountId: account.id, data });
    return moved;
  }
}
