import type { Shape } from '../api/types';

type Counts = Shape<'PushChannelCounts'>;

/** What can become of a notification, the good first. */
export const OUTCOMES = ['delivered', 'pending', 'gone', 'skipped', 'failed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Channel {
  readonly id: 'webPush' | 'gateway';
  readonly total: number;
  /** Of which nothing more is to come. */
  readonly settled: number;
  /** Those that there are. */
  readonly outcomes: readonly { readonly id: Outcome; readonly count: number }[];
  /** Why some were given up, the most frequent reason first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[];
}

/** The channels on which anything was to be pushed. */
export function channelsOf({ webPush, gateway }: Shape<'PushCountsView'>): readonly Channel[] {
  return [channelOf('webPush', webPush), channelOf('gateway', gateway)].filter(({ total }) => total > 0);
}

function channelOf(id: Channel['id'], counts: Counts): Channel {
  const failures = Object.entries(counts.failed)
    .map(([reason, count]) => ({ reason, count }))
    .sort((one, other) => other.count - one.count);
  const amounts = { ...counts, failed: sum(failures.map(({ count }) => count)) };
  const outcomes = OUTCOMES.map((outcome) => ({ id: outcome, count: amounts[outcome] }));
  const total = sum(outcomes.map(({ count }) => count));
  return {
    id,
    total,
    settled: total - counts.pending,
    outcomes: outcomes.filter(({ count }) => count > 0),
    failures,
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, one) => all + one, 0);
}

const SOON = 2_000;
const AT_LEISURE = 30_000;

/** The pushing begins a moment after the publication; until then there seems to be none. */
const BEGINS_WITHIN = 60_000;

/** When to look again at a report, in milliseconds: often while it is being pushed. */
export function nextLook(report: Shape<'BroadcastReport'>, publishedAt: string): number {
  const { status } = report.pushes;
  const isYoung = Date.parse(report.asOf) - Date.parse(publishedAt) < BEGINS_WITHIN;
  return status === 'running' || (status === 'none' && isYoung) ? SOON : AT_LEISURE;
}
