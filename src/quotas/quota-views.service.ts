import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Accounts } from '../accounts/accounts.service';
import type { Account } from '../accounts/account.entity';
import { databaseNow } from '../database';
import { DomainError } from '../errors/domain-error';
import { invalidRequest } from '../http/validation';
import { periodAfter, periodAt, periodsWithin, startOfLocalDate, type Period } from './quota-period';
import type { Term } from './quota-usage';
import { quotaPeriodView, type QuotaQuery, type QuotaView } from './quota.dto';
import { Quotas } from './quotas.service';
import { lastSchedulable, SCHEDULE_DAYS } from './schedule-window';
import { Terms } from './terms.service';

interface TermPeriod {
  readonly term: Term;
  readonly period: Period;
}

/** An account's quota as its own members see it. */
@Injectable()
export class QuotaViews {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: Accounts,
    private readonly quotas: Quotas,
    private readonly terms: Terms,
  ) {}

  /** The periods that touch the local dates `from` to `to`; without them, the current period and the next. */
  async of(accountId: string, query: QuotaQuery): Promise<QuotaView> {
    const account = await this.accounts.get(accountId);
    // One snapshot, so that the counts fit together.
    return this.database.transaction('REPEATABLE READ', async (manager) => {
      const terms = await this.terms.all(manager, accountId);
      const now = await databaseNow(manager);
      const periods = periodsAsked(terms, account.timeZone, query, now);
      const first = periods[0]?.period.startsAt ?? now;
      const last = periods.at(-1)?.period.endsAt ?? now;
      const usage = await this.quotas.usageWithin(manager, { account, terms }, first, last);
      return {
        items: periods.map(({ term, period }) => quotaPeriodView(usage.of(term, period))),
        nextAvailableAt: await this.nextAvailableAt(manager, account, terms, now),
      };
    });
  }

  private async nextAvailableAt(
    manager: EntityManager,
    account: Account,
    terms: readonly [Term, ...Term[]],
    now: Date,
  ): Promise<string | null> {
    const until = lastSchedulable(now);
    const usage = await this.quotas.usageWithin(manager, { account, terms }, now, until);
    return usage.nextAvailable(now, until)?.toISOString() ?? null;
  }
}

function periodsAsked(
  terms: readonly Term[],
  timeZone: string,
  { from, to }: QuotaQuery,
  now: Date,
): TermPeriod[] {
  const current = terms.at(-1);
  if (!current) return [];
  const running = periodAt(now, current);
  // Said outright: just after a change of type, the running period may reach back into a former term's calendar.
  if (from === undefined && to === undefined) {
    return [running, periodAfter(running, current)].map((period) => ({ term: current, period }));
  }
  const start = from === undefined ? running.startsAt : localDate('from', from, timeZone);
  const end =
    to === undefined ? periodAfter(periodAt(start, current), current).endsAt : afterLocalDate(to, timeZone);
  if (start >= end || end.getTime() - start.getTime() > (SCHEDULE_DAYS + 1) * 86_400_000) {
    throw new DomainError(
      'invalid-period',
      `\`from\` comes before \`to\`, by ${SCHEDULE_DAYS} days at most.`,
    );
  }
  return terms.flatMap((term, index) => {
    // A term's calendar is shown for as long as it was the account's; the first one, since ever.
    const begins = index === 0 ? start : later(start, term.startsAt);
    const ends = terms[index + 1]?.startsAt ?? end;
    const until = ends < end ? ends : end;
    return begins < until ? periodsWithin(begins, until, term).map((period) => ({ term, period })) : [];
  });
}

function localDate(field: string, date: string, timeZone: string): Date {
  const start = startOfLocalDate(date, timeZone);
  if (!start) throw invalidRequest([{ field, message: 'must be a date like 2026-11-22' }]);
  return start;
}

function afterLocalDate(date: string, timeZone: string): Date {
  return periodAt(localDate('to', date, timeZone), { type: 'subscription', timeZone }).endsAt;
}

function later(a: Date, b: Date): Date {
  return b > a ? b : a;
}
