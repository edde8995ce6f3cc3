import { ACCOUNT_STATUSES } from '../accounts/account-status';
import { ACCOUNT_TYPE_NAMES, type AccountType } from '../accounts/account-type';
import { ShownChoice, ShownCount, ShownId, ShownInstant, ShownList, ShownText } from '../http/answers';
import { Choice, Prose, Text, Whole } from '../http/fields';
import { PageOrCsvQuery, PageQuery } from '../http/page.dto';
import type { PeriodUsage } from './quota-usage';

/** A month or a day. */
const PERIOD = /^\d{4}-\d{2}(-\d{2})?$/;
const PERIOD_HINT = 'a month like 2026-11 or a day like 2026-11-22';

export class QuotaQuery {
  @Text({
    max: 10,
    optional: true,
    description: 'First local date; the current period unless told.',
    example: '2026-11-01',
  })
  readonly from?: string;

  @Text({ max: 10, optional: true, description: 'Last local date, inclusive; the next period unless told.' })
  readonly to?: string;
}

export class QuotaPeriodView {
  @ShownText({ description: 'The month or day in the zone of the account.', example: '2026-11' })
  readonly period!: string;
  @ShownInstant() readonly startsAt!: string;
  @ShownInstant({ description: 'Exclusive.' }) readonly endsAt!: string;
  @ShownCount({ description: 'What the type of account allows.' }) readonly allowance!: number;
  @ShownCount({ description: 'What admins have added.' }) readonly granted!: number;
  @ShownCount({ description: 'Scheduled.' }) readonly reserved!: number;
  @ShownCount({ description: 'Published, recalled ones included.' }) readonly used!: number;
  @ShownCount() readonly remaining!: number;
}

export class QuotaView {
  @ShownList(() => QuotaPeriodView) readonly items!: readonly QuotaPeriodView[];
  @ShownInstant({
    nullable: true,
    description: 'When the next broadcast could go out; null: not within 400 days.',
  })
  readonly nextAvailableAt!: string | null;
}

export function quotaPeriodView({ startsAt, endsAt, ...usage }: PeriodUsage): QuotaPeriodView {
  return { ...usage, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() };
}

export class GrantRequest {
  @Text({ max: 10, pattern: PERIOD, hint: PERIOD_HINT, description: PERIOD_HINT, example: '2026-12' })
  readonly period!: string;

  @Whole({ min: 1, max: 100, description: 'How many slots more.', example: 1 })
  readonly slots!: number;

  @Prose({ max: 500, description: 'Kept in the audit log.', example: 'Flood warning for the old town.' })
  readonly reason!: string;
}

export class GrantView {
  @ShownId() readonly id!: string;
  @ShownId() readonly accountId!: string;
  @ShownText() readonly period!: string;
  @ShownCount() readonly slots!: number;
  @ShownText() readonly reason!: string;
  @ShownText() readonly actor!: string;
  @ShownInstant() readonly grantedAt!: string;
}

export const USAGE_SORTS = ['handle', 'used', 'reserved', 'remaining'] as const;
export type UsageSort = (typeof USAGE_SORTS)[number];

export class UsageQuery extends PageOrCsvQuery {
  @Text({
    max: 10,
    optional: true,
    pattern: PERIOD,
    hint: PERIOD_HINT,
    description: `${PERIOD_HINT}; the accounts whose quota counts by it. Each account's own current period unless told.`,
    example: '2026-11',
  })
  readonly period?: string;

  @Choice({ of: ACCOUNT_TYPE_NAMES, optional: true })
  readonly type?: AccountType;

  @Choice({
    of: [...USAGE_SORTS, ...USAGE_SORTS.map((sort) => `-${sort}`)],
    optional: true,
    description: 'With - in front: the largest first.',
    example: '-used',
  })
  readonly sort?: UsageSort | `-${UsageSort}`;
}

export class UsageView extends QuotaPeriodView {
  @ShownId() readonly accountId!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(ACCOUNT_TYPE_NAMES) readonly type!: AccountType;
  @ShownChoice(ACCOUNT_STATUSES) readonly status!: string;
  @ShownText() readonly timeZone!: string;
}

export class QuotaHistoryQuery extends PageQuery {
  @Text({
    max: 10,
    optional: true,
    pattern: PERIOD,
    hint: PERIOD_HINT,
    description: 'Only this period.',
    example: '2026-11',
  })
  readonly period?: string;
}

export class QuotaMoveView {
  @ShownChoice(['reserve', 'use', 'release', 'grant']) readonly kind!: string;
  @ShownText() readonly period!: string;
  @ShownCount() readonly slot!: number;
  @ShownId({ nullable: true }) readonly broadcastId!: string | null;
  @ShownText({ description: '`user:<id>`, `key:<id>`, `scheduler` or `system`.' }) readonly actor!: string;
  @ShownInstant() readonly at!: string;
  @ShownText({ nullable: true }) readonly reason!: string | null;
}
