import { Shown, ShownFlag, ShownId, ShownInstant } from '../http/answers';
import { Flag } from '../http/fields';
import type { AccountSummaryRow } from './account-summary';
import { accountSummary, AccountSummary } from './account-summary.dto';

export class FollowRequest {
  @Flag({
    optional: true,
    description: 'A muted account stays in the inbox and makes no noise.',
    example: false,
  })
  readonly muted?: boolean;
}

export class FollowChangeRequest {
  @Flag({ optional: true, example: true })
  readonly muted?: boolean;
  @Flag({
    optional: true,
    nullable: true,
    description: 'Notify me of its broadcasts; null: as usual for its type.',
  })
  readonly notify?: boolean | null;
}

export class FollowView {
  @ShownId() readonly accountId!: string;
  @Shown(() => AccountSummary) readonly account!: AccountSummary;
  @ShownInstant() readonly followedAt!: string;
  @ShownFlag() readonly muted!: boolean;
  @ShownFlag({
    nullable: true,
    description:
      'Whether it notifies. Null: as usual; service accounts do, subscription accounts do not. A muted one never does.',
  })
  readonly notify!: boolean | null;
}

export interface FollowRow extends AccountSummaryRow {
  readonly followed_at: Date;
  readonly muted: boolean;
  readonly notify: boolean | null;
}

export function followView(row: FollowRow): FollowView {
  return {
    accountId: row.account_id,
    account: accountSummary(row),
    followedAt: row.followed_at.toISOString(),
    muted: row.muted,
    notify: row.notify,
  };
}
