import type { DataSource } from 'typeorm';
import { eventually } from '../../support/eventually';
import { Writer } from './acknowledged-writes';
import { findFaults } from './checker';
import type { ClusterNode } from './fanfare-cluster';
import type { Journal } from './journal';
import { Prober } from './prober';
import type { Prng } from './seed';

/** In seconds: an outage is shown by the process within this time. */
const TOLD_WITHIN = 5;

/** A process at which people write and which is asked without pause how it is, while something is done to its database. */
export class UnderFault {
  writers: Writer[] = [];
  private readonly prober: Prober;
  private writing: Promise<unknown> = Promise.resolve();
  private stopWriting = new AbortController();

  constructor(
    private readonly node: ClusterNode,
    private readonly database: DataSource,
    private readonly random: Prng,
    private readonly journal: Journal,
  ) {
    this.prober = new Prober(() => node.address);
  }

  async stop(): Promise<void> {
    this.stopWriting.abort();
    await this.writing;
    await this.prober.stop();
  }

  /** New ones; resolves when each has been answered once. */
  async beginWriting(count: number): Promise<void> {
    const { node, random, journal } = this;
    this.stopWriting = new AbortController();
    const { signal } = this.stopWriting;
    const signUp = () => Writer.signUp(() => node.address, random, journal);
    this.writers = await Promise.all(Array.from({ length: count }, signUp));
    this.writing = Promise.all(this.writers.map((writer) => writer.write(signal)));
    await eventually(() => this.writers.every(({ lastSuccess }) => lastSuccess > 0));
  }

  /** It has said, soon after that instant, that it is not ready. */
  async expectTold(since: number, name: string): Promise<void> {
    await eventually(() => this.prober.firstSince(since, 503) !== undefined, { seconds: TOLD_WITHIN });
    const told = ((this.prober.firstSince(since, 503) ?? Infinity) - since) / 1_000;
    this.journal.measured(`${name}: not ready after, s`, told);
    expect(told).toBeLessThan(TOLD_WITHIN);
  }

  /** So many seconds after that instant, at most, it is ready and each writer has been answered. */
  async expectWell(since: number, seconds: number, name: string): Promise<void> {
    const isWell = () =>
      this.prober.firstSince(since, 200) !== undefined &&
      this.writers.every(({ lastSuccess }) => lastSuccess > since);
    await eventually(isWell, { seconds });
    this.journal.measured(`${name}: well again after, s`, (performance.now() - since) / 1_000);
  }

  /** Ends the writing: all that was acknowledged is there, everybody was answered, and no transaction is left open. */
  async expectNothingLost(): Promise<void> {
    this.stopWriting.abort();
    await this.writing;
    for (const writer of this.writers)
      this.journal.checked('acknowledged broadcasts', await writer.compare(this.database));
    expect(this.node.explain(this.writers.flatMap(({ faults }) => faults))).toEqual([]);
    expect(this.prober.notLive).toEqual([]);
    expect(await findFaults(this.database)).toEqual([]);
    this.journal.worst('longest answer, s', Math.max(...this.writers.map(({ slowest }) => slowest)) / 1_000);
    await eventually(async () => (await this.leftOpen()).length === 0, { seconds: 20 });
    this.journal.checked('that no transaction is left open');
  }

  expectNobodyRefused(): void {
    expect(this.writers.map(({ refusals }) => refusals)).toEqual(this.writers.map(() => 0));
  }

  /** Transactions of the process that nobody is at. Any may be so for a moment. */
  private leftOpen(): Promise<object[]> {
    return this.database.query(
      `SELECT state, query FROM pg_stat_activity
        WHERE application_name = $1 AND state LIKE 'idle in transaction%' AND state_change < now() - interval '2 s'`,
      [this.node.name],
    );
  }
}
