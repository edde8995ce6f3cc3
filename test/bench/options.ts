import { parseArgs } from 'node:util';

/** How much of everything there is. Those that are totals shrink and grow with `--scale`. */
export const SIZES = {
  /** Of the most popular brand. */
  followers: 1_000_000,
  /** In the database of the inbox. */
  follows: 1_000_000,
  /** Accounts that a reader of the inbox follows. */
  followed: 100,
  /** Broadcasts of each account there. */
  archive: 30,
  /** Requests for an inbox in each round, and requests to schedule. */
  reads: 2_000,
  posts: 2_000,
  /** Accounts with a broadcast in the same second. */
  due: 10_000,
  /** Of the file that is imported. */
  lines: 1_000_000,
  /** In the audit. */
  accounts: 100_000,
} as const;
const PER_PERSON: readonly string[] = ['followed', 'archive'] satisfies (keyof typeof SIZES)[];

export type Sizes = { readonly [name in keyof typeof SIZES]: number };

export interface Options {
  /** Names of scenarios; undefined: all. */
  readonly only: readonly string[] | undefined;
  readonly rounds: number;
  readonly sizes: Sizes;
  /** Ten times the followers as well. */
  readonly large: boolean;
  /** Where the results go, and beside it the plots. */
  readonly json: string | undefined;
  /** Where the plans of the statements go; then nothing is measured. */
  readonly plans: string | undefined;
  readonly help: boolean;
}

export const USAGE = `npm run bench -- [options]
  --only a,b       of: SCENARIOS
  --rounds n       how often each side of a comparison is measured (5)
  --scale x        all sizes times x (1)
  --large          the publish latency with ten times the followers as well
  --json file      writes the results there, and plots beside it
  --plans file     writes the plans of all statements there, and measures nothing
  --help           says this
${Object.entries(SIZES)
  .map(([name, size]) => `  --${name.padEnd(14)} (${size})`)
  .join('\n')}
BENCH_DATABASE_URL names a PostgreSQL to use, with the right to create databases; else the embedded one is started.`;

/** @throws TypeError or RangeError that says what is wrong */
export function readOptions(args: readonly string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ only: text, rounds: text, scale: text, json: text, plans: text, large: { type: 'boolean' } },
      help: { type: 'boolean' },
      ...(Object.fromEntries(Object.keys(SIZES).map((name) => [name, text])) as Record<
        keyof typeof SIZES,
        typeof text
      >),
    },
  });
  const scale = positive('scale', values.scale ?? '1');
  const sizes = Object.entries(SIZES).map(([name, size]) => {
    const given = values[name as keyof Sizes];
    const scaled = PER_PERSON.includes(name) ? size : Math.max(20, Math.round(size * scale));
    return [name, given === undefined ? scaled : Math.ceil(positive(name, given))];
  });
  return {
    only: values.only?.split(','),
    rounds: Math.ceil(positive('rounds', values.rounds ?? '5')),
    sizes: Object.fromEntries(sizes) as Sizes,
    large: values.large ?? false,
    json: values.json,
    plans: values.plans,
    help: values.help ?? false,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`--${name} must be a number above 0, not ${text}`);
}
