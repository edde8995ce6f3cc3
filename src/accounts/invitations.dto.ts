import { authorOf, type Author } from '../auth/author';
import { AuthorView } from '../auth/author.dto';
import { MEMBER_ROLES, type MemberRole } from '../auth/principal';
import { Shown, ShownChoice, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Choice, Email } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import { hintOf, INVITATION_STATUSES, statusOf, type InvitationStatus } from './invitation';

export class InviteRequest {
  @Choice({
    of: MEMBER_ROLES,
    description: 'viewer reads; editor publishes; owner decides.',
    example: 'editor',
  })
  readonly role!: MemberRole;

  @Email({
    optional: true,
    nullable: true,
    description: 'Only who has signed up with this address may accept. Without it, whoever has the link.',
    example: 'milo@sunrise-bakery.example',
  })
  readonly email?: string | null;
}

export class InvitationsQuery extends PageQuery {
  @Choice({ of: INVITATION_STATUSES, optional: true })
  readonly status?: InvitationStatus;
}

export class InvitationView {
  @ShownId() readonly id!: string;
  @ShownChoice(MEMBER_ROLES) readonly role!: MemberRole;
  @ShownText({ nullable: true }) readonly email!: string | null;
  @ShownChoice(INVITATION_STATUSES) readonly status!: InvitationStatus;
  @Shown(() => AuthorView, { description: 'Who invites.' }) readonly createdBy!: Author;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant() readonly expiresAt!: string;
}

export class NewInvitationView extends InvitationView {
  @ShownText({ format: 'uri', description: 'The link to send. It is shown here and never again.' })
  readonly link!: string;
}

export class InvitedToView {
  @ShownId() readonly id!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownText({ nullable: true }) readonly avatarUrl!: string | null;
}

/** What whoever has the link is shown of it. */
export class OpenInvitationView {
  @Shown(() => InvitedToView) readonly account!: InvitedToView;
  @ShownChoice(MEMBER_ROLES) readonly role!: MemberRole;
  @ShownText({ nullable: true, description: 'The name of the person who invites.' })
  readonly invitedBy!: string | null;
  @ShownText({ nullable: true, description: 'For whom it is, hinted at: `m…@sunrise-bakery.example`.' })
  readonly emailHint!: string | null;
  @ShownInstant() readonly expiresAt!: string;
}

export interface InvitationRow {
  readonly id: string;
  readonly account_id: string;
  readonly role: MemberRole;
  readonly email: string | null;
  readonly created_by: string;
  readonly author: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly accepted_at: Date | null;
  readonly revoked_at: Date | null;
  /** The database's clock when the row was read. */
  readonly now: Date;
}

export function invitationView(row: InvitationRow): InvitationView {
  return {
    id: row.id,
    role: row.role,
    email: row.email,
    status: statusOf(row),
    createdBy: authorOf(row.created_by, row.author),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

export function openInvitationView(row: InvitationRow, account: InvitedToView): OpenInvitationView {
  const { id, handle, name, avatarUrl } = account;
  return {
    account: { id, handle, name, avatarUrl },
    role: row.role,
    invitedBy: row.created_by.startsWith('user:') ? row.author : null,
    emailHint: row.email === null ? null : hintOf(row.email),
    expiresAt: row.expires_at.toISOString(),
  };
}
