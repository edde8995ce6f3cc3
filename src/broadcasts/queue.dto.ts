import { Shown, ShownChoice, ShownInstant, ShownText } from '../http/answers';
import { Id } from '../http/fields';
import { QUEUE_REASONS, type QueueReason } from './queue';

export class QueueQuery {
  @Id({
    optional: true,
    description: 'A scheduled broadcast that is to be moved: its own time counts as free.',
  })
  readonly broadcastId?: string;
}

export class QueueTimeView {
  @ShownInstant() readonly at!: string;
  @ShownText({ description: 'The period whose slot it would take.', example: '2026-12' })
  readonly period!: string;
}

export class QueueView {
  @Shown(() => QueueTimeView, {
    nullable: true,
    description: 'The posting time that `{"queue": true}` would take now; null when there is none.',
  })
  readonly next!: QueueTimeView | null;
  @ShownChoice(QUEUE_REASONS, { nullable: true, description: 'Why there is none.' })
  readonly reason!: QueueReason | null;
  @ShownText({ nullable: true, description: 'The same in words.' }) readonly detail!: string | null;
}
