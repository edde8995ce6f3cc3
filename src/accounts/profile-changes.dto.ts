import { authorOf, type Author } from '../auth/author';
import { AuthorView } from '../auth/author.dto';
import { Shown, ShownId, ShownInstant, ShownText } from '../http/answers';
import type { AccountStatus } from './account-status';
import { ACCOUNT_STATUSES } from './account-status';
import { ShownChoice } from '../http/answers';
import type { PendingProfile } from './profile-review';

export class ProfileView {
  @ShownText() readonly name!: string;
  @ShownText({ nullable: true }) readonly avatarUrl!: string | null;
}

export class ProfileChangeView {
  @ShownId({ description: 'Of this version of the proposal: a new one has a new id.' }) readonly id!: string;
  @ShownId() readonly accountId!: string;
  @ShownText() readonly handle!: string;
  @ShownChoice(ACCOUNT_STATUSES) readonly accountStatus!: AccountStatus;
  @Shown(() => ProfileView, { description: 'What people see now.' }) readonly current!: ProfileView;
  @Shown(() => ProfileView, { description: 'What they would see.' }) readonly proposed!: ProfileView;
  @Shown(() => AuthorView) readonly proposedBy!: Author;
  @ShownInstant() readonly proposedAt!: string;
}

export interface ProfileChangeRow {
  readonly account_id: string;
  readonly handle: string;
  readonly status: AccountStatus;
  readonly name: string;
  readonly avatar_url: string | null;
  readonly pending_profile: PendingProfile;
  readonly author: string | null;
}

export function profileChangeView(row: ProfileChangeRow): ProfileChangeView {
  const { id, proposedBy, proposedAt, name, avatarUrl } = row.pending_profile;
  const current = { name: row.name, avatarUrl: row.avatar_url };
  return {
    id,
    accountId: row.account_id,
    handle: row.handle,
    accountStatus: row.status,
    current,
    proposed: {
      name: name ?? current.name,
      avatarUrl: avatarUrl === undefined ? current.avatarUrl : avatarUrl,
    },
    proposedBy: authorOf(proposedBy, row.author),
    proposedAt,
  };
}
