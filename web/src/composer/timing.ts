import type { Shape } from '../api/types';
import type { Timing } from './work';

export type Schedule = Shape<'ScheduleRequest'>;

/** What has to be asked of the server; undefined where the time stays as it was, or there is none yet. */
export function scheduleFor(timing: Timing, before: string | null): Schedule | undefined {
  if (timing.how === 'queue') return { queue: true };
  if (timing.how === 'now') return { now: true };
  return timing.at === null || timing.at === before ? undefined : { at: timing.at };
}

/** What the main button does. */
export function actionFor({ how }: Timing, isScheduled: boolean) {
  if (how === 'now') return 'publishNow';
  if (how === 'queue') return 'addToQueue';
  return isScheduled ? 'saveChanges' : 'schedule';
}
