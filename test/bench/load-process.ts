import autocannon from 'autocannon';
import type { LoadOrder, LoadOutcome } from './load';

/** Sends a load and answers with what came of it. Runs in a process of its own: see load.ts. */
process.once('message', (order: LoadOrder) => {
  void send(order).then((outcome) => process.send?.(outcome));
});

function send({ url, connections, requests }: LoadOrder): Promise<LoadOutcome> {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const count = (status: string) => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  return new Promise((resolve, reject) => {
    let connected = 0;
    const begun = performance.now();
    // It says that it is done only with its next sample of the second.
    let last = begun;
    const load = autocannon(
      {
        url,
        connections,
        amount: requests.length,
        setupClient: (client) => {
          // Dealt out one by one, as it deals out the amount, so that they all end together.
          const place = connected++;
          client.setRequests(requests.filter((_request, index) => index % connections === place));
        },
      },
      (error: Error | null) => {
        if (error) reject(error);
        else resolve({ seconds: (last - begun) / 1000, latencies, statuses });
      },
    );
    load.on('response', (_client, status, _bytes, milliseconds) => {
      last = performance.now();
      latencies.push(milliseconds);
      count(String(status));
    });
    load.on('reqError', (error) => {
      count(String(error));
    });
  });
}
