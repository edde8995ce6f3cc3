import { GatheredLookup } from './gathered-lookup';

describe('a gathered lookup', () => {
  /** Each lookup that is under way: what it was asked for, and how to end it. */
  let underWay: { questions: readonly number[]; end: (failure?: Error) => void }[];
  let lookup: GatheredLookup<number, string>;
  beforeEach(() => {
    underWay = [];
    lookup = new GatheredLookup(
      (questions) =>
        new Promise((resolve, reject) => {
          const end = (failure?: Error) => {
            if (failure) reject(failure);
            else resolve(questions.map((question) => `answer to ${question}`));
          };
          underWay.push({ questions, end });
        }),
      2,
      3,
    );
  });

  const asked = () => underWay.map(({ questions }) => questions);
  const end = (place: number, failure?: Error) => underWay[place]?.end(failure);

  it('asks at once while there is a place, and gathers who comes later', async () => {
    const answers = Promise.all([0, 1, 2, 3, 4, 5].map((question) => lookup.ask(question)));
    expect(asked()).toEqual([[0], [1]]);
    end(1);
    await new Promise(setImmediate);
    expect(asked()).toEqual([[0], [1], [2, 3, 4]]);
    end(0);
    await new Promise(setImmediate);
    expect(asked()).toEqual([[0], [1], [2, 3, 4], [5]]);
    end(2);
    end(3);
    expect(await answers).toEqual([0, 1, 2, 3, 4, 5].map((question) => `answer to ${question}`));
  });

  it('fails for those who were asked for together, and goes on for the others', async () => {
    const answers = Promise.allSettled([0, 1, 2, 3, 4].map((question) => lookup.ask(question)));
    end(0);
    await new Promise(setImmediate);
    end(2, new Error('away'));
    end(1);
    expect((await answers).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'rejected',
    ]);
    void lookup.ask(5);
    expect(asked().at(-1)).toEqual([5]);
  });
});
