import { Shown, ShownChoice, ShownId, ShownInstant, ShownText } from '../http/answers';
import { Choice, Name } from '../http/fields';
import { Instant } from '../http/instant';
import { authorOf, type Author } from './author';
import { AuthorView } from './author.dto';
import { MEMBER_ROLES, type MemberRole } from './principal';

/** What a key may do: as a member of its account, or as an admin of the platform. */
export const KEY_ROLES = [...MEMBER_ROLES, 'admin'] as const;
export type KeyRole = (typeof KEY_ROLES)[number];

export class CreateAdminKeyRequest {
  @Name({ max: 100, description: 'What the key is for.', example: 'newsletter export' })
  readonly name!: string;

  @Instant({
    optional: true,
    nullable: true,
    description: 'When the key stops working by itself.',
    example: '2099-12-31T23:59:59Z',
  })
  readonly expiresAt?: string | null;
}

export class CreateApiKeyRequest extends CreateAdminKeyRequest {
  @Choice({ of: MEMBER_ROLES, optional: true, description: 'editor unless told.', example: 'editor' })
  readonly role?: MemberRole;
}

export class ApiKeyView {
  @ShownId() readonly id!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(KEY_ROLES) readonly role!: KeyRole;
  @ShownText({ description: 'How the key begins.' }) readonly prefix!: string;
  @Shown(() => AuthorView, { description: 'Who made it.' }) readonly createdBy!: Author;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant({ nullable: true }) readonly expiresAt!: string | null;
  @ShownInstant({ nullable: true, description: 'To the minute.' }) readonly lastUsedAt!: string | null;
  @ShownInstant({ nullable: true }) readonly revokedAt!: string | null;
}

export class NewApiKeyView extends ApiKeyView {
  @ShownText({ description: 'The key itself. It is shown here and never again.' }) readonly secret!: string;
}

/** What the audit log says of a key. */
export interface KeyFacts {
  readonly id: string;
  readonly name: string;
  readonly role: KeyRole;
  readonly prefix: string;
}

export interface ApiKeyRow extends KeyFacts {
  readonly created_by: string;
  /** The name of whoever made it. */
  readonly author: string | null;
  readonly created_at: Date;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  readonly revoked_at: Date | null;
}

export function apiKeyView(row: ApiKeyRow): ApiKeyView {
  const { id, name, role, prefix } = row;
  return {
    id,
    name,
    role,
    prefix,
    createdBy: authorOf(row.created_by, row.author),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    revokedAt: row.revoked_at?.toISOString() ?? null,
  };
}
