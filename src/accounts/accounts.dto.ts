import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { registerDecorator } from 'class-validator';
import {
  Shown,
  ShownChoice,
  ShownCount,
  ShownFlag,
  ShownId,
  ShownInstant,
  ShownText,
  ShownTexts,
} from '../http/answers';
import { Choice, Name, Prose, Text, TextList, WebAddress } from '../http/fields';
import { FieldHints } from '../http/unknown-fields';
import { PageQuery } from '../http/page.dto';
import { ACCOUNT_STATUSES, type AccountStatus } from './account-status';
import { ACCOUNT_TYPE_NAMES, ACCOUNT_TYPES, type AccountType } from './account-type';
import type { Account } from './account.entity';
import { isPostingTime, MAX_POSTING_TIME_LENGTH } from './posting-times';
import { profilePart } from './profile-review';
import { isTimeZone } from './time-zone';

function must(name: string, message: string, holds: (value: unknown) => boolean): PropertyDecorator {
  return (target, propertyName) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options: { message: `$property must ${message}` },
      validator: { validate: holds },
    });
  };
}

const Zone = (options: { optional?: boolean } = {}) =>
  applyDecorators(
    Text({
      ...options,
      max: 64,
      description: 'IANA time zone: its calendar counts the quota.',
      example: 'Europe/Madrid',
    }),
    must(
      'timeZone',
      'be an IANA time zone such as Europe/Madrid',
      (value) => typeof value === 'string' && isTimeZone(value),
    ),
  );

const PostingTimes = () =>
  applyDecorators(
    TextList({
      optional: true,
      maxItems: 20,
      max: MAX_POSTING_TIME_LENGTH,
      description: "When the queue publishes: 5-field cron expressions in the account's zone.",
      example: ['30 8 * * 1-5', '0 11 * * 6'],
    }),
    must(
      'postingTimes',
      'hold cron expressions of 5 fields (minute, hour, day, month, weekday) that come up',
      (value) =>
        Array.isArray(value) && value.every((text) => typeof text === 'string' && isPostingTime(text)),
    ),
  );

export class RegisterAccountRequest {
  @Text({
    min: 3,
    max: 30,
    pattern: /^[a-z0-9][a-z0-9_-]{1,28}[a-z0-9]$/,
    hint: '3 to 30 lower-case letters, digits, - or _, beginning and ending with a letter or digit',
    description: 'The public name in addresses; it cannot be changed.',
    example: 'sunrise-bakery',
  })
  readonly handle!: string;

  @Name({ max: 80, example: 'Sunrise Bakery' })
  readonly name!: string;

  @Choice({
    of: ACCOUNT_TYPE_NAMES,
    description: 'service: among the contacts, 4 a month. subscription: folded away, 1 a day.',
    example: 'service',
  })
  readonly type!: AccountType;

  @Zone()
  readonly timeZone!: string;

  @Prose({ min: 0, max: 1000, optional: true, nullable: true, example: 'Bread, and the people who bake it.' })
  readonly description?: string | null;

  @WebAddress({ optional: true, nullable: true, example: 'https://bakery.example/avatar.png' })
  readonly avatarUrl?: string | null;

  @PostingTimes()
  readonly postingTimes?: string[];
}

@FieldHints({
  handle: 'a handle stays as it is',
  status: 'it changes with POST /v1/admin/accounts/{accountId}/approve, suspend, resume or close',
})
export class ChangeAccountRequest {
  @Name({ max: 80, optional: true })
  readonly name?: string;

  @Choice({ of: ACCOUNT_TYPE_NAMES, optional: true })
  readonly type?: AccountType;

  @Zone({ optional: true })
  readonly timeZone?: string;

  @Prose({
    min: 0,
    max: 1000,
    optional: true,
    nullable: true,
    example: 'Bread, cakes, and news from the oven.',
  })
  readonly description?: string | null;

  @WebAddress({ optional: true, nullable: true })
  readonly avatarUrl?: string | null;

  @PostingTimes()
  readonly postingTimes?: string[];
}

/** A new name or picture of an approved brand. */
export class PendingChangesView {
  @ApiProperty({ type: 'string', required: false }) readonly name?: string;
  @ApiProperty({ type: 'string', nullable: true, required: false }) readonly avatarUrl?: string | null;
  @ShownInstant() readonly proposedAt!: string;
}

export class AccountView {
  @ShownId() readonly id!: string;
  @ShownText() readonly handle!: string;
  @ShownText() readonly name!: string;
  @ShownChoice(ACCOUNT_TYPE_NAMES) readonly type!: AccountType;
  @ShownFlag({ description: 'Whether it lies in the Subscriptions folder.' }) readonly folded!: boolean;
  @ShownText() readonly timeZone!: string;
  @ShownText({ nullable: true }) readonly description!: string | null;
  @ShownText({ nullable: true }) readonly avatarUrl!: string | null;
  @ShownTexts() readonly postingTimes!: readonly string[];
  @ShownChoice(ACCOUNT_STATUSES) readonly status!: AccountStatus;
  @ShownText({ nullable: true, description: 'What the admin said who last changed the status.' })
  readonly statusReason!: string | null;
  @Shown(() => PendingChangesView, {
    nullable: true,
    description: 'A new name or picture that waits for an admin; until then people see the old one.',
  })
  readonly pendingChanges!: PendingChangesView | null;
  @ShownCount({ description: 'Grows with every change; also the ETag.' }) readonly version!: number;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant() readonly updatedAt!: string;
}

export function accountView(account: Account): AccountView {
  const { createdAt, updatedAt, term: _, pendingProfile, ...shown } = account;
  return {
    ...shown,
    folded: ACCOUNT_TYPES[account.type].folded,
    pendingChanges: pendingProfile && {
      ...profilePart(pendingProfile),
      proposedAt: pendingProfile.proposedAt,
    },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

export class AdminAccountsQuery extends PageQuery {
  @Choice({ of: ACCOUNT_STATUSES, optional: true })
  readonly status?: AccountStatus;

  @Choice({ of: ACCOUNT_TYPE_NAMES, optional: true })
  readonly type?: AccountType;

  @Text({ max: 80, optional: true, description: 'Part of the handle or the name.' })
  readonly q?: string;
}

export class ReasonRequest {
  @Prose({
    max: 500,
    optional: true,
    description: 'Kept in the audit log.',
    example: 'Checked the trade register.',
  })
  readonly reason?: string;
}
