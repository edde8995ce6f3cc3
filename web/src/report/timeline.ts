import type { Shape } from '../api/types';

export type Step = Shape<'ReportTimeline'>['step'];

const LENGTHS: Readonly<Record<Step, number>> = { hour: 3_600_000, day: 86_400_000 };

/** How many steps are shown: hours for as long as hours matter, days for as long as the API has them. */
const MOST: Readonly<Record<Step, number>> = { hour: 48, day: 30 };

/** How a broadcast fared since its publication: at each of the times, all until then. */
export interface Course {
  readonly times: readonly string[];
  readonly reads: readonly number[];
  readonly unfollows: readonly number[];
}

/** The API leaves out the steps in which nothing happened; a line needs them, or it would slope where it is level. */
export function courseOf(
  { step, items }: Shape<'ReportTimeline'>,
  publishedAt: string,
  asOf: string,
): Course {
  const from = Date.parse(publishedAt);
  const length = LENGTHS[step];
  const placeOf = (at: string) => Math.round((Date.parse(at) - from) / length);
  const until = Math.max(Date.parse(asOf), ...items.map(({ at }) => Date.parse(at) + 1));
  const steps = Math.min(MOST[step], Math.ceil((until - from) / length));
  const times = [publishedAt];
  const reads = [0];
  const unfollows = [0];
  for (let place = 0; place < steps; place += 1) {
    const within = items.find(({ at }) => placeOf(at) === place);
    times.push(new Date(Math.min(from + (place + 1) * length, until)).toISOString());
    reads.push((reads[place] ?? 0) + (within?.reads ?? 0));
    unfollows.push((unfollows[place] ?? 0) + (within?.unfollows ?? 0));
  }
  return { times, reads, unfollows };
}

/** Hours as long as all of them are shown. */
export function usualStep(publishedAt: string, asOf: string): Step {
  return Date.parse(asOf) - Date.parse(publishedAt) <= MOST.hour * LENGTHS.hour ? 'hour' : 'day';
}
