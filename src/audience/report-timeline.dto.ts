import { Choice } from '../http/fields';
import { ShownCount, ShownInstant, ShownChoice, ShownList } from '../http/answers';

/** Seconds of each step. */
export const STEPS = { hour: 3_600, day: 86_400 } as const;
export type Step = keyof typeof STEPS;

export class TimelineQuery {
  @Choice({
    of: Object.keys(STEPS),
    optional: true,
    description: 'How far apart the points are; hours unless told, for the first 30 days either way.',
  })
  readonly step?: Step;
}

export class TimelinePoint {
  @ShownInstant({ description: 'When the step begins; it is counted from the publication.' })
  readonly at!: string;
  @ShownCount({ description: 'Recipients who read it within the step.' }) readonly reads!: number;
  @ShownCount({ description: 'Recipients who left within the step.' }) readonly unfollows!: number;
}

export class ReportTimeline {
  @ShownChoice(Object.keys(STEPS)) readonly step!: Step;
  @ShownList(() => TimelinePoint, { description: 'Steps in which nothing happened are left out.' })
  readonly items!: readonly TimelinePoint[];
}
