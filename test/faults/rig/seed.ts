import { randomInt } from 'node:crypto';

/** Numbers that look random and come again with the same seed. */
export interface Prng {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, max). */
  int(max: number): number;
  /** In [from, to). */
  between(from: number, to: number): number;
  /** @throws for an empty array */
  pick<T>(items: readonly T[]): T;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
}

/** The seed of this run: FAULTS_SEED, to have an earlier run again, or a new one. */
export function seedOf(suite: string): number {
  const said = process.env.FAULTS_SEED;
  if (said === undefined || said === '') return randomInt(2 ** 31);
  if (!/^\d{1,10}$/.test(said))
    throw new Error(`FAULTS_SEED for ${suite} must be a whole number, not ${said}`);
  return Number(said);
}

/** Mulberry32: 32 bits of state are plenty for choosing victims. */
export function prng(seed: number): Prng {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const int = (max: number) => Math.floor(next() * max);
  return {
    next,
    int,
    between: (from, to) => from + next() * (to - from),
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new Error('There is nothing to pick from');
      return items[int(items.length)] as T;
    },
    shuffle<T>(items: readonly T[]): T[] {
      const rest = [...items];
      return items.map(() => rest.splice(int(rest.length), 1)[0] as T);
    },
  };
}
