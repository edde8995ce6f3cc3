import fc from 'fast-check';
import { BodyMemory } from './body-memory';

const KIB = 1_024;

describe('memory for bodies', () => {
  it('is refused beyond the bound, and given back with the answer', () => {
    const memory = new BodyMemory(100 * KIB, 100 * KIB);
    const first = memory.lease('a');
    first.hold(116 * KIB);
    const second = memory.lease('b');
    expect(() => {
      second.hold(17 * KIB);
    }).toThrow('Too many large requests');
    first.release();
    second.hold(17 * KIB);
    expect(memory.heldBytes).toBe(KIB);
  });

  it('is there for small bodies, however full it is', () => {
    const memory = new BodyMemory(0, 0);
    memory.lease('a').hold(16 * KIB);
    expect(memory.heldBytes).toBe(0);
  });

  it('is not all for one network', () => {
    const memory = new BodyMemory(100 * KIB, 50 * KIB);
    memory.lease('a').hold(66 * KIB);
    expect(() => {
      memory.lease('a').hold(17 * KIB);
    }).toThrow('Too many');
    memory.lease('b').hold(66 * KIB);
    expect(() => {
      memory.lease('c').hold(17 * KIB);
    }).toThrow('Too many');
  });

  it('never exceeds its bounds, and is empty when all requests are over', () => {
    const step = fc.record({
      network: fc.constantFrom('a', 'b', 'c'),
      bytes: fc.array(fc.integer({ min: 0, max: 80 * KIB }), { maxLength: 4 }),
      isOver: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const memory = new BodyMemory(200 * KIB, 100 * KIB);
        const leases = steps.map(({ network, bytes, isOver }) => {
          const lease = memory.lease(network);
          for (const size of bytes) {
            try {
              lease.hold(size);
            } catch {
              // refused: what it holds stays held until its answer has gone
            }
          }
          expect(memory.heldBytes).toBeLessThanOrEqual(200 * KIB);
          if (isOver) lease.release();
          return lease;
        });
        for (const lease of leases) lease.release();
        expect(memory.heldBytes).toBe(0);
      }),
    );
  });
});
