import type { DataSource } from 'typeorm';
import type { Answer } from '../support/api';
import type { Broadcast } from '../support/given';
import type { RacingBrand } from '../support/two-instances';
import { millisecondsOf } from './rig/checked-rows';

/** A stretch of time, in milliseconds of the database's clock, in which a period of an account was asked for or held. */
export interface Stretch {
  readonly accountId: string;
  readonly period: string;
  readonly from: number;
  readonly until: number;
}

/**
 * Those who were told that a period is exhausted although, at no moment between their question and its answer, all of
 * it can have been taken.
 * @param stays the slots that were held, each until whoever freed it had been told so
 */
export function falseRefusals(
  refusals: readonly Stretch[],
  stays: readonly Stretch[],
  allowanceOf: (accountId: string) => number,
): Stretch[] {
  return refusals.filter(({ accountId, period, from, until }) => {
    const held = stays.filter((stay) => stay.accountId === accountId && stay.period === period);
    // Only where one more is taken can there be more of them than a moment before.
    const moments = [from, ...held.map((stay) => stay.from).filter((at) => at > from && at <= until)];
    const most = Math.max(
      ...moments.map((at) => held.filter((stay) => stay.from <= at && at <= stay.until).length),
    );
    return most < allowanceOf(accountId);
  });
}

/** One request among many, and what came of it. */
export interface Step {
  readonly brand: RacingBrand;
  /** What it is about; undefined for what was not there before. */
  readonly broadcastId: string | undefined;
  /** By the database's clock. */
  readonly from: number;
  readonly until: number;
  readonly answer: Answer<Broadcast>;
}

/** By so much two clocks of one machine may seem to differ, asked one after the other. */
const TOLERANCE = 20;

export function refusalOf({ brand, from, until, answer }: Step): Stretch {
  const { period } = answer.body as { period: string | null };
  return { accountId: brand.id, period: period ?? '', from: from - TOLERANCE, until: until + TOLERANCE };
}

/**
 * By the log, in its order: whoever moves within a period first frees a slot and then takes one, both in one entry. What a
 * request freed counts as held until it was answered, since nobody knows when it was committed.
 */
export async function staysOf(database: DataSource, steps: readonly Step[]): Promise<Stretch[]> {
  const moves = await database.query<
    { accountId: string; at: number; kind: string; period: string; broadcastId: string }[]
  >(
    `SELECT e.account_id AS "accountId", ${millisecondsOf('e.at')} AS at, m.kind, m.period,
            m."broadcastId"
       FROM audit_entries e,
            ROWS FROM (jsonb_to_recordset(e.facts -> 'quota') AS (kind text, period text, "broadcastId" text))
              WITH ORDINALITY AS m (kind, period, "broadcastId", place)
      WHERE e.account_id = ANY ($1) ORDER BY e.at, e.id, m.place`,
    [[...new Set(steps.map(({ brand }) => brand.id))]],
  );
  const stays: Stretch[] = [];
  const open = new Map<string, Stretch>();
  for (const { accountId, at, kind, period, broadcastId } of moves) {
    const place = `${broadcastId} ${period}`;
    const stay = open.get(place);
    if (kind === 'release' && stay) {
      const freeing = steps.find(
        (step) => step.broadcastId === broadcastId && step.from <= at && at <= step.until,
      );
      stays.push({ ...stay, until: freeing?.until ?? at });
      open.delete(place);
    } else if (kind === 'reserve') {
      open.set(place, { accountId, period, from: at, until: Infinity });
    }
  }
  return [...stays, ...open.values()];
}
