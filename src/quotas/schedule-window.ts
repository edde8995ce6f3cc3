/** How far ahead a broadcast may be scheduled. */
export const SCHEDULE_DAYS = 400;

export function lastSchedulable(now: Date): Date {
  return new Date(now.getTime() + SCHEDULE_DAYS * 86_400_000);
}
