import type { Step, World } from './steps';

export interface KeptRun {
  /** What goes wrong in it where something is wrong. */
  readonly why: string;
  readonly world: World;
  readonly steps: readonly Step[];
}

const utc = (type: 'service' | 'subscription') => ({ type, timeZone: 'UTC', queues: false });
const noon = { start: '2027-06-10T12:00:00Z', accounts: [utc('service'), utc('subscription')] };
const publish = { do: 'publish', account: 0 } as const;

/**
 * Runs that are gone through before any new one. Whatever run fails is added here as it was printed, when it has been
 * shrunk; the first ones are those that random steps come by too seldom.
 */
export const REGRESSIONS: readonly KeptRun[] = [
  {
    why: 'where both the calendar of now and the former one are full, the refusal speaks of that of now',
    world: noon,
    steps: [
      ...[publish, publish, publish, publish],
      { do: 'change', account: 0, type: 'subscription' },
      { do: 'create', account: 0, when: { now: true }, keyed: false },
    ],
  },
  {
    why: 'a slot that is granted after a change is not to be had where the former calendar is full',
    world: noon,
    steps: [
      ...[publish, publish, publish, publish],
      { do: 'change', account: 0, timeZone: 'Europe/Madrid' },
      { do: 'grant', account: 0, nth: 0, slots: 1, to: 'own' },
      publish,
      { do: 'wait', account: 0, until: { end: 'month', nth: 0, off: 0 } },
      publish,
    ],
  },
  {
    why: 'what loses its connection in mid-transaction has not happened, and happens once when it is tried again',
    world: noon,
    steps: [
      { do: 'follow', account: 1, person: 0 },
      {
        do: 'crash',
        at: 'committing',
        during: { do: 'create', account: 1, when: { now: true }, keyed: true },
      },
      { do: 'retry', account: 1, same: true },
      { do: 'crash', at: 'writing', during: { do: 'tick' } },
      { do: 'crash', at: 'committing', during: { do: 'tick' } },
      { do: 'tick' },
      { do: 'retry', account: 1, same: true },
      { do: 'retry', account: 1, same: false },
      { do: 'tick' },
    ],
  },
  {
    why: 'a suspended account is named before the status of a broadcast that is to be scheduled again',
    world: noon,
    steps: [
      publish,
      { do: 'suspend', account: 0, apt: true },
      { do: 'schedule', account: 0, which: { apt: true, back: 0 }, when: { in: 1000 } },
    ],
  },
];
