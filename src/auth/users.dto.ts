import { ShownInstant } from '../http/answers';
import { Choice, Text } from '../http/fields';
import { PageQuery } from '../http/page.dto';
import type { User } from './principal';
import { UserView } from './sign-in.dto';

export const USER_ROLES = ['marketer', 'admin'] as const satisfies readonly User['role'][];

export class UsersQuery extends PageQuery {
  @Text({ max: 100, optional: true, description: 'Part of the e-mail address or the name.' })
  readonly q?: string;
}

export class ChangeUserRequest {
  @Choice({ of: USER_ROLES, description: 'An admin acts for the platform when logged in.', example: 'admin' })
  readonly role!: User['role'];
}

export class SignedUpUserView extends UserView {
  @ShownInstant() readonly createdAt!: string;
}

export interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: User['role'];
  readonly created_at: Date;
}

export function signedUpUserView({ id, email, name, role, created_at }: UserRow): SignedUpUserView {
  return { id, email, name, role, createdAt: created_at.toISOString() };
}
