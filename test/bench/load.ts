import { percentile } from './spread';
import { end, heardFrom, startBeside } from './process';

export interface LoadRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the process that sends the load is told. */
export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly requests: readonly LoadRequest[];
}

/** What it answers. */
export interface LoadOutcome {
  readonly seconds: number;
  /** Of each answer, in milliseconds. */
  readonly latencies: readonly number[];
  /** Answers by status, or what else went wrong. */
  readonly statuses: Readonly<Record<string, number>>;
}

const CONNECTIONS = 10;

/**
 * Sends each of the requests once, from a process of its own, over ten connections.
 * @throws Error unless all of them were answered with this status
 */
export async function sendLoad(
  url: string,
  requests: readonly LoadRequest[],
  status: number,
): Promise<{ perSecond: number; p99: number }> {
  const sender = startBeside('load-process');
  try {
    sender.send({ url, connections: CONNECTIONS, requests } satisfies LoadOrder);
    const { seconds, latencies, statuses } = await heardFrom<LoadOutcome>(sender);
    if (statuses[status] !== requests.length || latencies.length !== requests.length) {
      throw new Error(
        `Of ${requests.length} requests to ${url} not all answered ${status}: ${JSON.stringify(statuses)}`,
      );
    }
    return { perSecond: latencies.length / seconds, p99: percentile(latencies, 0.99) };
  } finally {
    await end(sender);
  }
}
