import fc from 'fast-check';
import { beyondAccountBound, type Queue } from './queue-bounds';

const BOUND = 100;
const queuesOf = (waiting: readonly number[]): Queue[] =>
  waiting.map((count, index) => ({ webhookId: `w${index}`, waiting: count }));
const beyond = (...waiting: number[]) =>
  beyondAccountBound(queuesOf(waiting), BOUND).map(({ webhookId }) => webhookId);

describe('of the webhooks of one account', () => {
  it('none is disabled while what waits for all of them is within the bound', () => {
    expect(beyond()).toEqual([]);
    expect(beyond(50, 50)).toEqual([]);
  });

  it('the one for which most is waiting is disabled first', () => {
    expect(beyond(30, 50, 21)).toEqual(['w1']);
    expect(beyond(90, 95, 80)).toEqual(['w1', 'w0']);
  });

  it('as few are disabled as bring the rest within the bound, and none without need', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(60), { maxLength: 30 }), (counts) => {
        const queues = queuesOf(counts);
        const disabled = beyondAccountBound(queues, BOUND);
        const sum = (some: readonly Queue[]) => some.reduce((total, { waiting }) => total + waiting, 0);
        const left = sum(queues) - sum(disabled);
        expect(left).toBeLessThanOrEqual(BOUND);
        const last = disabled.at(-1);
        if (last) expect(left + last.waiting).toBeGreaterThan(BOUND);
      }),
    );
  });
});
