import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { isShort } from './size';

/** Milliseconds between two words about how far a suite has come. */
const PROGRESS_EVERY = 30_000;

/**
 * What one suite did, checked and measured. Print it in afterAll: a suite that says nothing about how often it tried has
 * shown nothing.
 */
export class Journal {
  private readonly done = new Map<string, number>();
  private readonly verified = new Map<string, number>();
  private readonly figures = new Map<string, number | string>();
  private readonly omissions: string[] = [];
  private readonly begun = performance.now();
  private readonly progress: NodeJS.Timeout | undefined;

  /** @param suite its file, without folder and ending: "kills" */
  constructor(
    readonly suite: string,
    readonly seed: number,
  ) {
    // The full form of a suite takes many minutes.
    if (!isShort)
      this.progress = setInterval(() => {
        this.tell();
      }, PROGRESS_EVERY).unref();
  }

  /** A fault that was brought about, or work that was done under faults: "kills", "requests". */
  did(what: string, count = 1): void {
    this.done.set(what, this.count(what) + count);
  }

  /** Something that was looked at and was as promised. */
  checked(what: string, count = 1): void {
    this.verified.set(what, (this.verified.get(what) ?? 0) + count);
  }

  measured(name: string, value: number | string): void {
    this.figures.set(name, typeof value === 'number' ? Math.round(value * 100) / 100 : value);
  }

  /** Keeps the greatest of all that it is told. */
  worst(name: string, value: number): void {
    this.measured(name, Math.max(value, Number(this.figures.get(name) ?? -Infinity)));
  }

  /** Something that could not be done here, and why. */
  leftOut(what: string): void {
    this.omissions.push(what);
  }

  /** How often it has been done so far. */
  count(what: string): number {
    return this.done.get(what) ?? 0;
  }

  print(): void {
    clearInterval(this.progress);
    const { suite, seed, seconds } = this;
    const form = isShort ? 'short' : 'full';
    const replay = `${isShort ? 'FAULTS=short ' : ''}FAULTS_SEED=${seed} npm run test:faults -- ${suite}.fault-spec`;
    const lines = [
      `faults: ${suite} (${form}, ${seconds} s), seed ${seed}`,
      `  again     ${replay}`,
      `  did       ${listOf(this.done)}`,
      `  checked   ${listOf(this.verified)}`,
      ...[...this.figures].map(([name, value]) => `  measured  ${name}: ${value}`),
      ...this.omissions.map((omission) => `  left out  ${omission}`),
    ];
    process.stdout.write(`\n${lines.join('\n')}\n`);
    this.append({ suite, seed, form, seconds, replay });
  }

  private get seconds(): number {
    return Math.round((performance.now() - this.begun) / 1000);
  }

  private tell(): void {
    process.stderr.write(`${this.suite}, ${this.seconds} s: ${listOf(this.done)}\n`);
  }

  private append(head: object): void {
    const file = process.env.FAULTS_JOURNAL;
    if (file === undefined || file === '') return;
    const line = {
      ...head,
      cores: cpus().length,
      did: Object.fromEntries(this.done),
      checked: Object.fromEntries(this.verified),
      measured: Object.fromEntries(this.figures),
      leftOut: this.omissions,
    };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
}

function listOf(counts: ReadonlyMap<string, number>): string {
  const words = [...counts].map(([what, count]) => `${what} ${count.toLocaleString('en-US')}`);
  return words.length > 0 ? words.join(', ') : 'nothing';
}
