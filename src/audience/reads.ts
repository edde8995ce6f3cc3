import type { Micros } from './instant';

/** One time that somebody read on: they had read up to `after` and then up to `through`. */
export interface ReadRange {
  readonly after: number;
  readonly through: number;
  readonly at: Micros;
}

export interface ReadTarget {
  readonly sequence: number;
  /** Null: it was not recalled. */
  readonly recalledAt: Micros | null;
}

/**
 * Whether somebody read a broadcast by reading on: it lies in the range, and could still be seen. What was recalled is
 * passed over by whoever reads on after that; nobody reads it any more.
 */
export function isReadOf({ after, through, at }: ReadRange, { sequence, recalledAt }: ReadTarget): boolean {
  return after < sequence && sequence <= through && (recalledAt === null || at < recalledAt);
}

/** SQL: the same of a row of `reads`; `sequence` and `recalledAt` are SQL for those of the broadcast. */
export function readOfSql(reads: string, sequence: string, recalledAt: string): string {
  return `${reads}.through_sequence >= ${sequence} AND ${reads}.after_sequence < ${sequence}
    AND (${recalledAt} IS NULL OR ${reads}.read_at < ${recalledAt})`;
}
