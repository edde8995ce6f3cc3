import type { Shape } from '../api/types';

export type Health = Shape<'PlatformHealth'>;
export type Queue = Health['queues'][number];
/** `good`: nothing to do. `warn`: worth a look. `bad`: people notice it. */
export type Mark = 'good' | 'warn' | 'bad';

/** The scheduler ticks every second. */
const TICK_SECONDS = { late: 5, dead: 30 } as const;
/** Publishing within a second is what is promised; ten are what people notice. */
const LATE_MS = { some: 1_000, much: 10_000 } as const;
/** For how long a job that is due may lie there before somebody should look, and before it is as good as stuck. */
const WAIT_SECONDS = { long: 10, stuck: 120 } as const;

export function markOfTick({ hasTicked, tickAgeSeconds }: Health['scheduler']): Mark {
  if (!hasTicked) return 'warn';
  return graded(tickAgeSeconds, TICK_SECONDS.late, TICK_SECONDS.dead);
}

/** What came due within the last tick or two is not overdue yet to anybody's eye. */
export function markOfOverdue({ overdue, hasTicked, tickAgeSeconds }: Health['scheduler']): Mark {
  if (overdue === 0) return 'good';
  return hasTicked && tickAgeSeconds < TICK_SECONDS.late ? 'warn' : 'bad';
}

export function markOfLateness({ p99Ms }: Health['lateness']): Mark {
  return p99Ms === null ? 'good' : graded(p99Ms, LATE_MS.some, LATE_MS.much);
}

export function markOfQueue({ oldestSeconds }: Queue): Mark {
  return oldestSeconds === null ? 'good' : graded(oldestSeconds, WAIT_SECONDS.long, WAIT_SECONDS.stuck);
}

/** The worst of all. */
export function markOf(health: Health): Mark {
  const marks = [
    markOfTick(health.scheduler),
    markOfOverdue(health.scheduler),
    markOfLateness(health.lateness),
    markOfBacklog(health),
  ];
  return worstOf(marks);
}

export function markOfBacklog({ queues }: Pick<Health, 'queues'>): Mark {
  return worstOf(queues.map(markOfQueue));
}

/** What is still to be pushed, and to be told to webhooks. */
export function backlogOf({ queues }: Health): number {
  return queues.reduce((sum, { waiting, later, active }) => sum + waiting + later + active, 0);
}

function worstOf(marks: readonly Mark[]): Mark {
  return (['bad', 'warn'] as const).find((mark) => marks.includes(mark)) ?? 'good';
}

function graded(amount: number, warnFrom: number, badFrom: number): Mark {
  return amount < warnFrom ? 'good' : amount < badFrom ? 'warn' : 'bad';
}
