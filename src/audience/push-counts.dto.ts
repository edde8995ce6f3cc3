import { Shown, ShownChoice, ShownCount, ShownInstant, ShownObject, ShownText } from '../http/answers';

export class PushChannelCounts {
  @ShownCount({ description: 'Not sent yet, or to be tried again.' }) readonly pending!: number;
  @ShownCount({ description: 'Accepted by the push service or the gateway.' }) readonly delivered!: number;
  @ShownCount({ description: 'There was nobody there any more to take it.' }) readonly gone!: number;
  @ShownCount({
    description: 'Not sent, since the person left or muted the brand, or it was recalled, meanwhile.',
  })
  readonly skipped!: number;
  @ShownObject({
    additionalProperties: { type: 'integer', minimum: 0 },
    description: 'Given up, by reason.',
    example: { 'status-503': 2 },
  })
  readonly failed!: Record<string, number>;
}

export class PushCountsView {
  @ShownChoice(['none', 'running', 'completed'], { description: 'None: there was nobody to push it to.' })
  readonly status!: 'none' | 'running' | 'completed';
  @ShownInstant({ nullable: true }) readonly completedAt!: string | null;
  @Shown(() => PushChannelCounts, { description: 'By device.' }) readonly webPush!: PushChannelCounts;
  @Shown(() => PushChannelCounts, { description: 'By person.' }) readonly gateway!: PushChannelCounts;
}

export class PushView {
  @ShownChoice(['webPush', 'gateway']) readonly channel!: 'webPush' | 'gateway';
  @ShownChoice(['pending', 'delivered', 'gone', 'skipped', 'failed']) readonly status!: string;
  @ShownInstant({ description: 'Since when it has this status.' }) readonly at!: string;
  @ShownText({ nullable: true, description: 'Why it was skipped or failed.' }) readonly reason!:
    string | null;
}
