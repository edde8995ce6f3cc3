import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountTerm } from '../accounts/account-term.entity';
import type { Account } from '../accounts/account.entity';
import { ACCOUNT_TYPES } from '../accounts/account-type';
import { periodAt, type Period } from './quota-period';
import type { Term } from './quota-usage';

/** Opens and reads the terms (type and zone) under which an account publishes. */
@Injectable()
export class Terms {
  /** Every term that the account ever had, oldest first; the last one is the current. */
  async all(manager: EntityManager, accountId: string): Promise<readonly [Term, ...Term[]]> {
    const [first, ...rest] = await manager.find(AccountTerm, {
      where: { accountId },
      order: { term: 'ASC' },
    });
    if (!first) throw new Error(`Account ${accountId} has no term.`);
    return [first, ...rest];
  }

  /**
   * Opens the account's next term at `now`, with its new type and zone. No period gains a slot by it: the term that
   * ends goes on counting until its running period is over, and what was already published in the new term's running
   * period takes slots of it. The account must be locked for change, with nothing scheduled.
   * @returns the number of the new term
   */
  async openNext(manager: EntityManager, account: Account, now: Date): Promise<number> {
    const former = await manager.findOneByOrFail(AccountTerm, { accountId: account.id, term: account.term });
    const term = former.term + 1;
    await manager.update(
      AccountTerm,
      { accountId: account.id, term: former.term },
      { countsUntil: periodAt(now, former).endsAt },
    );
    const { type, timeZone } = account;
    await manager.insert(AccountTerm, {
      accountId: account.id,
      term,
      type,
      timeZone,
      startsAt: now,
      countsUntil: null,
    });
    await this.carryOver(manager, account, term, periodAt(now, account));
    return term;
  }

  private async carryOver(
    manager: EntityManager,
    account: Account,
    term: number,
    period: Period,
  ): Promise<void> {
    await manager.query(
      `INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at)
       SELECT $1, $2, $3, row_number() OVER (ORDER BY sequence), $4, id, $5, $6
         FROM broadcasts
        WHERE account_id = $1 AND status IN ('published', 'recalled') AND published_at >= $5 AND published_at < $6
        ORDER BY sequence LIMIT $7`,
      [
        account.id,
        term,
        period.label,
        account.type,
        period.startsAt,
        period.endsAt,
        ACCOUNT_TYPES[account.type].allowance,
      ],
    );
  }
}
