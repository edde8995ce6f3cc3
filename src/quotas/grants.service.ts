import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ACCOUNT_TYPES } from '../accounts/account-type';
import { Accounts } from '../accounts/accounts.service';
import { AuditLog, type QuotaMove } from '../audit/audit-log.service';
import { actorOf, type Principal } from '../auth/principal';
import { inTransaction } from '../database';
import { DomainError } from '../errors/domain-error';
import { periodLabelled } from './quota-period';
import type { Term } from './quota-usage';
import type { GrantRequest, GrantView } from './quota.dto';
import { Quotas, type OpenQuota } from './quotas.service';
import { lastSchedulable } from './schedule-window';

/** Extra slots that an admin gives an account for one period. */
@Injectable()
export class Grants {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly audit: AuditLog,
  ) {}

  /** @throws DomainError invalid-period for a period that is over, too far ahead, or of the other kind of account */
  async grant(caller: Principal, accountId: string, request: GrantRequest): Promise<GrantView> {
    return inTransaction(this.database, async (manager) => {
      const account = await this.accounts.open(manager, caller, accountId, 'grant-slots');
      const quota = await this.quotas.open(manager, account);
      const term = quota.terms.at(-1) ?? quota.terms[0];
      refuseOtherPeriods(quota, term, request.period);
      const first = 1 + (await this.lastSlot(manager, accountId, term, request.period));
      const grant = {
        id: uuidv7(),
        accountId,
        ...request,
        actor: actorOf(caller),
        grantedAt: quota.now.toISOString(),
      };
      await manager.query(
        `INSERT INTO quota_grants (id, account_id, term, type, period, first_slot, last_slot, reason, actor, granted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          grant.id,
          accountId,
          term.term,
          term.type,
          request.period,
          first,
          first + request.slots - 1,
          request.reason,
          grant.actor,
          quota.now,
        ],
      );
      await this.audit.append(manager, {
        actor: grant.actor,
        action: 'quota.granted',
        subject: `account:${accountId}`,
        accountId,
        facts: { slots: request.slots, reason: request.reason, quota: moves(request, first) },
      });
      return grant;
    });
  }

  /** Granted slots are numbered on from the allowance and from earlier grants. */
  private async lastSlot(
    manager: EntityManager,
    accountId: string,
    term: Term,
    period: string,
  ): Promise<number> {
    const [{ last }] = await manager.query<[{ last: number }]>(
      `SELECT coalesce(max(last_slot), $4::integer) AS last FROM quota_grants
        WHERE account_id = $1 AND term = $2 AND period = $3`,
      [accountId, term.term, period, ACCOUNT_TYPES[term.type].allowance],
    );
    return last;
  }
}

function refuseOtherPeriods(quota: OpenQuota, term: Term, label: string): void {
  const period = periodLabelled(label, term);
  if (!period) {
    throw new DomainError(
      'invalid-period',
      `A ${term.type} account counts by the ${ACCOUNT_TYPES[term.type].periodUnit}: ${label} is none.`,
    );
  }
  if (period.endsAt <= quota.now)
    throw new DomainError('invalid-period', `${label} is over in the account's zone.`);
  if (period.startsAt > lastSchedulable(quota.now)) {
    throw new DomainError('invalid-period', `Nothing can be scheduled as far ahead as ${label}.`);
  }
}

function moves({ period, slots, reason }: GrantRequest, first: number): QuotaMove[] {
  return Array.from({ length: slots }, (_, n) => ({
    kind: 'grant',
    period,
    slot: first + n,
    broadcastId: null,
    reason,
  }));
}
