import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Accounts } from '../accounts/accounts.service';
import { consentEnded, endConsent } from '../audience/preview-consent.sql';
import { Subscribers } from '../audience/subscribers.service';
import { AuditLog } from '../audit/audit-log.service';
import { authorNameSql } from '../auth/author.sql';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { notFound } from '../errors/domain-error';
import { decodeKey, toPage, type Page } from '../http/page';
import { requireRoomFor, STORAGE_LIMITS } from '../limits';
import { CodeAttempts } from './code-attempts.service';
import { PreviewCodes } from './preview-codes.service';
import {
  previewPersonView,
  type AddPreviewPersonRequest,
  type PreviewPersonRow,
  type PreviewPersonView,
} from './previews.dto';

/** To be completed with a WHERE on `p`. */
const SELECT_PERSON = `
  SELECT p.id, p.name, p.added_by, ${authorNameSql('p.added_by')} AS author, p.agreed_at FROM preview_people p`;

/**
 * Who agreed to see an account's previews. The account knows a person by an id of its own making and by the name that it
 * gave, not by their id in the operator's app: a code says "show me previews" and nothing of who says it.
 */
@Injectable()
export class PreviewPeople {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly subscribers: Subscribers,
    private readonly codes: PreviewCodes,
    private readonly attempts: CodeAttempts,
    private readonly audit: AuditLog,
  ) {}

  async list(accountId: string, limit: number, cursor?: string): Promise<Page<PreviewPersonView>> {
    const list = `preview people of ${accountId}`;
    const [before = null] = decodeKey(list, cursor, ['id']) ?? [];
    const rows = await this.database.query<PreviewPersonRow[]>(
      `${SELECT_PERSON} WHERE p.account_id = $1 AND ($2::uuid IS NULL OR p.id < $2) ORDER BY p.id DESC LIMIT $3`,
      [accountId, before, limit + 1],
    );
    return toPage(rows, limit, list, ({ id }) => [id], previewPersonView);
  }

  /**
   * A person who has been added before keeps their id, and gets the new name if one is given.
   * @throws DomainError preview-code-invalid, limit-reached, too-many-requests
   */
  async add(
    caller: Principal,
    accountId: string,
    request: AddPreviewPersonRequest,
  ): Promise<PreviewPersonView> {
    await this.attempts.count(caller, accountId);
    const added = await inTransaction(this.database, async (manager) => {
      // Alone with the account: people are counted before one more is added.
      await this.accounts.open(manager, caller, accountId, 'add-preview-person', 'change');
      const subscriberId = await this.codes.redeem(manager, request.code);
      const person = await this.keep(manager, caller, accountId, subscriberId, request.name);
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'preview-person.added',
        subject: `preview-person:${person.id}`,
        accountId,
      });
      return person;
    });
    await this.attempts.right(caller, accountId);
    return previewPersonView(added);
  }

  /** @throws DomainError not-found */
  async remove(caller: Principal, accountId: string, personId: string): Promise<void> {
    await inTransaction(this.database, async (manager) => {
      await this.accounts.open(manager, caller, accountId, 'remove-preview-person');
      const [person] = await manager.query<{ subscriber_id: string }[]>(
        'SELECT subscriber_id FROM preview_people WHERE account_id = $1 AND id = $2',
        [accountId, personId],
      );
      if (!person) throw notFound('person');
      await this.subscribers.lock(manager, person.subscriber_id);
      const ended = await endConsent(manager, person.subscriber_id, accountId);
      // Ended by the person themself while this waited for them.
      if (ended === undefined) throw notFound('person');
      await this.audit.append(manager, consentEnded(actorOf(caller), accountId, ended));
    });
  }

  private async keep(
    manager: EntityManager,
    caller: Principal,
    accountId: string,
    subscriberId: string,
    name?: string,
  ): Promise<PreviewPersonRow> {
    await requireRoom(manager, accountId, subscriberId);
    await manager.query(
      `INSERT INTO preview_people AS p (subscriber_id, account_id, id, name, added_by, agreed_at)
       SELECT $1, $2, $3, $4, $5, clock.now FROM (SELECT fanfare_now() AS now) AS clock
       ON CONFLICT (subscriber_id, account_id) DO UPDATE SET name = coalesce(excluded.name, p.name)`,
      [subscriberId, accountId, uuidv7(), name ?? null, actorOf(caller)],
    );
    const [person] = await manager.query<[PreviewPersonRow]>(
      `${SELECT_PERSON} WHERE p.subscriber_id = $1 AND p.account_id = $2`,
      [subscriberId, accountId],
    );
    return person;
  }
}

async function requireRoom(manager: EntityManager, accountId: string, subscriberId: string): Promise<void> {
  const [{ others }] = await manager.query<[{ others: number }]>(
    'SELECT count(*)::integer AS others FROM preview_people WHERE account_id = $1 AND subscriber_id <> $2',
    [accountId, subscriberId],
  );
  requireRoomFor(
    others,
    STORAGE_LIMITS.previewPeopleOfAccount,
    'people who see previews of this account',
    'remove one who is not needed any more.',
  );
}
