import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Account } from '../accounts/account.entity';
import type { QuotaMove } from '../audit/audit-log.service';
import { databaseNow } from '../database';
import { DomainError } from '../errors/domain-error';
import { periodAt } from './quota-period';
import { QuotaUsage, type FreeSlot, type GrantedSlots, type TakenSlot, type Term } from './quota-usage';
import { lastSchedulable } from './schedule-window';

/** An account's quota while nobody else can take from it: see `open`. */
export interface OpenQuota {
  readonly account: Account;
  /** The terms that count now or later, oldest first; the last one is the current. */
  readonly terms: readonly [Term, ...Term[]];
  /** The database's clock, read after the locks were taken. */
  readonly now: Date;
}

export interface ChosenSlots {
  /** The slot of the current term: the one that the broadcast is shown to hold. */
  readonly own: FreeSlot;
  /** One of every term that counts at the instant, `own` last. */
  readonly slots: readonly FreeSlot[];
}

interface SlotRow {
  readonly term: number;
  readonly period: string;
  readonly slot: number;
}

/** Takes and frees slots. The row locks here spare callers useless waiting; the constraints are what holds. */
@Injectable()
export class Quotas {
  /**
   * Queues up behind whoever else takes from this account's quota, by locking its terms. The account must be locked
   * before (shared is enough), so that its terms cannot change. Locking keeps one order everywhere - account, terms,
   * broadcast, slots - so that no two can wait for each other.
   */
  async open(manager: EntityManager, account: Account): Promise<OpenQuota> {
    const terms = await manager.query<Term[]>(
      `SELECT term, type, time_zone AS "timeZone", starts_at AS "startsAt", counts_until AS "countsUntil"
         FROM account_terms
        WHERE account_id = $1 AND (counts_until IS NULL OR counts_until > fanfare_now())
        ORDER BY term FOR NO KEY UPDATE`,
      [account.id],
    );
    const [first, ...rest] = terms;
    if (!first) throw new Error(`Account ${account.id} has no current term.`);
    return { account, terms: [first, ...rest], now: await databaseNow(manager) };
  }

  /**
   * Finds the slots that a broadcast at this instant needs. Take them in the same transaction.
   * @throws DomainError quota-exhausted, with the next instant from the wished one on at which there is a slot
   */
  async choose(manager: EntityManager, quota: OpenQuota, instant: Date): Promise<ChosenSlots> {
    const usage = await this.usageWithin(manager, quota, instant, new Date(instant.getTime() + 1));
    const slots = usage.freeAt(instant);
    const own = slots?.at(-1);
    if (!slots || !own) throw await this.exhausted(manager, quota, instant);
    return { own, slots };
  }

  /** Gives the chosen slots to the broadcast, whose row must be there already. */
  async take(
    manager: EntityManager,
    accountId: string,
    broadcastId: string,
    { own, slots }: ChosenSlots,
  ): Promise<QuotaMove> {
    await this.insert(manager, accountId, broadcastId, slots);
    return { kind: 'reserve', period: own.period.label, slot: own.slot, broadcastId };
  }

  /** Frees the broadcast's slots. */
  async release(
    manager: EntityManager,
    broadcastId: string,
    term: number | null,
    reason: string,
  ): Promise<QuotaMove[]> {
    const [rows] = await manager.query<[SlotRow[], number]>(
      'DELETE FROM quota_slots WHERE broadcast_id = $1 RETURNING term, period, slot',
      [broadcastId],
    );
    return rows
      .filter((row) => row.term === term)
      .map(({ period, slot }) => ({ kind: 'release', period, slot, broadcastId, reason }));
  }

  /** What is taken of the periods that touch [from, until). */
  async usageWithin(
    manager: EntityManager,
    { account, terms }: Pick<OpenQuota, 'account' | 'terms'>,
    from: Date,
    until: Date,
  ): Promise<QuotaUsage> {
    const numbers = terms.map(({ term }) => term);
    const taken = await manager.query<TakenSlot[]>(
      `SELECT s.term, s.period, s.slot, CASE b.status WHEN 'scheduled' THEN 'reserved' ELSE 'used' END AS state
         FROM quota_slots s JOIN broadcasts b ON b.id = s.broadcast_id
        WHERE s.account_id = $1 AND s.term = ANY ($2) AND s.ends_at > $3 AND s.starts_at < $4`,
      [account.id, numbers, from, until],
    );
    const grants = await manager.query<GrantedSlots[]>(
      `SELECT term, period, first_slot AS "firstSlot", last_slot AS "lastSlot" FROM quota_grants
        WHERE account_id = $1 AND term = ANY ($2) ORDER BY first_slot`,
      [account.id, numbers],
    );
    return new QuotaUsage(terms, taken, grants);
  }

  private async exhausted(manager: EntityManager, quota: OpenQuota, instant: Date): Promise<DomainError> {
    const until = lastSchedulable(quota.now);
    const usage = await this.usageWithin(manager, quota, instant, until);
    const current = quota.terms.at(-1) ?? quota.terms[0];
    const full = usage.fullAt(instant).at(-1) ?? { term: current, period: periodAt(instant, current) };
    const { period, allowance, granted, used, reserved } = usage.of(full.term, full.period);
    const next = usage.nextAvailable(instant, until)?.toISOString() ?? null;
    const counted = full.term === current ? '' : ', counted as before the change of type or zone';
    return new DomainError(
      'quota-exhausted',
      `All ${allowance + granted} of ${period} are taken${counted}. Next free: ${next ?? 'none within reach'}.`,
      { period, allowance, granted, used, reserved, nextAvailableAt: next },
    );
  }

  private async insert(
    manager: EntityManager,
    accountId: string,
    broadcastId: string,
    slots: readonly FreeSlot[],
  ): Promise<void> {
    for (const { term, period, slot, grant } of slots) {
      await manager.query(
        `INSERT INTO quota_slots (account_id, term, period, slot, type, broadcast_id, starts_at, ends_at, grant_first, grant_last)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          accountId,
          term.term,
          period.label,
          slot,
          term.type,
          broadcastId,
          period.startsAt,
          period.endsAt,
          grant?.firstSlot ?? null,
          grant?.lastSlot ?? null,
        ],
      );
    }
  }
}
