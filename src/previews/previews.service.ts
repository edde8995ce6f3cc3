import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { Moves } from '../broadcasts/moves.service';
import { inTransaction } from '../database';
import { invalidRequest } from '../http/validation';
import { PREVIEW_LIMITS } from '../limits';
import { AgreedPeople } from './agreed-people.service';
import { countForAccount, countForPeople } from './preview-days.sql';
import { faultIn } from './preview-request';
import type { PreviewRequest, PreviewView } from './previews.dto';

/** Shows an unpublished broadcast to a few people who agreed to it, as it is at this moment, in their own inbox. */
@Injectable()
export class Previews {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly moves: Moves,
    private readonly agreed: AgreedPeople,
    private readonly audit: AuditLog,
  ) {}

  /**
   * To all of them or to nobody.
   * @throws DomainError preview-not-agreed, preview-limit-reached, preview-person-limit-reached
   */
  async show(
    caller: Principal,
    accountId: string,
    broadcastId: string,
    request: PreviewRequest,
  ): Promise<PreviewView> {
    const fault = faultIn(request, PREVIEW_LIMITS.ofAccountInDay);
    if (fault) throw invalidRequest([fault]);
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.open(manager, caller, accountId, 'preview');
      const { content } = await this.moves.lockFor(manager, 'preview', accountId, broadcastId);
      // Nobody of them takes back what they agreed to until this is done, or they have before it began.
      const people = await this.agreed.lock(manager, accountId, request);
      const used = await countForAccount(manager, account, people.length);
      await countForPeople(manager, people);
      await manager.query(
        `INSERT INTO previews (subscriber_id, broadcast_id, account_id, content, previewed_at)
         SELECT person.id, $3, $4, $5, greatest(clock.now, person.agreed_at)
           FROM unnest($1::uuid[], $2::timestamptz[]) AS person (id, agreed_at), (SELECT fanfare_now() AS now) AS clock
          ORDER BY person.id
         ON CONFLICT (subscriber_id, broadcast_id)
           DO UPDATE SET content = excluded.content, previewed_at = excluded.previewed_at`,
        [
          people.map(({ subscriberId }) => subscriberId),
          people.map(({ agreedAt }) => agreedAt),
          ...[broadcastId, accountId, JSON.stringify(content)],
        ],
      );
      await this.audit.append(manager, {
        actor: actorOf(caller),
        action: 'broadcast.previewed',
        subject: `broadcast:${broadcastId}`,
        accountId,
        facts: { people: people.map(({ id }) => id) },
      });
      return { previewed: people.length, remainingToday: PREVIEW_LIMITS.ofAccountInDay - used };
    });
  }
}
