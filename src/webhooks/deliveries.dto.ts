import { ShownChoice, ShownCount, ShownId, ShownInstant, ShownList, ShownText } from '../http/answers';
import { Choice } from '../http/fields';
import { PageQuery } from '../http/page.dto';

export const DELIVERY_STATUSES = ['pending', 'delivered', 'failed'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

export class DeliveriesQuery extends PageQuery {
  @Choice({ of: DELIVERY_STATUSES, optional: true })
  readonly status?: DeliveryStatus;
}

export class AttemptView {
  @ShownInstant() readonly at!: string;
  @ShownCount({ description: 'Milliseconds until the answer, or until it was given up.' })
  readonly durationMs!: number;
  @ShownCount({ nullable: true, description: 'The HTTP status, when there was an answer.' })
  readonly status!: number | null;
  @ShownText({ nullable: true, description: 'Why there was no answer.' }) readonly error!: string | null;
  @ShownText({ nullable: true, description: 'How the answer began, at most 1,024 bytes of it.' })
  readonly answer!: string | null;
}

export class DeliveryView {
  @ShownId({ description: 'What the receiver sees as `webhook-id`, at every try.' }) readonly id!: string;
  @ShownText({ example: 'broadcast.published' }) readonly type!: string;
  @ShownChoice(DELIVERY_STATUSES) readonly status!: DeliveryStatus;
  @ShownInstant({ description: 'When the event happened.' }) readonly timestamp!: string;
  @ShownInstant() readonly createdAt!: string;
  @ShownInstant({ nullable: true }) readonly nextTryAt!: string | null;
  @ShownInstant({ nullable: true }) readonly deliveredAt!: string | null;
  @ShownList(() => AttemptView, { description: 'The latest 20, the latest first.' })
  readonly attempts!: readonly AttemptView[];
}

export interface DeliveryRow {
  readonly id: string;
  readonly type: string;
  readonly status: DeliveryStatus;
  readonly timestamp: Date;
  readonly createdAt: Date;
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly exact: string;
}

export interface AttemptRow {
  readonly deliveryId: string;
  readonly at: Date;
  readonly durationMs: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

export function deliveryView(row: DeliveryRow, attempts: readonly AttemptRow[]): DeliveryView {
  return {
    id: row.id,
    type: row.type,
    status: row.status,
    timestamp: row.timestamp.toISOString(),
    createdAt: row.createdAt.toISOString(),
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    deliveredAt: row.deliveredAt?.toISOString() ?? null,
    attempts: attempts.map(({ at, durationMs, status, error, answer }) => ({
      at: at.toISOString(),
      durationMs,
      status,
      error,
      answer,
    })),
  };
}
