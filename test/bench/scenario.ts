import type { TestApp } from '../support/app';
import type { Ground } from './ground';
import type { Result, Series } from './result';

/** One part of the benchmark: its data, what is measured on them, and the operations whose plans are worth reading. */
export interface Scenario {
  readonly name: string;
  prepare(ground: Ground): Promise<Prepared>;
}

export interface Prepared {
  measure(): Promise<Measured>;
  /** Each does once, in this process, what is measured. */
  operations(app: TestApp): Operations;
}

export interface Measured {
  readonly results: readonly Result[];
  readonly series?: readonly Series[];
}

export type Operations = Readonly<Record<string, () => Promise<unknown>>>;

export async function stopwatch(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
