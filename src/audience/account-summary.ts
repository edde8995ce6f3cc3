import type { AccountType } from '../accounts/account-type';

/** What a person sees of a brand, as it comes from the database. */
export interface AccountSummaryRow {
  readonly account_id: string;
  readonly handle: string;
  readonly name: string;
  readonly type: AccountType;
  readonly avatar_url: string | null;
}

/** SQL: the columns of AccountSummaryRow, from a row of `accounts`. */
export function accountSummaryColumns(account: string): string {
  return `${account}.id AS account_id, ${account}.handle, ${account}.name, ${account}.type, ${account}.avatar_url`;
}
