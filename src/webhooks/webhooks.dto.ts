import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { authorOf, type Author } from '../auth/author';
import { AuthorView } from '../auth/author.dto';
import { authorNameSql } from '../auth/author.sql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, ValidateIf } from 'class-validator';
import { Shown, ShownCount, ShownFlag, ShownId, ShownInstant, ShownText, ShownTexts } from '../http/answers';
import { Flag, Id, Text } from '../http/fields';
import { Instant } from '../http/instant';
import { ACCOUNT_FILTERS, PLATFORM_FILTERS } from './event-filter';
import type { Secrets } from './signing';

const Filters = (of: readonly string[]) =>
  applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMaxSize(of.length),
    ArrayUnique(),
    IsIn(of, { each: true }),
    ApiProperty({
      type: 'array',
      items: { type: 'string', enum: [...of] },
      maxItems: of.length,
      uniqueItems: true,
      required: false,
      description: 'The events to be told of; none named: all of them.',
      example: ['broadcast.*', 'quota.exhausted'],
    }),
  );

const Url = ({ optional = false } = {}) =>
  Text({
    max: 2048,
    optional,
    description:
      'Where events are sent, `https` or `http`. It must lead to a public address, on port 80, 443 or one from 1024 on.',
    example: 'https://hooks.bakery.example/fanfare',
  });

export class CreateWebhookRequest {
  @Url() readonly url!: string;
  @Filters(ACCOUNT_FILTERS) readonly events?: string[];
}

export class CreatePlatformWebhookRequest {
  @Url() readonly url!: string;
  @Filters(PLATFORM_FILTERS) readonly events?: string[];
}

const Enabled = () =>
  Flag({
    optional: true,
    description: 'false stops it and gives up what is on its way; true begins anew.',
    example: true,
  });

export class ChangeWebhookRequest {
  @Url({ optional: true }) readonly url?: string;
  @Filters(ACCOUNT_FILTERS) readonly events?: string[];
  @Enabled() readonly enabled?: boolean;
}

export class ChangePlatformWebhookRequest {
  @Url({ optional: true }) readonly url?: string;
  @Filters(PLATFORM_FILTERS) readonly events?: string[];
  @Enabled() readonly enabled?: boolean;
}

export class ReplayRequest {
  @Id({ optional: true, description: 'One delivery. Either this or `since`.' })
  readonly deliveryId?: string;

  @Instant({
    optional: true,
    description:
      'Everything since then, at most 10,000 at a time, the oldest first. Either this or `deliveryId`.',
    example: '2026-11-22T08:00:00Z',
  })
  readonly since?: string;
}

export class ReplayView {
  @ShownCount({ description: 'How many deliveries are on their way again.' }) readonly replayed!: number;
  @ShownInstant({ nullable: true, description: 'Where to go on, when there were more.' })
  readonly nextSince!: string | null;
}

export class WebhookView {
  @ShownId() readonly id!: string;
  @ShownText({ format: 'uri' }) readonly url!: string;
  @ShownTexts({ description: 'The events that it is told of; empty: all.' })
  readonly events!: readonly string[];
  @ShownFlag() readonly enabled!: boolean;
  @ShownInstant({ nullable: true }) readonly disabledAt!: string | null;
  @ShownText({ nullable: true, description: 'Who or what disabled it.' }) readonly disabledReason!:
    string | null;
  @ShownInstant({ nullable: true, description: 'Since when nothing has reached it.' })
  readonly failingSince!: string | null;
  @ShownInstant({ nullable: true, description: 'Until then the secret before the last rotation signs too.' })
  readonly previousSecretUntil!: string | null;
  @Shown(() => AuthorView, { description: 'Who made it.' }) readonly createdBy!: Author;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant() readonly updatedAt!: string;
}

export class NewWebhookView extends WebhookView {
  @ShownText({ description: 'What messages are signed with. It is shown here and never again.' })
  readonly secret!: string;
}

/** An endpoint as it lies in the database. */
export interface WebhookRow extends Secrets {
  readonly id: string;
  readonly accountId: string | null;
  readonly url: string;
  readonly events: readonly string[];
  readonly disabledAt: Date | null;
  readonly disabledReason: string | null;
  readonly failingSince: Date | null;
  readonly slow: boolean;
  /** The host that has answered its latest challenge. */
  readonly provenOrigin: string | null;
  readonly createdBy: string;
  /** The name of whoever made it. */
  readonly author: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** To be completed with a WHERE on `w`. */
export const SELECT_WEBHOOK = `
  SELECT w.id, w.account_id AS "accountId", w.url, w.events, w.secret, w.previous_secret AS "previousSecret",
         w.previous_secret_until AS "previousSecretUntil", w.disabled_at AS "disabledAt",
         w.disabled_reason AS "disabledReason", w.failing_since AS "failingSince", w.slow,
         w.proven_origin AS "provenOrigin",
         w.created_by AS "createdBy", ${authorNameSql('w.created_by')} AS author, w.created_at AS "createdAt", w.updated_at AS "updatedAt"
    FROM webhook_endpoints w`;

export function webhookView(row: WebhookRow): WebhookView {
  return {
    id: row.id,
    url: row.url,
    events: row.events,
    enabled: row.disabledAt === null,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    disabledReason: row.disabledReason,
    failingSince: row.failingSince?.toISOString() ?? null,
    previousSecretUntil: row.previousSecretUntil?.toISOString() ?? null,
    createdBy: authorOf(row.createdBy, row.author),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
