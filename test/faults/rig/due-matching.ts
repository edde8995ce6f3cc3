import type { DataSource } from 'typeorm';
import { millisecondsOf } from './checked-rows';

/** A stretch of time in which something was to happen once: [from, until], in milliseconds. */
export interface Target {
  readonly id: string;
  readonly from: number;
  readonly until: number;
}

/** That it happened: it was published, or declared missed. */
export interface Run {
  readonly id: string;
  readonly at: number;
}

export interface Matching {
  /** Targets that no run is for. */
  readonly missing: readonly string[];
  /** Runs for something that had happened already, or that was no target. */
  readonly extra: readonly string[];
  /** Runs before their target opened. */
  readonly early: readonly string[];
  /** Runs after their target closed. */
  readonly late: readonly string[];
}

/**
 * Gives each target a run of its own and reports whatever is left on either side. Runs say which target they are for,
 * so unlike a checker of periodic jobs this one need not search for the best assignment.
 */
export function matchDue(targets: readonly Target[], runs: readonly Run[]): Matching {
  const open = new Map(targets.map((target) => [target.id, target]));
  const extra: string[] = [];
  const early: string[] = [];
  const late: string[] = [];
  for (const { id, at } of [...runs].sort((a, b) => a.at - b.at)) {
    const target = open.get(id);
    if (!target) {
      extra.push(id);
      continue;
    }
    open.delete(id);
    if (at < target.from) early.push(id);
    if (at > target.until) late.push(id);
  }
  return { missing: [...open.keys()], extra, early, late };
}

/** Nothing missing, extra, early or late. */
export const ALL_MATCHED: Matching = { missing: [], extra: [], early: [], late: [] };

/**
 * What was due by now and was not called off, and what the audit log says happened to it.
 * @param lateSeconds how late a publication may be; where it is later, it must have been declared missed
 */
export async function readDue(
  database: DataSource,
  lateSeconds: number,
): Promise<{ targets: Target[]; published: Run[]; missed: Run[] }> {
  const targets = await database.query<Target[]>(
    `SELECT id, ${millisecondsOf('scheduled_at')} AS from, ${millisecondsOf('scheduled_at')} + $1::float8 * 1000 AS until
       FROM broadcasts
      WHERE status IN ('scheduled', 'published', 'recalled', 'missed') AND scheduled_at <= fanfare_now()`,
    [lateSeconds],
  );
  const runs = await database.query<(Run & { action: string })[]>(
    `SELECT split_part(subject, ':', 2) AS id, action, ${millisecondsOf('at')} AS at FROM audit_entries
      WHERE action IN ('broadcast.published', 'broadcast.missed')`,
  );
  return {
    targets,
    published: runs.filter(({ action }) => action === 'broadcast.published'),
    missed: runs.filter(({ action }) => action === 'broadcast.missed'),
  };
}
