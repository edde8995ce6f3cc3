import { ACCOUNT_TYPE_NAMES, ACCOUNT_TYPES, type AccountType } from '../accounts/account-type';
import { ShownChoice, ShownFlag, ShownId, ShownText } from '../http/answers';
import type { AccountSummaryRow } from './account-summary';

/** What a person sees of a brand. */
export class AccountSummary {
  @ShownId() readonly id!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(ACCOUNT_TYPE_NAMES) readonly type!: AccountType;
  @ShownFlag({ description: 'Whether it lies in the Subscriptions folder.' }) readonly folded!: boolean;
  @ShownText({ nullable: true }) readonly avatarUrl!: string | null;
}

export function accountSummary(row: AccountSummaryRow): AccountSummary {
  const { account_id, handle, name, type, avatar_url } = row;
  return { id: account_id, handle, name, type, folded: ACCOUNT_TYPES[type].folded, avatarUrl: avatar_url };
}
