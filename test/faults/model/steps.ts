import fc from 'fast-check';
import type { AccountType } from './calendar';

/**
 * What a run consists of: plain data, so that a failure is printed as something that can be run again. A step says
 * where it aims in terms of what is there by then ("a scheduled one", "a second before midnight"), so that it still
 * says something when steps before it are left out.
 */

/** Which broadcast: one to which it may be done, if `apt` and there is any; then counted from the latest. */
export interface Which {
  readonly apt: boolean;
  readonly back: number;
}

/** An instant: so many milliseconds from now, from the end of a period, or from the next clock change. */
export type Aim =
  | { readonly in: number }
  | { readonly end: 'day' | 'month'; readonly nth: number; readonly off: number }
  | { readonly clockChange: number };

export type When = Aim | { readonly now: true } | { readonly queue: true };

export type Asked =
  | { readonly do: 'create'; readonly account: number; readonly when?: When; readonly keyed: boolean }
  | { readonly do: 'retry'; readonly account: number; readonly same: boolean }
  | { readonly do: 'schedule'; readonly account: number; readonly which: Which; readonly when: When }
  | { readonly do: 'edit'; readonly account: number; readonly which: Which; readonly match: Match }
  | { readonly do: 'cancel' | 'recall' | 'discard'; readonly account: number; readonly which: Which }
  | { readonly do: 'follow' | 'unfollow'; readonly account: number; readonly person: number }
  /** If `apt`, only where it applies. */
  | { readonly do: 'suspend' | 'resume'; readonly account: number; readonly apt: boolean }
  | {
      readonly do: 'grant';
      readonly account: number;
      readonly nth: number;
      readonly slots: number;
      readonly to: AccountType | 'own';
    }
  | {
      readonly do: 'change';
      readonly account: number;
      readonly type?: AccountType;
      readonly timeZone?: string;
    }
  /** Back to the type and zone that the account had before. */
  | { readonly do: 'changeBack'; readonly account: number }
  | { readonly do: 'tick' };

export type Match = 'fresh' | 'stale' | 'any' | 'none';

/** Where in a transaction its connection is cut. */
export type Moment = 'writing' | 'committing';

export type Step =
  | Asked
  /** What is asked is begun, and the connection that does it is lost. */
  | { readonly do: 'crash'; readonly at: Moment; readonly during: Asked }
  /** Written, scheduled for now, and, if the quota has it so, published. */
  | { readonly do: 'publish'; readonly account: number }
  /** One of the two instances is stopped, and another one started in its place. */
  | { readonly do: 'restart' }
  | { readonly do: 'wait'; readonly account: number; readonly until: Aim }
  /** Until the next broadcast is due, and so much longer. */
  | { readonly do: 'wait'; readonly due: number };

/** What a run begins with. */
export interface World {
  readonly start: string;
  readonly accounts: readonly {
    readonly type: AccountType;
    readonly timeZone: string;
    readonly queues: boolean;
  }[];
}

export const PEOPLE = 2;

const { constantFrom, constant, record, nat, integer, boolean, oneof } = fc;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Far apart from each other, with odd offsets, without midnights, with midnights that come twice. */
const timeZone = constantFrom(
  ...['UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe'],
  ...['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Beirut', 'America/Havana', 'America/Santiago'],
);
const type = constantFrom<AccountType>('service', 'subscription');

/** A little before clock changes, ends of months, a leap day, the end of a year; and at no special time. */
const start = constantFrom(
  ...['2027-03-26T21:00:00Z', '2027-10-30T22:00:00Z', '2027-03-13T12:00:00Z', '2027-11-06T18:00:00Z'],
  ...['2028-02-28T09:30:00Z', '2027-12-31T09:00:00Z', '2027-04-30T23:59:58Z', '2027-06-10T12:00:00Z'],
);

export const worlds: fc.Arbitrary<World> = record({
  start,
  accounts: fc.array(record({ type, timeZone, queues: boolean() }), { minLength: 2, maxLength: 2 }),
});

/** Mostly the same one, so that something comes together there. */
const account = constantFrom(0, 0, 0, 1);
const person = nat(PEOPLE - 1);
const mostly = constantFrom(true, true, true, false);
const nearlyAlways = nat(15).map((n) => n > 0);
const which = record({ apt: mostly, back: nat(3) });
const off = constantFrom(0, -1, 1, -SECOND, SECOND, -5 * MINUTE, HOUR);
const near = constantFrom(SECOND, SECOND, MINUTE, MINUTE, HOUR, 5 * HOUR, DAY, 3 * DAY);
const end = constantFrom('day' as const, 'day' as const, 'month' as const);
const aim: fc.Arbitrary<Aim> = oneof(
  { weight: 10, arbitrary: record({ in: near }) },
  { weight: 6, arbitrary: record({ end, nth: constantFrom(0, 0, 1, 2), off }) },
  { weight: 1, arbitrary: record({ clockChange: off }) },
);
const outOfReach: fc.Arbitrary<Aim> = record({ in: constantFrom(-1, -HOUR, 400 * DAY, 400 * DAY + 1) });
const when: fc.Arbitrary<When> = oneof(
  { weight: 6, arbitrary: aim },
  { weight: 1, arbitrary: outOfReach },
  { weight: 4, arbitrary: constant({ now: true } as const) },
  { weight: 2, arbitrary: constant({ queue: true } as const) },
);

const as = <T extends string>(word: T) => constant(word);

const asked: fc.Arbitrary<Asked> = oneof(
  { weight: 16, arbitrary: record({ do: as('create'), account, when, keyed: boolean() }) },
  { weight: 2, arbitrary: record({ do: as('create'), account, keyed: boolean() }) },
  { weight: 3, arbitrary: record({ do: as('retry'), account, same: mostly }) },
  { weight: 6, arbitrary: record({ do: as('schedule'), account, which, when }) },
  { weight: 3, arbitrary: record({ do: as('cancel'), account, which }) },
  { weight: 4, arbitrary: record({ do: as('recall'), account, which }) },
  { weight: 1, arbitrary: record({ do: as('discard'), account, which }) },
  {
    weight: 2,
    arbitrary: record({
      ...{ do: as('edit'), account, which },
      match: constantFrom<Match>('fresh', 'fresh', 'stale', 'any', 'none'),
    }),
  },
  { weight: 5, arbitrary: record({ do: as('follow'), account, person }) },
  { weight: 2, arbitrary: record({ do: as('unfollow'), account, person }) },
  { weight: 2, arbitrary: record({ do: as('suspend'), account, apt: mostly }) },
  { weight: 8, arbitrary: record({ do: as('resume'), account, apt: nearlyAlways }) },
  {
    weight: 2,
    arbitrary: record({
      ...{ do: as('grant'), account, slots: integer({ min: 1, max: 2 }) },
      nth: constantFrom(0, 0, 0, 1, -1, 20),
      to: constantFrom<AccountType | 'own'>('own', 'own', 'own', 'service', 'subscription'),
    }),
  },
  {
    weight: 3,
    arbitrary: record({ do: as('change'), account, type, timeZone }, { requiredKeys: ['do', 'account'] }),
  },
  { weight: 2, arbitrary: record({ do: as('changeBack'), account }) },
  { weight: 8, arbitrary: record({ do: as('tick') }) },
);

/** @param restarts how often, for a hundred other steps, an instance is stopped and started anew */
export function steps(restarts: number): fc.Arbitrary<Step> {
  const at = constantFrom<Moment>('writing', 'committing');
  const dueOff = constantFrom(0, 0, 0, 0, -1, SECOND, HOUR, HOUR + 1);
  return oneof(
    { weight: 70, arbitrary: asked },
    { weight: 12, arbitrary: record({ do: as('publish'), account }) },
    { weight: 4, arbitrary: record({ do: as('crash'), at, during: asked }) },
    { weight: 2, arbitrary: record({ do: as('crash'), at, during: record({ do: as('tick') }) }) },
    { weight: 7, arbitrary: record({ do: as('wait'), account, until: aim }) },
    { weight: 9, arbitrary: record({ do: as('wait'), due: dueOff }) },
    { weight: restarts, arbitrary: record({ do: as('restart') }) },
  );
}
