/**
 * The two kinds of account and everything that follows from the kind. The database repeats `allowance` in the check
 * quota_slots_within_allowance, as its own guard: whoever changes one changes both (a spec compares them).
 */
export const ACCOUNT_TYPES = {
  /** As visible as any contact; few publications. */
  service: { allowance: 4, periodUnit: 'month', folded: false },
  /** Folded into the Subscriptions folder; one publication a day. */
  subscription: { allowance: 1, periodUnit: 'day', folded: true },
} as const satisfies Record<string, AccountTypeRules>;

interface AccountTypeRules {
  /** Publications per period. */
  readonly allowance: number;
  /** The calendar unit, in the account's zone, that is one period. */
  readonly periodUnit: 'month' | 'day';
  /** Whether its broadcasts lie in the Subscriptions folder rather than among the contacts. */
  readonly folded: boolean;
}

export type AccountType = keyof typeof ACCOUNT_TYPES;
export const ACCOUNT_TYPE_NAMES = Object.keys(ACCOUNT_TYPES) as AccountType[];
