import { setImmediate as nextTurn } from 'node:timers/promises';
import { GatheredLookup } from './gathered-lookup';

describe('a gathered lookup', () => {
  /** Each lookup that was begun: what it was asked for, and how to end it. */
  let begun: { questions: readonly number[]; end: (failure?: Error) => void }[];
  let lookup: GatheredLookup<number, string>;
  beforeEach(() => {
    begun = [];
    lookup = new GatheredLookup(
      (questions) =>
        new Promise((resolve, reject) => {
          const end = (failure?: Error) => {
            if (failure) reject(failure);
            else resolve(questions.map((question) => `answer to ${question}`));
          };
          begun.push({ questions, end });
        }),
      2,
      3,
    );
  });

  const asked = () => begun.map(({ questions }) => questions);
  const askAll = (...questions: number[]) => questions.map((question) => lookup.ask(question));
  const end = async (place: number, failure?: Error) => {
    begun[place]?.end(failure);
    await nextTurn();
  };

  it('asks at once while there is a place, and gathers who comes later', async () => {
    const answers = askAll(0);
    await nextTurn();
    answers.push(...askAll(1, 2));
    await nextTurn();
    answers.push(...askAll(3, 4, 5, 6));
    await nextTurn();
    expect(asked()).toEqual([[0], [1, 2]]);
    await end(1);
    await end(0);
    expect(asked()).toEqual([[0], [1, 2], [3, 4, 5], [6]]);
    await end(3);
    await end(2);
    expect(await Promise.all(answers)).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => `answer to ${number}`));
  });

  it('asks once for those who wait for the same', async () => {
    const answers = askAll(0, 1, 0, 1);
    await nextTurn();
    expect(asked()).toEqual([[0, 1]]);
    // It may have changed since it was looked up.
    const later = lookup.ask(0);
    await end(0);
    await end(1);
    expect(asked()).toEqual([[0, 1], [0]]);
    const [zero, one] = ['answer to 0', 'answer to 1'];
    expect(await Promise.all([...answers, later])).toEqual([zero, one, zero, one, zero]);
  });

  it('fails for those who were asked for together, and goes on for the others', async () => {
    const answers = Promise.allSettled(askAll(0, 1, 2, 3));
    await nextTurn();
    expect(asked()).toEqual([[0, 1, 2], [3]]);
    await end(0, new Error('away'));
    await end(1);
    const [failed, answered] = ['rejected', 'fulfilled'];
    expect((await answers).map(({ status }) => status)).toEqual([failed, failed, failed, answered]);
    void lookup.ask(4);
    await nextTurn();
    expect(asked().at(-1)).toEqual([4]);
  });
});
