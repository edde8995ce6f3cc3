import type { ClusterNode, FanfareCluster } from './fanfare-cluster';
import { ask, type HttpAnswer, type HttpOptions } from './http';
import type { Prng } from './seed';

/**
 * What stands in front of replicas: it sends a request to any of them, and on to another where there is no connection,
 * since nothing has been sent then. It repeats no request that was sent.
 */
export class Balancer {
  /** Requests that had no answer, or one that says that the server failed. */
  readonly failures: string[] = [];
  /** Of these, the ones that met a door being closed: reset, without a byte of an answer. */
  readonly resets: string[] = [];
  answered = 0;
  private readonly out = new Set<ClusterNode>();

  constructor(
    private readonly cluster: FanfareCluster,
    private readonly random: Prng,
  ) {}

  /** Sends it nothing more. */
  takeOut(node: ClusterNode): void {
    this.out.add(node);
  }

  takeIn(node: ClusterNode): void {
    this.out.delete(node);
  }

  async ask<T>(method: string, path: string, options: HttpOptions): Promise<HttpAnswer<T> | undefined> {
    const nodes = this.cluster.nodes.filter((node) => !this.out.has(node));
    for (const node of this.random.shuffle(nodes)) {
      try {
        const answer = await ask<T>(method, `${node.address}/v1${path}`, options);
        if (answer.status >= 500)
          this.failures.push(
            `${method} ${path} at ${node.name}: ${answer.status} ${JSON.stringify(answer.body)}`,
          );
        this.answered += 1;
        return answer;
      } catch (error) {
        const { syscall, code } = error as NodeJS.ErrnoException;
        // Refused, or reset while it waited in the queue of a listener that was closed.
        if (syscall === 'connect') continue;
        const failure = `${method} ${path} at ${node.name}: ${String(error)}`;
        (code === 'ECONNRESET' || code === 'EPIPE' ? this.resets : this.failures).push(failure);
        return undefined;
      }
    }
    this.failures.push(`${method} ${path}: nobody lets one connect`);
    return undefined;
  }
}
