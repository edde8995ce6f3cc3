import type { ClusterNode, FanfareCluster } from './fanfare-cluster';

/** Which replicas are down, frozen or coming back, so that every blow hits one that stands. */
export class Casualties {
  private readonly away = new Map<ClusterNode, Promise<void>>();

  constructor(private readonly cluster: FanfareCluster) {}

  get standing(): ClusterNode[] {
    return this.cluster.nodes.filter((node) => !this.away.has(node));
  }

  async untilStanding(count: number): Promise<void> {
    while (this.standing.length < count) await Promise.race(this.away.values());
  }

  /** Does it to the replica, which is away until that is over. Nobody waits for it. */
  strike(node: ClusterNode, blow: () => Promise<void>): void {
    const over = blow().finally(() => this.away.delete(node));
    over.catch(() => undefined); // `recovered` tells
    this.away.set(node, over);
  }

  /** Until all of them are back. @throws what went wrong with one */
  async recovered(): Promise<void> {
    await Promise.all(this.away.values());
  }
}
