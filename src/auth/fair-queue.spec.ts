import fc from 'fast-check';
import { FairQueue, QueueFullError, type Lane } from './fair-queue';

function held(): { promise: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  const promise = new Promise<void>((end) => {
    letGo = end;
  });
  return { promise, letGo };
}

/** Puts tasks into a queue that is busy, lets it go on, and says in which order they were begun. */
async function orderOf(lanes: readonly Lane[], maxRunning = 1): Promise<string[]> {
  const queue = new FairQueue(maxRunning, lanes.length + 1);
  const begun: string[] = [];
  let running = 0;
  const { promise, letGo } = held();
  const busy = queue.run({ from: 'first', about: 'first' }, () => promise);
  const all = lanes.map(({ from, about }) =>
    queue.run({ from, about }, async () => {
      begun.push(`${from}/${about}`);
      running += 1;
      expect(running).toBeLessThanOrEqual(maxRunning);
      await Promise.resolve();
      running -= 1;
    }),
  );
  await Promise.resolve();
  letGo();
  await Promise.all([busy, ...all]);
  return begun;
}

const flood = (count: number, lane: Lane) => Array.from({ length: count }, () => lane);

describe('who waits for a turn', () => {
  it('waits for one of eighty that came before from another address, not for all', async () => {
    const order = await orderOf([...flood(80, { from: 'a', about: 'x' }), { from: 'b', about: 'y' }]);
    expect(order.indexOf('b/y')).toBeLessThanOrEqual(1);
  });

  it('waits for one of eighty about another account from the same address, not for all', async () => {
    const order = await orderOf([...flood(80, { from: 'a', about: 'x' }), { from: 'a', about: 'y' }]);
    expect(order.indexOf('a/y')).toBeLessThanOrEqual(1);
  });

  it('is begun in the end, each once, however many lanes there are', async () => {
    const lane = fc.record({ from: fc.constantFrom('a', 'b', 'c'), about: fc.constantFrom('x', 'y', 'z') });
    await fc.assert(
      fc.asyncProperty(fc.array(lane, { maxLength: 40 }), async (lanes) => {
        const order = await orderOf(lanes);
        expect([...order].sort()).toEqual(lanes.map(({ from, about }) => `${from}/${about}`).sort());
        // Among the first n addresses' turns nobody has two while another has none.
        const addresses = new Set(lanes.map(({ from }) => from));
        const first = order.slice(0, addresses.size).map((name) => name.slice(0, 1));
        expect(new Set(first)).toEqual(addresses);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused where too many wait already', async () => {
    const queue = new FairQueue(1, 2);
    const { promise, letGo } = held();
    const lane = { from: 'a', about: 'x' };
    const busy = queue.run(lane, () => promise);
    const waiting = [queue.run(lane, () => Promise.resolve()), queue.run(lane, () => Promise.resolve())];
    await expect(queue.run(lane, () => Promise.resolve())).rejects.toThrow(QueueFullError);
    letGo();
    await Promise.all([busy, ...waiting]);
    await expect(queue.run(lane, () => Promise.resolve('again'))).resolves.toBe('again');
  });

  it('has a turn after a task that failed', async () => {
    const queue = new FairQueue(1, 2);
    const lane = { from: 'a', about: 'x' };
    await expect(queue.run(lane, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(queue.run(lane, () => Promise.resolve('yes'))).resolves.toBe('yes');
  });
});
