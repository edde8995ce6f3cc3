import { ApiKeyView } from '../auth/api-keys.dto';
import { MEMBER_ROLES, type MemberRole } from '../auth/principal';
import { ShownChoice, ShownId, ShownInstant, ShownList, ShownText } from '../http/answers';
import { Choice, Email, Id } from '../http/fields';

export class ChangeRoleRequest {
  @Email({
    optional: true,
    description: 'Of a member. Either this or `userId`.',
    example: 'milo@sunrise-bakery.example',
  })
  readonly email?: string;

  @Id({ optional: true, description: 'Either this or `email`.' })
  readonly userId?: string;

  @Choice({
    of: MEMBER_ROLES,
    description: 'viewer reads; editor publishes; owner decides.',
    example: 'editor',
  })
  readonly role!: MemberRole;
}

export class RemoveMemberQuery {
  @Choice({
    of: ['true', 'false'],
    optional: true,
    description: 'true revokes the API keys that the person made.',
  })
  readonly revokeKeys?: 'true' | 'false';
}

export class RemainingKeysView {
  @ShownList(() => ApiKeyView, { description: 'The live keys that the person made and that still work.' })
  readonly remainingKeys!: readonly ApiKeyView[];
}

/** What accepting an invitation has made of somebody. */
export class JoinedView {
  @ShownId() readonly accountId!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(MEMBER_ROLES) readonly role!: MemberRole;
}

export class MemberView {
  @ShownId() readonly userId!: string;
  @ShownText() readonly email!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(MEMBER_ROLES) readonly role!: MemberRole;
  @ShownInstant() readonly addedAt!: string;
}

export interface MemberRow {
  readonly user_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: MemberRole;
  readonly added_at: Date;
}

export function memberView({ user_id, email, name, role, added_at }: MemberRow): MemberView {
  return { userId: user_id, email, name, role, addedAt: added_at.toISOString() };
}
