import { FanfareProcess } from '../../support/fanfare-process';
import { SECRETS } from '../../support/secrets';
import { fakeTime } from './fake-time';
import { FaultProxy } from './fault-proxy';

export interface NodeOptions {
  /** Seconds by which its clock is ahead, or a file that says so. Needs `fakeTimeLibrary`. */
  readonly clock?: number | string;
  /** The zone that its environment claims. */
  readonly TZ?: string;
  /** Whatever else it is to see of the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

const ENVIRONMENT = {
  ...SECRETS,
  AUTO_APPROVE: 'true',
  RATE_LIMIT: '0',
  AUTH_RATE_LIMIT: '0',
  CONNECTIONS_PER_ADDRESS: '0',
  LOG_LEVEL: process.env.LL ?? 'warn',
};

/** One process of the application, and the network between it and the database. */
export class ClusterNode {
  readonly proxy: FaultProxy;
  private current: FanfareProcess | undefined;
  private served = '';

  constructor(
    /** Its connections bear it as `application_name`. */
    readonly name: string,
    database: string,
    private readonly options: NodeOptions,
  ) {
    this.proxy = new FaultProxy(database);
  }

  /** Resolves when it serves. */
  async start(): Promise<void> {
    const url = new URL(this.proxy.url);
    url.searchParams.set('application_name', this.name);
    const { clock, TZ, environment } = this.options;
    this.current = new FanfareProcess({
      DATABASE_URL: url.href,
      ...ENVIRONMENT,
      ...(TZ !== undefined && { TZ }),
      ...(clock !== undefined && fakeTime(clock)),
      ...environment,
    });
    this.served = await this.current.address();
  }

  get process(): FanfareProcess {
    if (!this.current) throw new Error(`${this.name} has not been started`);
    return this.current;
  }

  /** Where it serves; another place after each start. */
  get address(): string {
    return this.served;
  }

  /**
   * These answers, each with what the process logged about its request: the cause is known although the run may never
   * come again.
   */
  explain(answers: readonly string[]): string[] {
    const lines = this.process.output.split('\n');
    return answers.map((answer) => {
      const request = /urn:uuid:([0-9a-f-]{36})/.exec(answer)?.[1];
      const logged = lines.filter((line) => request !== undefined && line.includes(request));
      return [answer, ...logged].join('\n');
    });
  }

  /** Resolves when it has ended cleanly. @throws with what it wrote last, where it has not */
  async ended(): Promise<void> {
    const { code, signal } = await this.process.exit;
    if (code === 0) return;
    const { output } = this.process;
    throw new Error(`${this.name} ended with ${String(signal ?? code)}, and said:\n${output.slice(-4_000)}`);
  }

  async kill(): Promise<void> {
    await this.current?.kill();
  }

  freeze(): void {
    this.process.signal('SIGSTOP');
  }

  wake(): void {
    this.process.signal('SIGCONT');
  }

  async restart(): Promise<void> {
    await this.kill();
    await this.start();
  }
}

/** Processes of the application on one database, each behind a network of its own. */
export class FanfareCluster {
  private constructor(readonly nodes: readonly ClusterNode[]) {}

  /** Resolves when all of them serve. */
  static async start(database: string, ...options: readonly NodeOptions[]): Promise<FanfareCluster> {
    const nodes = options.map((option, index) => new ClusterNode(`replica-${index + 1}`, database, option));
    await Promise.all(nodes.map(({ proxy }) => proxy.start()));
    const cluster = new FanfareCluster(nodes);
    try {
      await Promise.all(nodes.map((node) => node.start()));
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Kills whatever runs, frozen or not, and takes the networks down. */
  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all(this.nodes.map(({ proxy }) => proxy.stop()));
  }
}
