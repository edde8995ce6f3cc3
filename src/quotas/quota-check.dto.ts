import {
  ShownChoice,
  ShownCount,
  ShownFlag,
  ShownId,
  ShownInstant,
  ShownList,
  ShownText,
} from '../http/answers';

const FAULT_KINDS = [
  'period over its allowance',
  'published outside the period of its slot',
  'broadcast without a slot',
  'slot without a broadcast',
  'audit log disagrees',
] as const;

export class QuotaFault {
  @ShownChoice(FAULT_KINDS) readonly kind!: (typeof FAULT_KINDS)[number];
  @ShownId() readonly accountId!: string;
  @ShownId({ nullable: true }) readonly broadcastId!: string | null;
  @ShownText({ nullable: true }) readonly period!: string | null;
  @ShownText() readonly detail!: string;
}

export class QuotaCheckView {
  @ShownFlag({ description: 'Slots, publications and the audit log agree.' }) readonly consistent!: boolean;
  @ShownInstant() readonly asOf!: string;
  @ShownCount() readonly accounts!: number;
  @ShownCount({ description: 'Broadcasts that are scheduled.' }) readonly scheduled!: number;
  @ShownCount({ description: 'Broadcasts that were published, recalled ones included.' })
  readonly published!: number;
  @ShownCount({ description: 'Slots taken: scheduled and published together, when all is well.' })
  readonly slots!: number;
  @ShownCount() readonly faultCount!: number;
  @ShownList(() => QuotaFault, { description: 'The first 100.' }) readonly faults!: readonly QuotaFault[];
}
