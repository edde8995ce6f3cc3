import fc from 'fast-check';
import { inSlots } from './sending-slots.service';

const always = () => true;

describe('work in slots', () => {
  it('that never ends keeps nothing from being begun', async () => {
    const begun: number[] = [];
    const items = Array.from({ length: 40 }, (_, index) => index);
    let end: () => void = () => undefined;
    const never = new Promise<void>((resolve) => {
      end = resolve;
    });
    let last: () => void = () => undefined;
    const lastBegun = new Promise<void>((resolve) => {
      last = resolve;
    });
    const done = inSlots(items, { count: 4, youngMs: 1, isOpen: always }, (item) => {
      begun.push(item);
      if (item === 39) last();
      return item < 39 ? never : Promise.resolve();
    });
    await lastBegun;
    expect(begun).toEqual(items);
    end();
    await done;
  });

  it('is all done, each of it once and never more at a time than there are slots while it is young', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(), { maxLength: 40 }),
        fc.integer({ min: 1, max: 8 }),
        async (items, count) => {
          const seen: number[] = [];
          let running = 0;
          await inSlots(items, { count, youngMs: 60_000, isOpen: always }, async (item) => {
            running += 1;
            expect(running).toBeLessThanOrEqual(count);
            await Promise.resolve();
            running -= 1;
            seen.push(item);
          });
          expect(seen.sort()).toEqual([...items].sort());
        },
      ),
    );
  });

  it('is not begun any more once it is closed', async () => {
    let begun = 0;
    await inSlots([1, 2, 3], { count: 1, youngMs: 1, isOpen: () => begun < 2 }, () => {
      begun += 1;
      return Promise.resolve();
    });
    expect(begun).toBe(2);
  });

  it('that fails is told at the end, when all else is done', async () => {
    const done: number[] = [];
    const slots = { count: 2, youngMs: 60_000, isOpen: always };
    const work = inSlots([1, 2, 3], slots, (item) => {
      if (item === 1) return Promise.reject(new Error('out of flour'));
      done.push(item);
      return Promise.resolve();
    });
    await expect(work).rejects.toThrow('out of flour');
    expect(done).toEqual([2, 3]);
  });
});
