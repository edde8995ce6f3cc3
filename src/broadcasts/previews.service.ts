import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.entity';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { isSub, subscriberIdOf } from '../auth/subscriber-id';
import { databaseNow, inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import { periodAt } from '../quotas/quota-period';
import type { PreviewView } from './broadcasts.dto';
import { Moves } from './moves.service';

/** Named subscribers to whom previews may be shown, a local day of the account. The database holds the same bound. */
const PREVIEWS_A_DAY = 100;

/** Shows an unpublished broadcast to a few named people, as it is at this moment, in their own inbox. */
@Injectable()
export class Previews {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly moves: Moves,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError preview-limit-reached; then nobody is shown anything */
  async show(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    subs: readonly string[],
  ): Promise<PreviewView> {
    if (!subs.every(isSub))
      throw invalidRequest([{ field: 'subscribers', message: 'are ids of 1 to 128 characters' }]);
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.open(manager, caller, accountId, 'preview');
      const { content } = await this.moves.lockFor(manager, 'preview', accountId, broadcastId);
      const used = await this.countOff(manager, account, subs.length);
      await manager.query(
        `INSERT INTO previews (subscriber_id, broadcast_id, account_id, content, previewed_at)
         SELECT person, $2, $3, $4, fanfare_now() FROM unnest($1::uuid[]) AS person ORDER BY person
         ON CONFLICT (subscriber_id, broadcast_id)
           DO UPDATE SET content = excluded.content, previewed_at = excluded.previewed_at`,
        [subs.map(subscriberIdOf), broadcastId, accountId, JSON.stringify(content)],
      );
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'broadcast.previewed',
        subject: `broadcast:${broadcastId}`,
        accountId,
        facts: { subscribers: subs.length },
      });
      return { previewed: subs.length, remainingToday: PREVIEWS_A_DAY - used };
    });
  }

  private async countOff(manager: EntityManager, account: Account, count: number): Promise<number> {
    const now = await databaseNow(manager);
    const day = periodAt(now, { type: 'subscription', timeZone: account.timeZone });
    const [counted] = await manager.query<{ used: number }[]>(
      `INSERT INTO preview_days AS d (account_id, day, used) VALUES ($1, $2, $3)
       ON CONFLICT (account_id, day) DO UPDATE SET used = d.used + excluded.used WHERE d.used + excluded.used <= $4
       RETURNING used`,
      [account.id, day.label, count, PREVIEWS_A_DAY],
    );
    if (counted) return counted.used;
    throw new DomainError(
      'preview-limit-reached',
      `An account may show previews to ${PREVIEWS_A_DAY} subscribers a day. Next day: ${day.endsAt.toISOString()}.`,
      { nextAvailableAt: day.endsAt.toISOString() },
    );
  }
}
