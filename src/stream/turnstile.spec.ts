import { setImmediate as nextTurn } from 'node:timers/promises';
import { Turnstile } from './turnstile';

describe('a turnstile', () => {
  it('lets so many through at a time, in their order, and goes on after a failure', async () => {
    const turnstile = new Turnstile(2);
    const begun: number[] = [];
    let inside = 0;
    let most = 0;
    const results = await Promise.allSettled(
      [0, 1, 2, 3, 4, 5].map((number) =>
        turnstile.run(async () => {
          begun.push(number);
          most = Math.max(most, (inside += 1));
          await nextTurn();
          inside -= 1;
          if (number === 1) throw new Error('one of them fails');
          return number;
        }),
      ),
    );
    expect(begun).toEqual([0, 1, 2, 3, 4, 5]);
    expect(most).toBe(2);
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      false,
      true,
      true,
      true,
      true,
    ]);
  });
});
