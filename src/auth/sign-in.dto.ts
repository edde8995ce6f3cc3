import { OmitType } from '@nestjs/swagger';
import { Shown, ShownChoice, ShownId, ShownInstant, ShownList, ShownText } from '../http/answers';
import { Email, Name, Text } from '../http/fields';
import { MEMBER_ROLES, type Person } from './principal';

export class SignUpRequest {
  @Email({ example: 'rosa@sunrise-bakery.example' })
  readonly email!: string;

  @Text({
    min: 8,
    max: 200,
    description: 'Eight characters or more; a phrase is best.',
    example: 'seven slow ovens',
  })
  readonly password!: string;

  @Name({ max: 100, example: 'Rosa Marín' })
  readonly name!: string;
}

export class LogInRequest {
  /** Not only of the form that sign-ups take: there may be addresses from before it was asked for. */
  @Text({ max: 254, example: 'rosa@sunrise-bakery.example' })
  readonly email!: string;

  @Text({ max: 200, example: 'seven slow ovens' })
  readonly password!: string;
}

export class ChangeNameRequest {
  @Name({ max: 100, example: 'Rosa Marín' })
  readonly name!: string;
}

export class ChangePasswordRequest {
  @Text({ max: 200 })
  readonly current!: string;

  @Text({ min: 8, max: 200 })
  readonly password!: string;
}

export class UserView {
  @ShownId() readonly id!: string;
  @ShownText() readonly email!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(['marketer', 'admin']) readonly role!: 'marketer' | 'admin';
}

export function userView({ id, email, name, role }: Person): UserView {
  return { id, email, name, role };
}

export class SessionView {
  @ShownText({ description: 'Send it as `Authorization: Bearer <token>`.' }) readonly token!: string;
  @ShownInstant() readonly expiresAt!: string;
  @Shown(() => UserView) readonly user!: UserView;
}

/** What a browser's pages are told: the token is in a cookie. */
export class CookieSessionView extends OmitType(SessionView, ['token']) {}

export class OwnAccountView {
  @ShownId() readonly accountId!: string;
  @ShownText() readonly handle!: string;
  @ShownChoice(MEMBER_ROLES) readonly role!: string;
}

export class WhoAmIView {
  @ShownChoice(['user', 'account-key', 'admin-key', 'subscriber']) readonly kind!: string;
  @ShownId({ description: "Of the user, the key, or the subscriber's rows." }) readonly id!: string;
  @Shown(() => UserView, { nullable: true }) readonly user!: UserView | null;
  @ShownText({ nullable: true, description: "A subscriber's id in the operator's app." }) readonly sub!:
    string | null;
  @ShownList(() => OwnAccountView) readonly accounts!: readonly OwnAccountView[];
}
